//! Question-and-answer files as councils keep them: spreadsheets saved as CSV
//! or TSV, and JSON.

use std::path::Path;

use doorstep_index::{PageKind, Record};
use serde_json::Value;
use url::Url;

use super::blocks::{Block, Kind};
use super::foi::write_blocks;
use super::html;
use super::links;
use super::meta::{Meta, Unfit, parts};
use super::plain;
use super::words::{collapse, key};
use crate::report::{Finding, Severity};

/// One page of questions: rows that follow each other with the same address
/// and title.
#[derive(Debug, Default)]
pub(crate) struct QaPage {
    pub(crate) meta: Meta,
    pub(crate) records: Vec<Record>,
}

/// One row: names of columns with their values, and the line it stands on.
type Row = (u32, Vec<(String, String)>);

/// Reads a question-and-answer file by its ending: `csv`, `tsv` or `json`.
/// `base` is the page that shows the questions, `site` the council's site.
/// Rows that are broken become findings; the others are read.
pub(crate) fn read(
    text: &str,
    file: &Path,
    base: &Url,
    site: Option<&Url>,
) -> (Vec<QaPage>, Vec<Finding>) {
    let mut findings = Vec::new();
    let ending = file.extension().and_then(|e| e.to_str()).unwrap_or("").to_lowercase();
    let rows = match ending.as_str() {
        "json" => json_rows(text, file, &mut findings),
        "tsv" => table_rows(text, b'\t', file, &mut findings),
        _ => table_rows(text, delimiter(text), file, &mut findings),
    };
    let mut pages: Vec<QaPage> = Vec::new();
    let mut last: Option<(String, String)> = None;
    for (line, row) in rows {
        let Some((meta, record)) = one(line, row, file, base, site, &mut findings) else {
            continue;
        };
        let of = (meta.url.clone(), meta.title.clone());
        if last.as_ref() != Some(&of) {
            pages.push(QaPage { meta, records: Vec::new() });
            last = Some(of);
        } else if let Some(page) = pages.last_mut() {
            // The page is as new as its newest answer, and due as its first.
            page.meta.updated = page.meta.updated.max(meta.updated);
            page.meta.review_by = [page.meta.review_by, meta.review_by].into_iter().flatten().min();
            for topic in meta.topics {
                if !page.meta.topics.contains(&topic) {
                    page.meta.topics.push(topic);
                }
            }
        }
        if let Some(page) = pages.last_mut() {
            page.records.push(record);
        }
    }
    (pages, findings)
}

/// Spreadsheets of some languages write semicolons.
fn delimiter(text: &str) -> u8 {
    let first = text.lines().next().unwrap_or("");
    let count = |c| first.matches(c).count();
    if count(';') > count(',') { b';' } else { b',' }
}

fn table_rows(text: &str, delimiter: u8, file: &Path, findings: &mut Vec<Finding>) -> Vec<Row> {
    let mut reader = csv::ReaderBuilder::new()
        .delimiter(delimiter)
        .trim(csv::Trim::Headers)
        .from_reader(text.as_bytes());
    let header: Vec<String> = match reader.headers() {
        Ok(header) => header.iter().map(key).collect(),
        Err(error) => {
            findings.push(broken(file, 1, error.to_string()));
            return Vec::new();
        }
    };
    if !header.iter().any(|n| is_question(n)) || !header.iter().any(|n| is_answer(n)) {
        findings.push(
            Finding::new(
                Severity::Skipped,
                file,
                format!("no columns for questions and answers: {}", header.join(", ")),
            )
            .at(1)
            .expected("a first row with the names `question` and `answer`")
            .todo("name the columns in the first row"),
        );
        return Vec::new();
    }
    let mut rows = Vec::new();
    for result in reader.records() {
        match result {
            Ok(row) => {
                let line = row.position().map_or(0, |p| p.line() as u32);
                let values = header.iter().cloned().zip(row.iter().map(str::to_owned)).collect();
                rows.push((line, values));
            }
            Err(error) => {
                let line = error.position().map_or(0, |p| p.line() as u32);
                let what = match error.kind() {
                    csv::ErrorKind::UnequalLengths { expected_len, len, .. } => {
                        format!("{len} cells in a table of {expected_len} columns")
                    }
                    _ => error.to_string(),
                };
                findings.push(broken(file, line, what));
            }
        }
    }
    rows
}

fn broken(file: &Path, line: u32, what: String) -> Finding {
    Finding::new(Severity::Skipped, file, what)
        .at(line)
        .expected("a cell for each column, with commas and line breaks in \"quotes\"")
        .todo("correct the row; the others were read")
}

