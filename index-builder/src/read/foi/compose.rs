//! Records of paired questions and answers: each reads on its own, with the
//! question it answers, the question it depends on, and what it refers to.

use std::sync::LazyLock;

use doorstep_index::Record;
use regex::Regex;

use super::clean::{clean, sentences};
use super::items::Run;
use super::pair::Pair;
use super::refs::{self, reference};
use super::tails::exemption;
use super::{Line, LineKind, is_question};
use crate::read::blocks::{Block, Kind, append};
use crate::read::pattern;
use crate::read::words::key as comparable;

/// An answer of fewer words says nothing without its question ("2021/22",
/// "No, never").
const BARE: usize = 6;

/// Answers up to this many words are repeated beside the question that they
/// depend on, or that depends on them.
const REPEATED: usize = 60;

/// A section title is cut after this many characters, at a word.
const LONGEST_SECTION: usize = 300;

/// Begins the section of the record on what was not released.
pub(crate) const NOT_RELEASED: &str = "Information that was not released";

static IF: LazyLock<Regex> = LazyLock::new(|| {
    pattern(
        r"(?i)^(?:and |but )?(?:if (?:so|yes|not|no|the answer|they (?:do|are|have)|you (?:do|are|have)|there (?:is|are)|this is|it is|applicable)|where (?:so|this is)|in that case)\b",
    )
});
static POINTS_BACK: LazyLock<Regex> = LazyLock::new(|| {
    pattern(
        r"(?i)\b(?:this|that|these|those|(?-i:it)|them)\b\s*(?:[?.,;:)]|$|(?:and|or|to|be|is|are|was|were|will|would|should|has|have|been|for|cost|work|off|up|out)\b)|\bsuch [a-z]+s\b|\bthe (?:process|policy|scheme|above)\s*[?.]?$",
    )
});
static ATTACHED: LazyLock<Regex> = LazyLock::new(|| {
    pattern(
        r"(?i)\b(?:see|find|refer to|in|per)\b.{0,30}\b(?:attached|enclosed|attachments?|enclosures?|appendix|appendices|spreadsheet|annex)\b|^attached\b",
    )
});
static EXEMPT_BELOW: LazyLock<Regex> = LazyLock::new(|| {
    pattern(r"(?i)exempt\w*.{0,40}\b(?:below|above|applie[sd]|attached)|see.{0,20}exempt")
});

/// A question and its answer, cleaned.
struct Ready {
    question: String,
    others: Vec<String>,
    answer: Vec<Block>,
    words: usize,
    /// What the answer refers to, as numbers of pairs.
    refers: Vec<usize>,
    parent: Option<usize>,
    asks_if: bool,
    left_out: bool,
}

/// The records of one response, and what a person should look at.
/// `exemptions` are the paragraphs on what was not released.
pub(crate) fn records(
    pairs: &[Pair],
    exemptions: &[Line],
    notes: &[(u32, String)],
) -> (Vec<Record>, Vec<String>) {
    let mut problems = Vec::new();
    let mut ready: Vec<Ready> = pairs.iter().map(|pair| prepare(pair, notes)).collect();
    for (n, pair) in pairs.iter().enumerate() {
        ready[n].parent = parent(pairs, &ready, n);
        let place = place(pair);
        let said = pair.answer_text();
        match refs::resolve(pairs, n) {
            Ok(found) => ready[n].refers = found,
            Err(problem) => {
                problems.push(format!("the answer to {place} is left out: {problem}"));
                ready[n].left_out = true;
            }
        }
        if ready[n].answer.is_empty() {
            problems.push(format!("the answer to {place} is left out: nothing of it can be shown"));
            ready[n].left_out = true;
        } else if ready[n].words <= 14
            && ATTACHED.is_match(&said)
            && ready[n].answer.iter().all(|b| b.links.is_empty())
        {
            problems.push(format!("the answer to {place} is left out: it is in an attachment"));
            ready[n].left_out = true;
        } else if ready[n].question.is_empty() && ready[n].words < BARE {
            problems
                .push(format!("the answer to {place} is left out: \"{said}\" answers no question"));
            ready[n].left_out = true;
        }
    }
    let mut records: Vec<Record> = Vec::new();
    for n in 0..pairs.len() {
        if ready[n].left_out {
            continue;
        }
        let record = compose(pairs, &ready, n, exemptions, notes);
        let same = |r: &Record| r.section == record.section && r.text == record.text;
        if !records.iter().any(same) {
            records.push(record);
        }
    }
    (records, problems)
}

fn place(pair: &Pair) -> String {
    if pair.section.is_empty() {
        format!("question {}", pair.key)
    } else {
        format!("question {} of {}", pair.key, pair.section)
    }
}

