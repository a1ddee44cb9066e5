//! Reading.
mod blocks;
mod chrome;
mod dates;
mod foi;
mod html;
mod jsonld;
mod links;
mod meta;
mod plain;
mod table;
mod walk;
mod words;

use regex::Regex;

/// A pattern that is written in this crate. Tests run each one.
///
/// # Panics
/// When the pattern is malformed, which the first test that uses it shows.
#[expect(clippy::expect_used, reason = "a malformed constant pattern is a programming error")]
pub(crate) fn pattern(text: &str) -> Regex {
    Regex::new(text).expect("a pattern that compiles")
}