fn json_rows(text: &str, file: &Path, findings: &mut Vec<Finding>) -> Vec<Row> {
    let value: Value = match serde_json::from_str(text) {
        Ok(value) => value,
        Err(error) => {
            findings.push(
                Finding::new(Severity::Skipped, file, error.to_string())
                    .at(error.line() as u32)
                    .expected("JSON")
                    .todo("correct the file at this line"),
            );
            return Vec::new();
        }
    };
    let mut shared = Vec::new();
    let items = match value {
        Value::Array(items) => items,
        Value::Object(mut object) => {
            let list = ["items", "questions", "faqs", "records"]
                .iter()
                .find_map(|name| object.remove(*name));
            shared = object.iter().map(|(k, v)| (key(k), value_text(v))).collect();
            match list {
                Some(Value::Array(items)) => items,
                _ => Vec::new(),
            }
        }
        _ => Vec::new(),
    };
    if items.is_empty() {
        findings.push(
            Finding::new(Severity::Skipped, file, "no questions in the file")
                .at(1)
                .expected("a list of {\"question\", \"answer\"}, or an object with `items`")
                .todo("correct the file"),
        );
    }
    let mut rows = Vec::new();
    let mut from = 0;
    for item in items {
        let mut row: Vec<(String, String)> = shared.clone();
        let Value::Object(fields) = item else {
            findings.push(
                Finding::new(Severity::Skipped, file, "an entry that is no object")
                    .at(1)
                    .expected("{\"question\": …, \"answer\": …}")
                    .todo("correct the entry; the others were read"),
            );
            continue;
        };
        row.extend(fields.iter().map(|(k, v)| (key(k), value_text(v))));
        // A parsed value keeps no line: the question is found again in the text.
        let question =
            row.iter().rev().find(|(n, _)| is_question(n)).map_or("", |(_, v)| v.as_str());
        let quoted = serde_json::to_string(question).unwrap_or_default();
        let at = text[from..].find(&quoted).map_or(from, |at| from + at);
        from = at;
        rows.push((text[..at].matches('\n').count() as u32 + 1, row));
    }
    rows
}

fn value_text(value: &Value) -> String {
    match value {
        Value::String(text) => text.clone(),
        Value::Array(items) => items.iter().map(value_text).collect::<Vec<_>>().join("\n"),
        Value::Null | Value::Object(_) => String::new(),
        other => other.to_string(),
    }
}

fn is_question(name: &str) -> bool {
    matches!(name, "question" | "questions" | "q" | "faq")
}

fn is_answer(name: &str) -> bool {
    matches!(name, "answer" | "answers" | "a" | "response" | "text")
}

fn one(
    line: u32,
    row: Vec<(String, String)>,
    file: &Path,
    base: &Url,
    site: Option<&Url>,
    findings: &mut Vec<Finding>,
) -> Option<(Meta, Record)> {
    let mut meta = Meta { kind: Some(PageKind::Faq), ..Meta::default() };
    let (mut question, mut answer, mut section) = (String::new(), String::new(), String::new());
    let mut record = Record::default();
    for (name, value) in row {
        match name.as_str() {
            name if is_question(name) => question = collapse(&value),
            name if is_answer(name) => answer = value,
            "section" | "category" => section = collapse(&value),
            "anchor" | "id" => record.anchor = collapse(&value),
            "alternates" | "alternatives" | "also" | "other questions" | "variants" => {
                record.questions = parts(&value, &[';', '|', '\n']);
            }
            _ => {
                if let Err(Unfit(expected)) = meta.set(&name, &value) {
                    findings.push(
                        Finding::new(
                            Severity::Attention,
                            file,
                            format!("`{name}` cannot be \"{value}\""),
                        )
                        .at(line)
                        .expected(expected)
                        .todo("correct the cell; the question was built without it"),
                    );
                }
            }
        }
    }
    let missing = if question.is_empty() { "question" } else { "answer" };
    if question.is_empty() || answer.trim().is_empty() {
        findings.push(
            Finding::new(Severity::Skipped, file, format!("a row without {missing}"))
                .at(line)
                .expected("a question and its answer")
                .todo(format!("write the {missing}, or remove the row")),
        );
        return None;
    }
    let url = if meta.url.is_empty() { Some(base.clone()) } else { base.join(&meta.url).ok() };
    let url = url.unwrap_or_else(|| base.clone());
    if let (Some(fragment), true) = (url.fragment(), record.anchor.is_empty()) {
        fragment.clone_into(&mut record.anchor);
    }
    let mut page_url = url.clone();
    page_url.set_fragment(None);
    meta.url = links::shorten(&page_url, site);
    let resolve = |href: &str| links::resolve(href, Some(&url), site);
    write_blocks(&mut record, &answer_blocks(&answer, &resolve, &url, site));
    record.section = if section.is_empty() { question } else { format!("{section} > {question}") };
    Some((meta, record))
}

/// The blocks of an answer: HTML if it holds tags, else text with bullets.
fn answer_blocks(
    answer: &str,
    resolve: &super::table::Resolve<'_>,
    base: &Url,
    site: Option<&Url>,
) -> Vec<Block> {
    let tags =
        ["<p", "<a ", "<br", "<ul", "<ol", "<li", "<strong", "<b>", "<em", "<table", "<div", "<h"];
    let lower = answer.to_lowercase();
    if tags.iter().any(|tag| lower.contains(tag)) {
        return html::fragment(answer, resolve);
    }
    let mut apart = true;
    let mut blocks = Vec::new();
    for line in answer.lines() {
        let text = collapse(line);
        if text.is_empty() {
            apart = true;
            continue;
        }
        let (kind, text) = match plain::bullet(&text) {
            Some(item) => (Kind::Item, item.to_owned()),
            None if apart || blocks.is_empty() => (Kind::Para, text),
            None => (Kind::Line, text),
        };
        let (text, links) = links::find(&text, Some(base), site);
        blocks.push(Block { links, ..Block::new(kind, text) });
        apart = false;
    }
    blocks
}

#[cfg(test)]
mod tests;
