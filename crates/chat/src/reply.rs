//! What the assistant says, as data: the view renders it, tests read it,
//! `index-builder ask` prints it.

use doorstep_index::{Date, Link, PageKind};
#[cfg(feature = "build")]
use serde::{Deserialize, Serialize};

/// What kind of reply it is; decides its heading and its announcement.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash)]
#[cfg_attr(feature = "build", derive(Serialize, Deserialize))]
#[cfg_attr(feature = "build", serde(rename_all = "lowercase"))]
pub enum Kind {
    /// At least one part has a confident answer.
    Answer,
    /// The best passages are tied: the resident chooses.
    Choices,
    /// Nothing was found that answers it.
    #[default]
    None,
    /// An emergency or safeguarding card leads.
    Emergency,
    /// Greeting, thanks, identity and the like.
    Smalltalk,
}

/// One reply to one turn of the resident.
#[derive(Clone, Debug, Default, PartialEq)]
#[cfg_attr(feature = "build", derive(Serialize, Deserialize))]
pub struct Reply {
    /// The question with personal data masked; the only form that is shown,
    /// announced or stored.
    pub question: String,
    /// What kind of reply it is.
    pub kind: Kind,
    /// Id of the emergency card that leads, if one does ("gas").
    pub card: Option<String>,
    /// The card itself, as the council wrote it.
    #[cfg_attr(feature = "build", serde(skip_serializing_if = "Option::is_none", default))]
    pub emergency: Option<Card>,
    /// Sentences of the assistant's own, in the order to be shown before the
    /// parts: small talk, frames, language, masking, age of an answer.
    pub notices: Vec<Notice>,
    /// One for each question asked, in the asker's order.
    pub parts: Vec<Part>,
    /// Two to four ways on, when the best passages are tied.
    pub choices: Vec<Choice>,
    /// Who to ask, when nothing (or nothing sure) was found.
    pub contact: Option<Contact>,
}

/// An emergency or safeguarding card, as written in the council's card file.
#[derive(Clone, Debug, Default, PartialEq)]
#[cfg_attr(feature = "build", derive(Serialize, Deserialize))]
pub struct Card {
    /// Id ("gas").
    pub id: String,
    /// Heading ("You can smell gas").
    pub title: String,
    /// What to do, the most urgent first; each is a line of the record text
    /// form (a paragraph, or `"- "` an item).
    pub lines: Vec<String>,
    /// Numbers to call or text.
    pub phones: Vec<Phone>,
    /// The council's page on it, if it has one.
    #[cfg_attr(feature = "build", serde(skip_serializing_if = "Option::is_none", default))]
    pub page: Option<Link>,
    /// Whether nothing may be stored from here on, and "Exit this page" shows.
    #[cfg_attr(feature = "build", serde(default))]
    pub safeguarding: bool,
    /// Language of its words, as in HTML's `lang`.
    pub lang: String,
}

impl Card {
    /// What to do first, and the rest: the numbers are shown between, so that
    /// nobody scrolls for them on a small screen.
    pub fn first_and_rest(&self) -> (&[String], &[String]) {
        let first = self.lines.first().is_some_and(|line| !line.starts_with("- "));
        self.lines.split_at(usize::from(first))
    }
}

/// A number that a resident can call or text.
#[derive(Clone, Debug, Default, PartialEq)]
#[cfg_attr(feature = "build", derive(Serialize, Deserialize))]
pub struct Phone {
    /// Who answers ("Samaritans").
    pub name: String,
    /// The digits as shown ("116 123").
    pub number: String,
    /// `tel:` or `sms:` link.
    pub url: String,
    /// When it is answered, or what to do ("day and night").
    #[cfg_attr(feature = "build", serde(skip_serializing_if = "String::is_empty", default))]
    pub hours: String,
}

/// A sentence of the assistant's own.
#[derive(Clone, Debug, Default, PartialEq)]
#[cfg_attr(feature = "build", derive(Serialize, Deserialize))]
pub struct Notice {
    /// Stable id, for tests and styles ("masked", "case", "eligibility",
    /// "dated", "language", "smalltalk:thanks", "none").
    pub id: String,
    /// The sentence.
    pub text: String,
    /// Language of the sentence, if not the assistant's.
    #[cfg_attr(feature = "build", serde(skip_serializing_if = "Option::is_none", default))]
    pub lang: Option<String>,
    /// Where it leads, if anywhere.
    #[cfg_attr(feature = "build", serde(skip_serializing_if = "Option::is_none", default))]
    pub link: Option<Link>,
}

