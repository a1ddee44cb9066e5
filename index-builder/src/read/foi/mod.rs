//! FOI responses as councils publish them: a page or a text with questions and
//! answers, or a thread of messages, made into one record for each answer.
//!
//! The way: lines -> segments (whose words) -> runs of items -> pairs by
//! section and number -> records that read on their own. The requester's words
//! find answers and stand as the questions asked; they are never an answer.

mod clean;
mod compose;
mod items;
mod messages;
mod number;
mod pair;
mod refs;
mod segment;
mod tails;

pub(crate) use self::compose::write as write_blocks;

use std::sync::LazyLock;

use doorstep_index::{Date, Link, Record};
use regex::Regex;

use self::items::Run;
use self::messages::{Message, messages, newest_complete};
use self::pair::Pair;
use self::segment::{Role, segment};
use self::tails::Tail;
use super::blocks::{Block, Kind};
use super::words::key as comparable;
use super::{links, pattern, plain};

/// How a line stands in the document.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum LineKind {
    /// Under a heading tag, or bold throughout.
    Heading,
    /// In a paragraph.
    Para,
    /// After a bullet.
    Bullet,
    /// In a numbered list, with its number.
    Number(u32),
    /// A row of a table.
    Row,
}

/// A line of meaning.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Line {
    pub(crate) kind: LineKind,
    pub(crate) text: String,
    pub(crate) links: Vec<Link>,
    /// Fragment that leads to it, if it has one.
    pub(crate) anchor: String,
    /// Whether it goes on with the line before (in the same list item).
    pub(crate) goes_on: bool,
}

impl Line {
    /// A line without links or anchor.
    pub(crate) fn new(kind: LineKind, text: impl Into<String>) -> Line {
        Line { kind, text: text.into(), links: Vec::new(), anchor: String::new(), goes_on: false }
    }
}

/// The lines of a text, hard-wrapped ones joined.
pub(crate) fn from_text(text: &str) -> Vec<Line> {
    plain::lines(text)
        .into_iter()
        .map(|line| match plain::bullet(&line.text) {
            Some(item) => Line::new(LineKind::Bullet, item),
            None => Line::new(LineKind::Para, line.text),
        })
        .collect()
}

/// The lines of a page.
pub(crate) fn from_blocks(blocks: &[Block]) -> Vec<Line> {
    blocks
        .iter()
        .filter(|block| !block.text.is_empty())
        .map(|block| {
            let kind = match block.kind {
                Kind::Heading(_) => LineKind::Heading,
                Kind::Item => LineKind::Bullet,
                Kind::Step(n) => LineKind::Number(n),
                Kind::Row => LineKind::Row,
                Kind::Para | Kind::Line | Kind::End(_) => LineKind::Para,
            };
            Line {
                kind,
                text: block.text.clone(),
                links: block.links.clone(),
                anchor: block.anchor.clone(),
                goes_on: block.kind == Kind::Line,
            }
        })
        .collect()
}

static ASKS: LazyLock<Regex> = LazyLock::new(|| {
    pattern(
        r"(?xi) ^ (?: and\s+|or\s+|also,?\s+ )? (?:
            (?:please|kindly) \s+ (?:can|could|provide|confirm|state|tell|send|supply|list|detail|give|advise|let|specify|break|forward|explain|describe|indicate|share|include|identify)
          | (?:can|could|would|will) \s+ you | (?:i|we) \s+ (?:would\s+like|wish|request|want|am\s+requesting|am\s+seeking)
          | how | what | what's | who | whom | whose | when | where | why | which
          | (?:do|does|did|is|are|was|were|has|have|had|can|could|will|would|should) \s+ (?:you|your|the|there|any|all|this|that|these|those|it|they|council|we)
          | if\s+(?:so|yes|not|no) | (?:the\s+)?(?:total\s+)?(?:number|amount|names?|cost|costs|copies|copy|details|list|breakdown)\s+of
        ) \b",
    )
});

/// Whether a line or sentence asks for something.
pub(crate) fn is_question(text: &str) -> bool {
    text.trim_end_matches([' ', '"', '”', ')']).ends_with('?')
        || text.contains("? ")
        || ASKS.is_match(text)
}

