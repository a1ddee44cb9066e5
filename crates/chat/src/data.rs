//! The council's data for the conversation, as the runtime reads it: cards,
//! rules, contacts, messages and languages, compiled from readable files into
//! bytes that travel in the index (`doorstep_index::Collection::data`; their
//! form is in `code`).
//!
//! The files themselves, their merging and their errors belong to the builder
//! (feature `build`); nothing here knows TOML.

mod code;

use doorstep_index::{Date, Link, Synonyms};

use crate::reply::{Card, Contact};

/// All that the conversation knows besides the index.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Data {
    /// Emergency and safeguarding cards, the one that wins first.
    pub cards: Vec<CardRule>,
    /// Everything else that is recognised by its words, the one that wins
    /// first.
    pub rules: Vec<Rule>,
    /// Word lists that patterns call by name (`@child`).
    pub groups: Vec<Group>,
    /// Stems of words that are right as they stand, though a slip of the
    /// finger would make them a trigger ("flooring"); sorted.
    pub correct: Vec<String>,
    /// Who can be reached, the council's general contact first.
    pub contacts: Vec<ContactEntry>,
    /// Days on which nobody answers.
    pub closed: Vec<Date>,
    /// The assistant's own sentences.
    pub messages: Vec<Message>,
    /// Languages that are recognised.
    pub languages: Vec<Language>,
    /// Words that mean the same; not compiled with the rest, as the search
    /// needs them: `doorstep_index::choose_synonyms` makes a section of its
    /// own of what the site can use.
    pub thesaurus: Vec<Synonyms>,
    /// What somebody must confirm or look at again before this may be
    /// published; never compiled.
    pub reviews: Vec<Review>,
}

/// A card and when it is raised.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct CardRule {
    /// What is shown.
    pub card: Card,
    /// Patterns of which one must match.
    pub when: Vec<String>,
    /// Patterns whose words do not count for `when` ("kill weeds").
    pub unless: Vec<String>,
    /// Words that count for or against it where no pattern matches (see
    /// `signs`); empty for none.
    pub signs: String,
    /// Whether the card stands alone, without the usual answer after it.
    pub alone: bool,
}

/// What a [`Rule`] does when it matches.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Role {
    /// The whole turn is small talk: its text is the reply.
    #[default]
    Smalltalk,
    /// Asks what only the council's own records know: its text is added.
    Case,
    /// Asks for a decision: its text is added.
    Eligibility,
    /// Belongs to another body: its text is added, nothing is sure.
    Body,
    /// Asks for advice that a council must not give: its text is added,
    /// nothing is sure.
    Decline,
    /// Too broad to answer: its topics are offered as choices.
    Broad,
    /// Words not repeated and not searched.
    Abuse,
    /// Talks to a machine instead of asking: nothing is sure.
    Injection,
    /// About the resident's health, faith or origin: its text is added.
    Sensitive,
    /// A diagnosis and the like, near "I" or "my": as `Sensitive`, and the
    /// words are hidden.
    Private,
}

impl Role {
    /// All roles, in the order of their numbers in an index.
    pub(crate) const ALL: [Role; 10] = [
        Role::Smalltalk,
        Role::Case,
        Role::Eligibility,
        Role::Body,
        Role::Decline,
        Role::Broad,
        Role::Abuse,
        Role::Injection,
        Role::Sensitive,
        Role::Private,
    ];
}

/// Words that are recognised, and what follows.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Rule {
    /// Stable id, part of the notice's id.
    pub id: String,
    /// What it does.
    pub role: Role,
    /// Patterns of which one must match.
    pub when: Vec<String>,
    /// Patterns whose words do not count for `when`.
    pub unless: Vec<String>,
    /// The sentence to say.
    pub text: String,
    /// Where the sentence leads.
    pub link: Option<Link>,
    /// Topic ids: the choices of `Broad`, the contact of the others.
    pub topics: Vec<String>,
    /// Language of the sentence; empty for the assistant's own.
    pub lang: String,
}

/// A named list of words or patterns' alternatives.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Group {
    /// Name, called in patterns with `@`.
    pub name: String,
    /// Words, phrases with `_`, or other groups; parted by spaces.
    pub words: String,
}

/// A contact with its opening hours.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct ContactEntry {
    /// What is shown; `open_now` is worked out when it is.
    pub contact: Contact,
    /// When somebody answers; for one day the last that names it counts.
    pub open: Vec<Hours>,
    /// Language that is spoken there; empty for the assistant's own.
    pub lang: String,
}

/// Hours of some days of the week.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Hours {
    /// Bit 0 for Monday to bit 6 for Sunday.
    pub days: u8,
    /// Minute of the day at which it opens.
    pub from: u16,
    /// Minute of the day at which it closes, 1440 for midnight.
    pub to: u16,
}

/// A sentence of the assistant's own.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Message {
    /// Id by which the code calls it.
    pub id: String,
    /// The sentence; `{}` is where a value goes.
    pub text: String,
}

/// A language, how it is recognised and what is said to its speakers.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Language {
    /// As in HTML's `lang` ("cy").
    pub lang: String,
    /// Function words that English does not have, folded, parted by spaces.
    pub words: String,
    /// Letters that tell it from its neighbours.
    pub letters: String,
    /// First and last code point of its script, if not Latin.
    pub script: Option<(u32, u32)>,
    /// The sentence.
    pub text: String,
    /// Name of the contact that speaks it; empty for the general one.
    pub contact: String,
    /// Its words for what the council does, with the site's words, both
    /// folded; pages found by them are only offered.
    pub glossary: Vec<(String, String)>,
}

/// What a person must do before the data may be published.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Review {
    /// File that holds it.
    pub file: String,
    /// Line, from 1.
    pub line: usize,
    /// What it is ("card gas").
    pub what: String,
    /// Who owns it.
    pub owner: String,
    /// Who confirmed its numbers; empty if nobody has.
    pub confirmed: String,
    /// When it must be looked at again.
    pub review_by: Option<Date>,
}

impl Data {
    /// The text of message `id`; empty if the data has none.
    pub(crate) fn message(&self, id: &str) -> &str {
        self.messages.iter().find(|m| m.id == id).map_or("", |m| &m.text)
    }

    /// Message `id` with `value` in the place of `{}`; empty if there is none.
    pub(crate) fn message_with(&self, id: &str, value: &str) -> String {
        match self.message(id).split_once("{}") {
            Some((before, after)) => [before, value, after].concat(),
            None => self.message(id).to_owned(),
        }
    }
}
