//! Asking an index as a resident would: one conversation, or a file of
//! questions.

use std::fmt;
use std::fmt::Write;
use std::path::{Path, PathBuf};
use std::time::{SystemTime, UNIX_EPOCH};

use doorstep_chat::build::{Conversation, Outcome, Turn, parse_conversations};
use doorstep_chat::{Assistant, Event, Kind, Now, Passage, Reply, State, step};
use doorstep_index::{Date, Link};
use doorstep_search::Query;
use serde::Serialize;
use serde_json::json;
use unicode_normalization::UnicodeNormalization;

use crate::products;

/// Why an index cannot be asked.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct FileError {
    /// The file.
    pub file: PathBuf,
    /// What is wrong with it, and what to do.
    pub message: String,
}

impl fmt::Display for FileError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}: {}", self.file.display(), self.message)
    }
}

impl std::error::Error for FileError {}

impl FileError {
    pub(crate) fn new(file: &Path, message: impl fmt::Display) -> FileError {
        FileError { file: file.to_owned(), message: message.to_string() }
    }
}

/// The bytes of an index: of a raw index file, or in an index module (`.js`).
///
/// # Errors
/// The file cannot be read, or is a module that is damaged.
pub fn index_bytes(file: &Path) -> Result<Vec<u8>, FileError> {
    let bytes = std::fs::read(file).map_err(|error| FileError::new(file, error))?;
    if !bytes.starts_with(b"export default") {
        return Ok(bytes);
    }
    let text = String::from_utf8_lossy(&bytes);
    products::unpack(&text).map_err(|error| FileError::new(file, error))
}

/// The assistant of an index file.
///
/// # Errors
/// The file cannot be read, or is no index that this program can open.
pub fn open(file: &Path) -> Result<Assistant, FileError> {
    Assistant::open(&index_bytes(file)?).map_err(|error| FileError::new(file, error))
}

/// Today in UTC, `None` if the machine's clock is out of its mind. The only
/// clock of the builder, for `ask` without a date.
pub fn today() -> Option<Date> {
    let days = SystemTime::now().duration_since(UNIX_EPOCH).map_or(0, |d| d.as_secs() / 86_400);
    from_unix_days(days)
}

/// The day that is `days` after 1970-01-01.
///
/// Source: Howard Hinnant, "chrono-compatible low-level date algorithms".
fn from_unix_days(days: u64) -> Option<Date> {
    let z = days + 719_468;
    let (era, day_of_era) = (z / 146_097, z % 146_097);
    let year_of_era =
        (day_of_era - day_of_era / 1_460 + day_of_era / 36_524 - day_of_era / 146_096) / 365;
    let day_of_year = day_of_era - (365 * year_of_era + year_of_era / 4 - year_of_era / 100);
    let shifted = (5 * day_of_year + 2) / 153;
    let day = day_of_year - (153 * shifted + 2) / 5 + 1;
    let month = if shifted < 10 { shifted + 3 } else { shifted - 9 };
    let year = year_of_era + era * 400 + u64::from(month <= 2);
    Date::new(year as u16, month as u8, day as u8)
}

/// The conversation of these questions in order, on a day and a page (empty if
/// none). A question without words adds no turn.
pub fn converse(assistant: &Assistant, questions: &[String], page: &str, date: Date) -> State {
    let now = Now { date, minute: None };
    let started = Event::Started { page: page.to_owned(), memory: None, now };
    let (mut state, _) = step(assistant, State::default(), started);
    for question in questions {
        let text = question.nfkc().collect();
        (state, _) = step(assistant, state, Event::Asked { text, now });
    }
    state
}

#[derive(Serialize)]
struct Turns<'a> {
    turns: &'a [Reply],
}

/// A conversation as one line of JSON: `{"turns":[…]}`.
pub fn to_json(state: &State) -> String {
    // Replies are plain data: they always serialise.
    serde_json::to_string(&Turns { turns: &state.turns }).unwrap_or_default()
}