/// The reply to one of the questions in a turn.
#[derive(Clone, Debug, Default, PartialEq)]
#[cfg_attr(feature = "build", derive(Serialize, Deserialize))]
pub struct Part {
    /// That question, in the asker's own (masked) words.
    pub question: String,
    /// Whether the first passage is offered as the answer; if not, passages
    /// are "pages that might help".
    pub answered: bool,
    /// Whether the first passage, though not sure enough for that, is shown as
    /// the nearest that was found.
    #[cfg_attr(feature = "build", serde(default))]
    pub near: bool,
    /// The passages, best first.
    pub passages: Vec<Passage>,
}

impl Part {
    /// The passage whose words are shown, if one is, and those that are listed.
    pub fn shown_and_listed(&self) -> (Option<&Passage>, &[Passage]) {
        match self.passages.split_first() {
            Some((first, others)) if self.answered || self.near => (Some(first), others),
            _ => (None, &self.passages),
        }
    }
}

/// The council's own words, with where they come from.
#[derive(Clone, Debug, Default, PartialEq)]
#[cfg_attr(feature = "build", derive(Serialize, Deserialize))]
pub struct Passage {
    /// Title of the page.
    pub title: String,
    /// Heading path or question; empty for a page's introduction.
    pub section: String,
    /// The words to show first, in the block form of `Record::text`.
    pub text: String,
    /// The whole section, where `text` is only a part of it.
    #[cfg_attr(feature = "build", serde(skip_serializing_if = "Option::is_none", default))]
    pub rest: Option<String>,
    /// Address with the fragment that leads to the section.
    pub url: String,
    /// Topic ids of the page.
    pub topics: Vec<String>,
    /// Service area that owns it.
    pub owner: String,
    /// Site that published it.
    pub source: String,
    /// When it was last changed or published.
    pub updated: Option<Date>,
    /// Calibrated probability that it answers the question, 0 to 1.
    pub confidence: f32,
    /// What kind of publication it is.
    #[cfg_attr(feature = "build", serde(default))]
    pub kind: PageKind,
    /// Links of the text; the form or "apply" link first.
    #[cfg_attr(feature = "build", serde(default))]
    pub links: Vec<Link>,
    /// Why this passage, in words a web editor understands.
    #[cfg_attr(feature = "build", serde(default))]
    pub why: Vec<String>,
}

/// One way on.
#[derive(Clone, Debug, Default, PartialEq)]
#[cfg_attr(feature = "build", derive(Serialize, Deserialize))]
pub struct Choice {
    /// What the button says; asked as the next question when chosen.
    pub text: String,
    /// Topic ids of the page behind it.
    pub topics: Vec<String>,
    /// Address of the page behind it.
    #[cfg_attr(feature = "build", serde(default))]
    pub url: String,
}

/// How to reach a person.
#[derive(Clone, Debug, Default, PartialEq)]
#[cfg_attr(feature = "build", derive(Serialize, Deserialize))]
pub struct Contact {
    /// Who ("Waste and recycling").
    pub name: String,
    /// Phone number as shown.
    #[cfg_attr(feature = "build", serde(skip_serializing_if = "String::is_empty", default))]
    pub phone: String,
    /// Role mailbox.
    #[cfg_attr(feature = "build", serde(skip_serializing_if = "String::is_empty", default))]
    pub email: String,
    /// Page with the ways to reach them.
    #[cfg_attr(feature = "build", serde(skip_serializing_if = "String::is_empty", default))]
    pub url: String,
    /// Opening hours in words.
    #[cfg_attr(feature = "build", serde(skip_serializing_if = "String::is_empty", default))]
    pub hours: String,
    /// Whether it is open at the time that was given; `None` if unknown.
    #[cfg_attr(feature = "build", serde(default))]
    pub open_now: Option<bool>,
    /// Topic ids it serves.
    pub topics: Vec<String>,
}