/// Whether a record may stand word for word in other responses too: what was
/// not released, and why.
pub(crate) fn is_shared(record: &Record) -> bool {
    record.section.starts_with(compose::NOT_RELEASED)
}

/// A response as read.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(crate) struct Response {
    /// What it is about.
    pub(crate) title: String,
    /// Its answers, in order.
    pub(crate) records: Vec<Record>,
    /// Paragraphs that responses share (re-use, complaints): kept once a site.
    pub(crate) common: Vec<Record>,
    /// When it was published, or else requested.
    pub(crate) date: Option<Date>,
    /// Its reference ("FOI 10061"); empty if none.
    pub(crate) reference: String,
    /// Whether the requester's words were found in it: then what is not a
    /// record must not be read another way.
    pub(crate) asked: bool,
    /// What a person should look at.
    pub(crate) problems: Vec<String>,
}

static GENERIC: LazyLock<Regex> = LazyLock::new(|| {
    pattern(
        r"(?i)^(?:published )?(?:foi|eir|freedom of information(?: act)?|environmental information|information)(?: \w+)? (?:request|response|disclosure)s?(?: log)?$|^disclosure log$",
    )
});

/// Reads a response. `title` is the page's, where it has one beside its text.
/// A document that holds no answers gives no records.
pub(crate) fn read(mut lines: Vec<Line>, title: &str) -> Response {
    let title = if title.is_empty() { take_title(&mut lines) } else { title.to_owned() };
    let table = table_pairs(&lines);
    let (segments, facts, notes) = segment(lines);
    let mut response = Response {
        title,
        date: facts.published.or(facts.dated),
        reference: facts.reference,
        asked: segments.iter().any(|s| s.role == Role::Request),
        ..Response::default()
    };
    let messages = messages(&segments);
    response.asked |= messages.iter().any(|m| !m.requests.is_empty());
    let (mut pairs, mut problems) = newest_complete(&messages);
    if pairs.is_empty() && !table.is_empty() {
        (pairs, problems) = (table, Vec::new());
    }
    let mut tails: Vec<(Tail, Line)> = Vec::new();
    for message in &messages {
        for (tail, line) in &message.tail {
            let said = comparable(&line.text);
            if !tails.iter().any(|(t, l)| t == tail && comparable(&l.text) == said) {
                tails.push((*tail, line.clone()));
            }
        }
    }
    let of = |wanted: Tail| -> Vec<Line> {
        tails.iter().filter(|(t, _)| *t == wanted).map(|(_, l)| l.clone()).collect()
    };
    let exemptions = of(Tail::Exemption);
    let (records, more) = compose::records(&pairs, &exemptions, &notes);
    response.records = records;
    problems.extend(more);
    if pairs.is_empty() {
        response.records = plain_records(&messages, &response.title, &notes);
        if response.records.is_empty() {
            response.records.extend(compose::unpaired_record(newest_answers(&messages), &notes));
        }
        if response.records.is_empty() && response.asked {
            response.records.extend(letter_record(&messages, &response.title, &notes));
        }
    }
    if !response.records.is_empty() {
        response.records.extend(compose::exemption_record(&exemptions, &notes));
        let reuse = compose::plain_record("Using this information", &of(Tail::Reuse), &notes);
        let more = compose::plain_record("More about this response", &of(Tail::More), &notes);
        response.records.extend(more);
        let unhappy =
            compose::plain_record("If you are unhappy with a response", &of(Tail::Unhappy), &notes);
        response.common = reuse.into_iter().chain(unhappy).collect();
    }
    response.problems = problems;
    response
}

