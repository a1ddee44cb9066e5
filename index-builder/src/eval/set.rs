//! The files of a retrieval set: pages, questions, and which answers which.

use std::collections::{HashMap, HashSet};
use std::path::Path;

use doorstep_chat::{Data, Part, Passage, Reply, State};
use doorstep_index::{Collection, Page, Record};
use serde::Deserialize;
use unicode_normalization::UnicodeNormalization;

use crate::ask::FileError;

#[derive(Deserialize)]
pub(super) struct Row {
    #[serde(rename = "_id")]
    pub(super) id: String,
    #[serde(default)]
    pub(super) title: String,
    #[serde(default)]
    pub(super) section: String,
    #[serde(default)]
    pub(super) text: String,
    #[serde(default)]
    pub(super) url: String,
}

#[derive(Deserialize)]
pub(super) struct Question {
    #[serde(rename = "_id")]
    pub(super) id: String,
    pub(super) text: String,
    #[serde(default)]
    pub(super) context: Vec<Utterance>,
}

#[derive(Deserialize)]
pub(super) struct Utterance {
    #[serde(default)]
    pub(super) role: String,
    pub(super) text: String,
}

/// A page is a run of rows with the same address and title.
pub(super) fn collection(rows: &[Row], data: &Data) -> Collection {
    let mut collection =
        Collection { lang: "en".to_owned(), data: data.to_bytes(), ..Collection::default() };
    for row in rows {
        let same = |page: &Page| page.url == row.url && page.title == row.title;
        if !collection.pages.last().is_some_and(same) {
            collection.pages.push(Page {
                url: row.url.clone(),
                title: row.title.clone(),
                ..Page::default()
            });
        }
        collection.records.push(Record {
            page: collection.pages.len() as u32 - 1,
            section: row.section.clone(),
            text: row.text.clone(),
            ..Record::default()
        });
    }
    collection
}

/// Earlier turns as the assistant remembers them: what was asked, and what was
/// said to it as the title of the passage shown.
pub(super) fn turns(context: &[Utterance]) -> State {
    let mut state = State::default();
    for utterance in context {
        let text: String = utterance.text.nfkc().collect();
        let agent = utterance.role != "user";
        match state.turns.last_mut() {
            Some(turn) if agent => {
                if let Some(shown) = turn.parts.first_mut().and_then(|p| p.passages.first_mut()) {
                    shown.title = [shown.title.as_str(), " ", &text].concat();
                } else {
                    let shown = Passage { title: text, ..Passage::default() };
                    turn.parts.push(Part {
                        question: turn.question.clone(),
                        answered: true,
                        near: false,
                        passages: vec![shown],
                    });
                }
            }
            _ => state.turns.push(Reply { question: text, ..Reply::default() }),
        }
    }
    state
}

pub(super) fn all_text(rows: &[Row]) -> String {
    let mut parts: Vec<&str> = Vec::new();
    let mut title = None;
    for row in rows {
        if title != Some(&row.title) {
            parts.push(&row.title);
            title = Some(&row.title);
        }
        parts.push(&row.section);
        parts.push(&row.text);
    }
    parts.join("\n")
}

pub(super) fn lines<T: for<'de> Deserialize<'de>>(file: &Path) -> Result<Vec<T>, FileError> {
    let text = std::fs::read_to_string(file).map_err(|error| FileError::new(file, error))?;
    text.lines()
        .enumerate()
        .filter(|(_, line)| !line.trim().is_empty())
        .map(|(number, line)| {
            serde_json::from_str(line)
                .map_err(|error| FileError::new(file, format!("line {}: {error}", number + 1)))
        })
        .collect()
}

pub(super) fn qrels(file: &Path) -> Result<HashMap<String, HashSet<String>>, FileError> {
    let text = std::fs::read_to_string(file).map_err(|error| FileError::new(file, error))?;
    let mut right: HashMap<String, HashSet<String>> = HashMap::new();
    for (number, line) in text.lines().enumerate().skip(1).filter(|(_, l)| !l.trim().is_empty()) {
        let mut cells = line.split('\t');
        let (Some(query), Some(record), score) = (cells.next(), cells.next(), cells.next()) else {
            let what =
                format!("line {}: expected query-id, corpus-id and score with tabs", number + 1);
            return Err(FileError::new(file, what));
        };
        let score = score.and_then(|s| s.trim().parse::<f64>().ok()).unwrap_or(1.0);
        if score > 0.0 {
            right.entry(query.to_owned()).or_default().insert(record.to_owned());
        }
    }
    Ok(right)
}
