//! What a site is made of before it becomes an index, and after it is read
//! back: pages and their records.

use crate::Date;

/// What kind of publication a page is; decides how its age is shown.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash)]
#[cfg_attr(feature = "serde", derive(serde::Serialize, serde::Deserialize))]
#[cfg_attr(feature = "serde", serde(rename_all = "lowercase"))]
pub enum PageKind {
    /// A page about a service.
    #[default]
    Page,
    /// Questions and answers written as such.
    Faq,
    /// A published response to a freedom of information request.
    Foi,
}

/// One page of a council's site, with what its records share.
///
/// Everything that the site does not say is empty or `None`.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Page {
    /// Address of the page: absolute, or from the site's root (`/bins/`).
    pub url: String,
    /// Title without the site's name.
    pub title: String,
    /// The site that published it ("Larkmere Council").
    pub source: String,
    /// Service area that owns the page's accuracy.
    pub owner: String,
    /// Topic ids, the main one first.
    pub topics: Vec<String>,
    /// Other words by which residents call it; searched, never shown.
    pub aliases: Vec<String>,
    /// What kind of publication it is.
    pub kind: PageKind,
    /// When it was last changed or published.
    pub updated: Option<Date>,
    /// When its owner must look at it again.
    pub review_by: Option<Date>,
    /// The first day on which it holds.
    pub valid_from: Option<Date>,
    /// The last day on which it holds.
    pub valid_to: Option<Date>,
}

/// A link in a record's text: the words that stand in the text, and where
/// they lead.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
#[cfg_attr(feature = "serde", derive(serde::Serialize, serde::Deserialize))]
pub struct Link {
    /// The words of the link, as they stand in the text.
    pub text: String,
    /// `https:`, `mailto:`, `tel:` or an address from the site's root.
    pub url: String,
}

/// One answer: a section under a heading, a question with its answer, or one
/// numbered item of an FOI response.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Record {
    /// Number of its page in [`Collection::pages`].
    pub page: u32,
    /// Heading path below the page's title, joined by `" > "`; empty for what
    /// stands before the first heading. For a question with an answer, the
    /// question.
    pub section: String,
    /// Fragment of the page's address that leads to it; empty if none.
    pub anchor: String,
    /// The council's words. Blocks are lines: a paragraph is a line;
    /// `"- "` begins a list item, `"1. "` a numbered one, `"| "` a table row
    /// (cells between bars; the first row holds the headers), `"### "` a
    /// heading inside the section; an empty line parts blocks.
    pub text: String,
    /// Other ways to ask for it (sub-questions of an FOI item, alternates of
    /// a question-and-answer file); searched, never shown.
    pub questions: Vec<String>,
    /// Links in the text, in order.
    pub links: Vec<Link>,
}

/// All that one index holds: pages, their records in page order, and the
/// council's data for the conversation.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Collection {
    /// Language of the texts, as in HTML's `lang` ("en").
    pub lang: String,
    /// The pages.
    pub pages: Vec<Page>,
    /// The records; those of one page stand together, in its order.
    pub records: Vec<Record>,
    /// Cards, small talk, contacts and the like, as `chat` writes and reads
    /// them; opaque here.
    pub data: Vec<u8>,
}
