//! Lists of questions with where their answers stand.

use std::path::Path;

use anyhow::{Context, Result};

/// One question and what is expected of the reply.
#[derive(Debug)]
pub struct Question {
    /// The group it belongs to ("plain", "typo").
    pub kind: String,
    /// As a resident would type it.
    pub text: String,
    /// For each part asked, the topic ids of which one must come, or
    /// `card:<id>`; empty if nothing must be answered.
    pub expect: Vec<Vec<String>>,
}

/// Reads a tab-separated list with the columns `kind`, `question`, `expect`
/// (`;` between topics of which any will do, `+` between parts).
///
/// # Errors
/// It cannot be read, or a line has not three columns.
pub fn read_questions(path: &Path) -> Result<Vec<Question>> {
    let name = || path.display().to_string();
    let mut reader = csv::ReaderBuilder::new()
        .delimiter(b'\t')
        .quoting(false)
        .from_path(path)
        .with_context(name)?;
    let mut questions = Vec::new();
    for row in reader.deserialize::<(String, String, String)>() {
        let (kind, text, expect) = row.with_context(name)?;
        let expect = expect
            .split('+')
            .filter(|part| !part.is_empty())
            .map(|part| part.split(';').map(str::to_owned).collect())
            .collect();
        questions.push(Question { kind, text, expect });
    }
    Ok(questions)
}
