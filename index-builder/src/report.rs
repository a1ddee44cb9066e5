//! What the builder has to say about its sources: findings, each with the
//! file, the line, what was expected and what to do.

use std::fmt;
use std::path::PathBuf;

/// How much a [`Finding`] matters.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Severity {
    /// Done as the source asks, and worth knowing (a page marked `noindex`).
    Note,
    /// Built, but a person should look (an answer without its attachment).
    Attention,
    /// Built, but a person must confirm it before it is published; the build
    /// ends with exit code 1.
    Unconfirmed,
    /// Left out; the build ends with exit code 1.
    Skipped,
}

/// Something about a source that a person should know.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Finding {
    /// How much it matters.
    pub severity: Severity,
    /// The file, as configured.
    pub file: PathBuf,
    /// The line, from 1, where there is one.
    pub line: Option<u32>,
    /// What was found.
    pub what: String,
    /// What was expected instead; empty if that goes without saying.
    pub expected: String,
    /// What to do about it.
    pub todo: String,
}

impl Finding {
    /// A finding about a file, without line, expectation or advice.
    pub fn new(severity: Severity, file: impl Into<PathBuf>, what: impl Into<String>) -> Finding {
        Finding {
            severity,
            file: file.into(),
            line: None,
            what: what.into(),
            expected: String::new(),
            todo: String::new(),
        }
    }

    /// The same, at a line (from 1).
    #[must_use]
    pub fn at(mut self, line: u32) -> Finding {
        self.line = Some(line);
        self
    }

    /// The same, with what was expected.
    #[must_use]
    pub fn expected(mut self, expected: impl Into<String>) -> Finding {
        self.expected = expected.into();
        self
    }

    /// The same, with what to do.
    #[must_use]
    pub fn todo(mut self, todo: impl Into<String>) -> Finding {
        self.todo = todo.into();
        self
    }
}

impl fmt::Display for Finding {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}", self.file.display())?;
        if let Some(line) = self.line {
            write!(f, ":{line}")?;
        }
        write!(f, ": {}", self.what)?;
        if !self.expected.is_empty() {
            write!(f, "\n  expected {}", self.expected)?;
        }
        if !self.todo.is_empty() {
            write!(f, "\n  hint: {}", self.todo)?;
        }
        Ok(())
    }
}

/// What became of a build, in numbers.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Summary {
    /// Pages in the indexes.
    pub pages: usize,
    /// Records in the indexes.
    pub records: usize,
    /// Distinct words in the indexes.
    pub terms: usize,
    /// Characters of text that the records hold, in bytes.
    pub text_bytes: u64,
    /// Each published file with its size in bytes, in the order written.
    pub files: Vec<(String, u64)>,
    /// Files left out.
    pub skipped: usize,
}

#[cfg(test)]
mod tests {
    //! 1. a finding names file, line, what, what was expected, what to do;
    //! 2. parts that are not there leave no trace.

    use super::*;

    fn check(finding: &Finding, expected: &str) {
        assert_eq!(finding.to_string(), expected);
    }

    #[test]
    fn prints_file_line_and_remedy() {
        check(
            &Finding::new(Severity::Skipped, "a/b.html", "not UTF-8")
                .at(3)
                .expected("UTF-8")
                .todo("save the page as UTF-8"),
            "a/b.html:3: not UTF-8\n  expected UTF-8\n  hint: save the page as UTF-8",
        );
        check(&Finding::new(Severity::Note, "a", "no index wanted"), "a: no index wanted");
    }
}