/// Takes the title off the top of a text: its first line, and its second where
/// the first says no more than that it is an FOI response.
fn take_title(lines: &mut Vec<Line>) -> String {
    let plain = |line: &Line| {
        line.kind != LineKind::Bullet
            && segment::label(&line.text).is_none()
            && !line.text.ends_with(':')
    };
    let Some(first) = lines.first().filter(|l| plain(l)).map(|l| l.text.clone()) else {
        return String::new();
    };
    lines.remove(0);
    if !GENERIC.is_match(&first) {
        let first = clean::sentences(&first).first().map_or(String::new(), |s| s.trim().to_owned());
        return if is_question(&first) {
            format!("Freedom of information response: {first}")
        } else {
            first
        };
    }
    let subject = lines.first().filter(|l| {
        plain(l)
            && l.text.split(' ').count() <= 12
            && items::parse(&[(*l).clone()], false).runs.is_empty()
    });
    match subject.map(|l| l.text.clone()) {
        Some(subject) => {
            lines.remove(0);
            format!("{first}: {subject}")
        }
        None => first,
    }
}

/// Records of a response without items: each marked exchange is one.
fn plain_records(messages: &[Message], title: &str, notes: &[(u32, String)]) -> Vec<Record> {
    let newest = messages.iter().rev().find(|m| !m.plain.is_empty());
    let mut records = Vec::new();
    for (asked, answer) in newest.iter().flat_map(|m| &m.plain) {
        let (question, others) = compose::questions(asked);
        let title = if title.is_empty() { "Response" } else { title };
        let section = if question.is_empty() { title.to_owned() } else { question.clone() };
        let Some(mut record) = compose::plain_record(section, answer, notes) else { continue };
        if record.text.split_whitespace().count() < 6 {
            // A bare answer says nothing without its question.
            if question.is_empty() || compose::only_refers(&record.text) {
                continue;
            }
            record.text = format!("{question}\n{}", record.text);
        }
        record.questions = others;
        records.push(record);
    }
    records
}

/// The answers of the newest message that has any.
fn newest_answers(messages: &[Message]) -> &[Run] {
    messages.iter().rev().map(|m| m.responses.as_slice()).find(|r| !r.is_empty()).unwrap_or(&[])
}

/// An acknowledgement says less.
const SHORTEST_LETTER: usize = 25;

/// The newest letter that says something, under the question of the request.
fn letter_record(messages: &[Message], title: &str, notes: &[(u32, String)]) -> Option<Record> {
    let words = |m: &&Message| m.letter.iter().map(|l| l.text.split(' ').count()).sum::<usize>();
    let letter = messages.iter().rev().find(|m| words(m) >= SHORTEST_LETTER)?;
    let asked = messages.iter().map(|m| &m.asked).find(|a| !a.is_empty())?;
    let (question, others) = compose::questions(asked);
    let section = if question.is_empty() { title.to_owned() } else { question };
    let record = compose::plain_record(section, &letter.letter, notes)?;
    Some(Record { questions: others, ..record })
}

/// Pairs of a table whose first row heads a column of questions and one of
/// answers.
fn table_pairs(lines: &[Line]) -> Vec<Pair> {
    let mut pairs = Vec::new();
    let mut columns: Option<(usize, usize)> = None;
    for line in lines {
        if line.kind != LineKind::Row {
            columns = None;
            continue;
        }
        let cells: Vec<&str> = line.text.split('|').map(str::trim).collect();
        let Some((question, answer)) = columns else {
            let find =
                |role| cells.iter().position(|c| segment::label(c).is_some_and(|(r, _)| r == role));
            columns = find(Role::Request).zip(find(Role::Response));
            continue;
        };
        if let (Some(question), Some(answer)) = (cells.get(question), cells.get(answer))
            && !question.is_empty()
            && !answer.is_empty()
        {
            let number = pairs.len() as u32 + 1;
            let links = line.links.iter().filter(|l| answer.contains(&l.text)).cloned().collect();
            let (text, found) = links::find(answer, None, None);
            let links = if found.is_empty() { links } else { found };
            pairs.push(Pair {
                run: 0,
                section: String::new(),
                key: number::Key { number, sub: String::new() },
                numbered: false,
                question: vec![Line::new(LineKind::Para, *question)],
                others: Vec::new(),
                answer: vec![Line { links, ..Line::new(LineKind::Para, text) }],
                anchor: String::new(),
            });
        }
    }
    pairs
}

#[cfg(test)]
mod tests;