/// The questions in the column `question` of a TSV file.
///
/// # Errors
/// The file cannot be read, or has no such column.
pub fn questions(file: &Path) -> Result<Vec<String>, FileError> {
    let text = std::fs::read_to_string(file).map_err(|error| FileError::new(file, error))?;
    let mut reader = csv::ReaderBuilder::new()
        .delimiter(b'\t')
        .quoting(false)
        .flexible(true)
        .from_reader(text.as_bytes());
    let header = reader.headers().map_err(|error| FileError::new(file, error))?;
    let column = header.iter().position(|name| name.trim() == "question").ok_or_else(|| {
        FileError::new(file, "line 1: expected a column `question` in a table with tabs")
    })?;
    reader
        .records()
        .map(|row| {
            let row = row.map_err(|error| FileError::new(file, error))?;
            Ok(row.get(column).unwrap_or("").to_owned())
        })
        .collect()
}

/// The conversations of a file, with what is expected of them.
///
/// # Errors
/// The file cannot be read, or a line is not of the form.
pub fn conversations(file: &Path) -> Result<Vec<Conversation>, FileError> {
    let text = std::fs::read_to_string(file).map_err(|error| FileError::new(file, error))?;
    parse_conversations(&file.display().to_string(), &text).map_err(|errors| {
        let lines: Vec<String> =
            errors.iter().map(|e| format!("line {}: {}", e.line, e.message)).collect();
        FileError::new(file, lines.join("\n  "))
    })
}

/// What became of a conversation, as one line of JSON: `{"file","line","name",
/// "on","at","turns":[{"asked","chosen","expected":[{"part","key","value"}],
/// "reply"}…],"differences":[…]}`; `at` is `[day, minutes since midnight]`, the
/// minutes null if the time is open, a `reply` is of the form of [`to_json`] or
/// null.
pub fn outcome_to_json(conversation: &Conversation, outcome: &Outcome, now: Now) -> String {
    let at = conversation.at.unwrap_or(now);
    let turn = |(turn, reply): (&Turn, &Option<Reply>)| {
        let expected = turn.expected.iter();
        let expected = expected.map(|e| json!({"part": e.part, "key": e.key, "value": e.value}));
        json!({
            "asked": turn.asked,
            "chosen": turn.chosen,
            "expected": expected.collect::<Vec<_>>(),
            "reply": reply,
        })
    };
    json!({
        "file": conversation.file,
        "line": conversation.line,
        "name": conversation.name,
        "on": conversation.on,
        "at": (at.date, at.minute),
        "turns": conversation.turns.iter().zip(&outcome.replies).map(turn).collect::<Vec<_>>(),
        "differences": outcome.differences.iter().map(ToString::to_string).collect::<Vec<_>>(),
    })
    .to_string()
}

/// A conversation for people.
pub fn to_text(state: &State) -> String {
    let mut out = String::new();
    for (number, turn) in state.turns.iter().enumerate() {
        if number > 0 {
            out.push('\n');
        }
        reply_text(&mut out, turn);
    }
    out
}

fn reply_text(out: &mut String, reply: &Reply) {
    let _ = writeln!(out, "? {}", reply.question);
    if let Some(card) = &reply.emergency {
        let _ = writeln!(out, "\n! {}", card.title);
        let (first, rest) = card.first_and_rest();
        for line in first {
            let _ = writeln!(out, "  {line}");
        }
        for phone in &card.phones {
            let _ = writeln!(out, "  {}: {} {}", phone.name, phone.number, phone.hours);
        }
        for line in rest {
            let _ = writeln!(out, "  {line}");
        }
    }
    for notice in &reply.notices {
        let _ = writeln!(out, "\n  {}", notice.text);
        link(out, notice.link.as_ref());
    }
    for part in &reply.parts {
        if reply.parts.len() > 1 {
            let _ = writeln!(out, "\n  “{}”", part.question);
        }
        let (shown, listed) = part.shown_and_listed();
        if let Some(shown) = shown {
            passage_text(out, shown, true);
        }
        if !part.answered && !listed.is_empty() {
            out.push_str("\n  Pages that might help:\n");
        }
        for passage in listed {
            passage_text(out, passage, false);
        }
    }
    if !reply.choices.is_empty() {
        out.push_str("\n  Which of these?\n");
        for (number, choice) in reply.choices.iter().enumerate() {
            let _ = writeln!(out, "    {}. {}", number + 1, choice.text);
        }
    }
    if let Some(contact) = &reply.contact {
        let parts = [&contact.name, &contact.phone, &contact.hours, &contact.email, &contact.url];
        let parts: Vec<&str> = parts.iter().map(|p| p.as_str()).filter(|p| !p.is_empty()).collect();
        let _ = writeln!(out, "\n  Contact: {}", parts.join(", "));
    }
    if reply.kind == Kind::None && reply.notices.is_empty() {
        out.push_str("\n  Nothing was found.\n");
    }
}