fn prepare(pair: &Pair, notes: &[(u32, String)]) -> Ready {
    let (question, mut others) = questions(&pair.question);
    for line in &pair.others {
        let (first, rest) = questions(std::slice::from_ref(line));
        others.extend([first].into_iter().filter(|q| !q.is_empty()));
        others.extend(rest);
    }
    let answer: Vec<Block> = pair.answer.iter().filter_map(|line| block(line, notes)).collect();
    let words = answer.iter().map(|b| b.text.split_whitespace().count()).sum();
    let asks_if = IF.is_match(&question);
    Ready {
        question,
        others,
        answer,
        words,
        refers: Vec::new(),
        parent: None,
        asks_if,
        left_out: false,
    }
}

/// A line of the council's words as a block.
pub(crate) fn block(line: &Line, notes: &[(u32, String)]) -> Option<Block> {
    let (text, links) = clean(line, notes)?;
    let kind = match line.kind {
        LineKind::Heading => Kind::Heading(5),
        LineKind::Para => Kind::Para,
        LineKind::Bullet => Kind::Item,
        LineKind::Number(n) => Kind::Step(n),
        LineKind::Row => Kind::Row,
    };
    Some(Block { links, ..Block::new(kind, text) })
}

/// The question that an item asks first, and the others. Only what asks is
/// taken: what the requester asserts is nobody's answer. An item that asks
/// nothing ("Total cost of lids") is a question as a whole.
pub(crate) fn questions(lines: &[Line]) -> (String, Vec<String>) {
    let mut all: Vec<String> = Vec::new();
    for line in lines {
        for sentence in sentences(&line.text) {
            let sentence = sentence.trim();
            let known = |q: &String| comparable(q) == comparable(sentence);
            if is_question(sentence) && !all.iter().any(known) {
                all.push(sentence.to_owned());
            }
        }
    }
    if all.is_empty() {
        let first = lines.iter().map(|l| l.text.as_str()).find(|t| !t.is_empty()).unwrap_or("");
        return (shortened(first), Vec::new());
    }
    let first = all.remove(0);
    (shortened(&first), all)
}

fn shortened(text: &str) -> String {
    if text.chars().count() <= LONGEST_SECTION {
        return text.to_owned();
    }
    let cut: String = text.chars().take(LONGEST_SECTION).collect();
    let end = cut.rfind(' ').unwrap_or(cut.len());
    format!("{} …", cut[..end].trim_end())
}

/// The question that a question depends on: the one it is a part of, or the
/// nearest before it in its section that stands on its own.
fn parent(pairs: &[Pair], ready: &[Ready], n: usize) -> Option<usize> {
    let pair = &pairs[n];
    let same_run = |m: &usize| pairs[*m].run == pair.run;
    if !pair.key.sub.is_empty() {
        let whole =
            |m: &usize| pairs[*m].key.number == pair.key.number && pairs[*m].key.sub.is_empty();
        if let Some(found) = (0..n).filter(same_run).find(whole) {
            return Some(found);
        }
    }
    let question = &ready[n].question;
    if !ready[n].asks_if && !points_back(question) {
        return None;
    }
    (0..n).rev().filter(same_run).find(|m| !ready[*m].asks_if && !points_back(&ready[*m].question))
}

/// Whether a question is about something said before it. Of a question of two
/// parts the first decides: in the second, "it" means what the first names.
fn points_back(question: &str) -> bool {
    let first = question.split(" and ").next().unwrap_or(question);
    question.split_whitespace().count() <= 20 && POINTS_BACK.is_match(first)
}

fn compose(
    pairs: &[Pair],
    ready: &[Ready],
    n: usize,
    exemptions: &[Line],
    notes: &[(u32, String)],
) -> Record {
    let pair = &pairs[n];
    let own = &ready[n];
    let mut blocks: Vec<Block> = Vec::new();
    let short = |m: usize| !ready[m].left_out && ready[m].words <= REPEATED;
    let parent = own.parent.filter(|p| short(*p));
    if let Some(parent) = parent {
        ask(&mut blocks, &ready[parent].question, &ready[parent].answer);
    }
    let children: Vec<usize> = (n + 1..pairs.len())
        .filter(|m| ready[*m].parent == Some(n) && ready[*m].asks_if && short(*m))
        .collect();
    let alone = parent.is_none() && children.is_empty() && own.words >= BARE;
    ask(&mut blocks, if alone { "" } else { &own.question }, &own.answer);
    for target in &own.refers {
        let question = &ready[*target].question;
        if parent != Some(*target) && !ready[*target].answer.is_empty() {
            let asked = format!("Question {}: {question}", pairs[*target].key);
            ask(&mut blocks, if question.is_empty() { "" } else { &asked }, &ready[*target].answer);
        }
    }
    for child in children {
        ask(&mut blocks, &ready[child].question, &ready[child].answer);
        for target in &ready[child].refers {
            if *target != n && short(*target) {
                ask(&mut blocks, "", &ready[*target].answer);
            }
        }
    }
    let exempt = own.words <= 40 && own.answer.iter().any(|b| EXEMPT_BELOW.is_match(&b.text));
    let refers_to_exempt = own.refers.iter().any(|t| {
        ready[*t].words <= 40 && ready[*t].answer.iter().any(|b| EXEMPT_BELOW.is_match(&b.text))
    });
    if exempt || refers_to_exempt {
        blocks.extend(withheld(exemptions, notes));
    }
    let mut record = Record {
        section: section(pair, &own.question),
        anchor: pair.anchor.clone(),
        questions: own.others.clone(),
        ..Record::default()
    };
    write(&mut record, &blocks);
    record
}

