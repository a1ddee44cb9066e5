//! The council's readable files: read, merged, checked (feature `build`).
//!
//! A file is TOML; which of these tables it holds is free, so a council may
//! keep everything in one file or each thing in its own:
//! `[groups]`, `[[card]]`, `[[smalltalk]]`, `[[case]]`, `[[eligibility]]`,
//! `[[body]]`, `[[decline]]`, `[[broad]]`, `[[abuse]]`, `[[injection]]`,
//! `[[sensitive]]`, `[[private]]`, `[[contact]]`, `[[language]]`,
//! `[[thesaurus]]`, `[messages]`, and the lists `correct` and `closed`.
//!
//! Files are read in order. An entry of a later file with the id (and `lang`)
//! of an earlier one changes the keys that it names and leaves the others;
//! `remove = true` takes the entry away.

mod golden;
mod hours;
mod merge;
mod raw;

use std::fmt;

pub use golden::{Conversation, Difference, Expectation, Outcome, Turn, parse_conversations, run};

use crate::data::{Data, Review};
use crate::pattern::{PatternError, Patterns};
use crate::reading::is_confusable;

/// Something wrong in a file of the council's.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct DataError {
    /// Name of the file, as it was given.
    pub file: String,
    /// Line, from 1.
    pub line: usize,
    /// What was expected, and what to do.
    pub message: String,
}

impl fmt::Display for DataError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}:{}: {}", self.file, self.line, self.message)
    }
}

impl std::error::Error for DataError {}

/// The default files, which every council gets: name and text.
pub const DEFAULT_FILES: &[(&str, &str)] = &[
    ("default cards.toml", include_str!("../data/cards.toml")),
    ("default signs.toml", include_str!("../data/signs.toml")),
    ("default correct.toml", include_str!("../data/correct.toml")),
    ("default cards-cy.toml", include_str!("../data/cards-cy.toml")),
    ("default frames.toml", include_str!("../data/frames.toml")),
    ("default broad.toml", include_str!("../data/broad.toml")),
    ("default smalltalk.toml", include_str!("../data/smalltalk.toml")),
    ("default bodies.toml", include_str!("../data/bodies.toml")),
    ("default masks.toml", include_str!("../data/masks.toml")),
    ("default languages.toml", include_str!("../data/languages.toml")),
    ("default messages.toml", include_str!("../data/messages.toml")),
    ("default thesaurus.toml", include_str!("../data/thesaurus.toml")),
];

impl Data {
    /// The data of `files` (name and text) alone, the later over the earlier.
    ///
    /// # Errors
    /// Every [`DataError`] found, in the order of files and lines; patterns
    /// are compiled to check them.
    pub fn parse(files: &[(&str, &str)]) -> Result<Data, Vec<DataError>> {
        merge::merge(files)
    }

    /// The default files with a council's own over them.
    ///
    /// # Errors
    /// As [`Data::parse`].
    pub fn with_defaults(files: &[(&str, &str)]) -> Result<Data, Vec<DataError>> {
        let mut all = DEFAULT_FILES.to_vec();
        all.extend_from_slice(files);
        Data::parse(&all)
    }

    /// Those of `words` (folded) that would be taken for a slip of a trigger
    /// word: what a list of `correct` words is made of, from a list of common
    /// words of the language.
    ///
    /// # Errors
    /// As [`Data::parse`], if a pattern does not compile.
    pub fn confusable<'w>(&self, words: &[&'w str]) -> Result<Vec<&'w str>, PatternError> {
        let mut patterns = Patterns::new(&self.groups);
        let all = self.cards.iter().flat_map(|c| c.when.iter().chain(&c.unless));
        for pattern in all.chain(self.rules.iter().flat_map(|r| r.when.iter().chain(&r.unless))) {
            patterns.add(pattern)?;
        }
        Ok(words.iter().copied().filter(|w| is_confusable(&patterns, w)).collect())
    }

    /// What nobody has confirmed: no site is published with it.
    pub fn unconfirmed(&self) -> Vec<DataError> {
        let open = self.reviews.iter().filter(|r| r.confirmed.is_empty());
        open.map(|review| told(review, "nobody has confirmed its wording and numbers")).collect()
    }

    /// What was to be looked at again before `today`.
    pub fn overdue(&self, today: doorstep_index::Date) -> Vec<DataError> {
        let due = |r: &&Review| r.review_by.is_some_and(|day| day < today);
        let tell =
            |review| told(review, "its review was due; check it, then set a later review_by");
        self.reviews.iter().filter(due).map(tell).collect()
    }
}

fn told(review: &Review, message: &str) -> DataError {
    DataError {
        file: review.file.clone(),
        line: review.line,
        message: format!("{} ({}): {message}", review.what, review.owner),
    }
}

#[cfg(test)]
mod tests;