fn passage_text(out: &mut String, passage: &Passage, whole: bool) {
    let title = if passage.section.is_empty() {
        passage.title.clone()
    } else {
        format!("{} > {}", passage.title, passage.section)
    };
    if whole {
        let _ = writeln!(out, "\n  {title}");
        for line in passage.text.lines() {
            let _ = writeln!(out, "    {line}");
        }
    } else {
        let _ = writeln!(out, "  - {title}");
    }
    let mut facts = vec![passage.url.clone()];
    facts.extend(
        [&passage.owner, &passage.source].iter().filter(|f| !f.is_empty()).map(ToString::to_string),
    );
    facts.extend(passage.updated.map(|d| format!("updated {d}")));
    facts.push(format!("confidence {:.2}", passage.confidence));
    let _ = writeln!(out, "    ({})", facts.join(", "));
}

fn link(out: &mut String, link: Option<&Link>) {
    if let Some(link) = link {
        let _ = writeln!(out, "    {}: {}", link.text, link.url);
    }
}

/// Why the first records stand where they stand, for the last of the questions.
pub fn explain(assistant: &Assistant, questions: &[String], page: &str, date: Date) -> String {
    let Some((last, before)) = questions.split_last() else { return String::new() };
    let state = converse(assistant, before, page, date);
    let text: String = last.nfkc().collect();
    let ranking = assistant.rank(&state, &text);
    let engine = assistant.site();
    let index = engine.index();
    let page = Some(page).filter(|p| !p.is_empty());
    let query = Query { text: &text, context: &[], page };
    let mut out = format!("? {text}\n");
    for (typed, used) in &ranking.corrected {
        let _ = writeln!(out, "  read \"{typed}\" as \"{used}\"");
    }
    if !ranking.unknown.is_empty() {
        let _ = writeln!(out, "  not on the site: {}", ranking.unknown.join(", "));
    }
    if ranking.hits.is_empty() {
        out.push_str("  nothing matched\n");
    }
    for (place, hit) in ranking.hits.iter().take(5).enumerate() {
        let record = index.record(hit.record);
        let found = &index.pages()[record.page as usize];
        let _ = writeln!(
            out,
            "\n  {}. {} > {}\n     {}#{}  score {:.3}, confidence {:.2}",
            place + 1,
            found.title,
            record.section,
            found.url,
            record.anchor,
            hit.score,
            hit.confidence
        );
        for line in engine.explain(&query, hit.record).lines {
            let _ = writeln!(out, "     {line}");
        }
    }
    out
}

#[cfg(test)]
mod tests {
    //! 1. questions are taken from their column, as they stand;
    //! 2. damaged and foreign index files give the named error;
    //! 3. days are counted as calendars do.

    use super::*;

    fn file(bytes: &[u8]) -> (tempfile::TempDir, PathBuf) {
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join("file");
        std::fs::write(&path, bytes).unwrap();
        (folder, path)
    }

    fn check(bytes: &[u8], message: &str) {
        let (_folder, path) = file(bytes);
        let error = open(&path).map(|_| ()).unwrap_err().to_string();
        assert!(error.contains(message), "{error} does not say {message}");
        assert!(error.starts_with(&path.display().to_string()));
    }

    #[test]
    fn damaged_files_are_named() {
        let sound = doorstep_index::write(&doorstep_index::Collection::default()).unwrap();
        check(b"", "index");
        check(b"<html>", "not a Doorstep index");
        check(&sound[..sound.len() - 1], "cut off");
        let mut flipped = sound.clone();
        *flipped.last_mut().unwrap() ^= 1;
        check(&flipped, "damaged");
        check(b"export default 7;", "expected an index module");
    }

    #[test]
    fn reads_questions() {
        let (_folder, path) = file(b"id\tquestion\n1\tWhen is \"it\"?\n2\n");
        assert_eq!(questions(&path).unwrap(), ["When is \"it\"?", ""]);
        let (_folder, path) = file(b"a\tb\n");
        assert!(questions(&path).unwrap_err().to_string().contains("column `question`"));
    }

    #[test]
    fn counts_days() {
        for (days, expected) in [(0, "1970-01-01"), (19_782, "2024-02-29"), (20_778, "2026-11-21")]
        {
            assert_eq!(from_unix_days(days).unwrap().to_string(), expected);
        }
    }
}