/// Adds a question (unless empty) and its answer, as lines that stand together.
fn ask(blocks: &mut Vec<Block>, question: &str, answer: &[Block]) {
    if !question.is_empty() {
        blocks.push(Block::new(Kind::Para, question));
    }
    for (at, block) in answer.iter().enumerate() {
        let mut block = block.clone();
        if at == 0 && block.kind == Kind::Para && !question.is_empty() {
            block.kind = Kind::Line;
        }
        blocks.push(block);
    }
}

/// What the council said about what it did not release, as far as it helps:
/// the statement, and where to look instead.
fn withheld(exemptions: &[Line], notes: &[(u32, String)]) -> Vec<Block> {
    exemptions
        .iter()
        .enumerate()
        .filter_map(|(at, line)| block(line, notes).filter(|b| at == 0 || !b.links.is_empty()))
        .collect()
}

/// Writes blocks as the text and links of a record.
pub(crate) fn write(record: &mut Record, blocks: &[Block]) {
    let mut before = None;
    for block in blocks {
        append(&mut record.text, block, before);
        record.links.extend(block.links.iter().cloned());
        before = Some(block.kind);
    }
}

fn section(pair: &Pair, question: &str) -> String {
    let number = if pair.numbered { format!("{}. ", pair.key) } else { String::new() };
    let question = if question.is_empty() {
        format!("Answer {}", pair.key)
    } else {
        format!("{number}{question}")
    };
    if pair.section.is_empty() { question } else { format!("{}: {question}", pair.section) }
}

/// The record on what was not released and why, if the response says so.
pub(crate) fn exemption_record(lines: &[Line], notes: &[(u32, String)]) -> Option<Record> {
    let cited = lines.iter().find_map(|line| exemption(&line.text));
    let section = match cited {
        Some(found) => {
            let kind = if found.absolute { "absolute exemption" } else { "exemption" };
            format!("{NOT_RELEASED}: {} (section {}, {kind})", found.title, found.section)
        }
        None => NOT_RELEASED.to_owned(),
    };
    plain_record(section, lines, notes)
}

/// The answers that could not be brought to their questions, as one record in
/// their order: those that say something by themselves.
pub(crate) fn unpaired_record(runs: &[Run], notes: &[(u32, String)]) -> Option<Record> {
    let mut blocks = Vec::new();
    for item in runs.iter().flat_map(|run| &run.items) {
        let mut lines: Vec<Block> = item.lines.iter().filter_map(|l| block(l, notes)).collect();
        let words: usize = lines.iter().map(|b| b.text.split_whitespace().count()).sum();
        if words < BARE || lines.iter().any(|b| only_refers(&b.text)) {
            continue;
        }
        if let (Some(first), Some(key)) = (lines.first_mut(), item.keys.first()) {
            first.kind = Kind::Step(key.number);
        }
        blocks.extend(lines);
    }
    let mut record = Record::default();
    write(&mut record, &blocks);
    (!record.text.is_empty()).then_some(record)
}

/// A record of lines as they stand, `None` if nothing of them can be shown.
pub(crate) fn plain_record(
    section: impl Into<String>,
    lines: &[Line],
    notes: &[(u32, String)],
) -> Option<Record> {
    let blocks: Vec<Block> = lines.iter().filter_map(|line| block(line, notes)).collect();
    let anchor = lines.iter().map(|l| l.anchor.as_str()).find(|a| !a.is_empty());
    let mut record = Record {
        section: section.into(),
        anchor: anchor.unwrap_or_default().to_owned(),
        ..Record::default()
    };
    write(&mut record, &blocks);
    (!record.text.is_empty()).then_some(record)
}

/// Whether an answer only points to another one.
pub(crate) fn only_refers(text: &str) -> bool {
    reference(text).is_some()
}
