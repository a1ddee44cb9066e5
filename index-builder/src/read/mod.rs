//! Reading: from sources to documents, each a page with its records.
//!
//! Every form of source is read into blocks (headings, paragraphs, items,
//! rows) and divided into records in one place, so that a table is a table
//! wherever it comes from. FOI responses go another way: questions are paired
//! with answers (`foi`). Nothing here stops a build: what cannot be read is a
//! finding, and the rest is read.

mod blocks;
mod chrome;
mod dates;
mod file;
mod foi;
mod html;
mod jsonld;
mod links;
mod markdown;
mod meta;
mod panels;
mod plain;
mod qa;
mod repeated;
mod source;
mod table;
mod walk;
mod words;

use std::path::PathBuf;

use doorstep_index::{Page, Record};
use regex::Regex;

pub use self::file::LARGEST;
pub use self::source::{Progress, read};
pub(crate) use self::words::key as comparable;
use crate::report::Finding;

/// One page with its records, in the order of the page.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Document {
    /// The page.
    pub page: Page,
    /// Its language, as in HTML's `lang` ("en").
    pub lang: String,
    /// Its records; `Record::page` is set when documents become a collection.
    pub records: Vec<Record>,
    /// The file it was read from.
    pub file: PathBuf,
}

/// All that was read.
#[derive(Clone, Debug, Default)]
pub struct Reading {
    /// The documents, in the order of sources and files.
    pub documents: Vec<Document>,
    /// What a person should know, in the same order.
    pub findings: Vec<Finding>,
    /// Files that were opened.
    pub files: usize,
}

/// A pattern that is written in this crate. Tests run each one.
///
/// # Panics
/// When the pattern is malformed, which the first test that uses it shows.
#[expect(clippy::expect_used, reason = "a malformed constant pattern is a programming error")]
pub(crate) fn pattern(text: &str) -> Regex {
    Regex::new(text).expect("a pattern that compiles")
}
