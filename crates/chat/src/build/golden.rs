//! Golden conversations: whole conversations with what must come of them, in
//! a plain-text form that a web editor can write.
//!
//! ```text
//! # Lines that begin with "#" are for people.
//! --- a missed bin, then its cost
//! at: 2026-11-21 10:00
//! on: /bins-and-recycling/
//! > my bin wasnt emptied
//! kind: answer
//! topic: lgsl-524
//! says: 2 working days
//! never: I think
//! > how much is it
//! part 1 topic: lgsl-528 ; lgsl-530
//! ```
//!
//! `---` begins a conversation, `>` is asked, `>>` chooses the choice with
//! these words. Then, for that turn: `kind`, `card`, `topic` and `page` (of
//! the first passage; several parted by `;`), `says` and `never` (anywhere in
//! the reply), `notice` (its id, `none` for no notice at all), `choice` (a
//! topic that some choice leads to), `contact` (its name), `open` (`yes` or
//! `no`), `parts` (how many), and `part N topic`, `part N page`, `part N asks`
//! (words of that part's question), `part N answered` (`yes` or `no`).

use doorstep_index::Date;

use super::DataError;
use crate::assistant::Assistant;
use crate::reply::{Part, Reply};
use crate::retrieve::Retrieve;
use crate::state::{Event, Now, State};
use crate::step::step;

/// A conversation and what is expected of it.
#[derive(Clone, Debug, PartialEq)]
pub struct Conversation {
    /// Name of the file, as it was given.
    pub file: String,
    /// Line of its first turn or heading, from 1.
    pub line: usize,
    /// What it shows.
    pub name: String,
    /// The page that the resident stands on.
    pub on: String,
    /// The day and time.
    pub at: Option<Now>,
    /// The turns.
    pub turns: Vec<Turn>,
}

/// One turn.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Turn {
    /// Line of the question.
    pub line: usize,
    /// What is typed, or the words of the choice.
    pub asked: String,
    /// Whether a choice is chosen instead of typed.
    pub chosen: bool,
    /// What must hold of the reply.
    pub expected: Vec<Expectation>,
}

/// Something that must hold of a reply.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Expectation {
    /// Line, from 1.
    pub line: usize,
    /// Number of the part, from 1, for what is said of one part.
    pub part: Option<usize>,
    /// What is looked at ("topic").
    pub key: String,
    /// What must be there.
    pub value: String,
}

/// Where a reply is not as expected.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Difference {
    /// Name of the file.
    pub file: String,
    /// Line of the expectation.
    pub line: usize,
    /// The question, what was expected, what came.
    pub message: String,
}

impl std::fmt::Display for Difference {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(f, "{}:{}: {}", self.file, self.line, self.message)
    }
}

const KEYS: &[&str] = &[
    "kind", "card", "topic", "page", "says", "never", "notice", "choice", "contact", "open",
    "parts", "asks", "answered",
];

/// The conversations of a file.
///
/// # Errors
/// A [`DataError`] for each line that is none of the forms above.
pub fn parse_conversations(file: &str, text: &str) -> Result<Vec<Conversation>, Vec<DataError>> {
    let mut out: Vec<Conversation> = Vec::new();
    let mut errors = Vec::new();
    for (number, raw) in text.lines().enumerate() {
        let (line, raw) = (number + 1, raw.trim());
        if raw.is_empty() || raw.starts_with('#') {
            continue;
        }
        if let Err(message) = read_line(&mut out, file, line, raw) {
            errors.push(DataError { file: file.to_owned(), line, message });
        }
    }
    out.retain(|c| !c.turns.is_empty());
    if errors.is_empty() { Ok(out) } else { Err(errors) }
}

fn read_line(
    out: &mut Vec<Conversation>,
    file: &str,
    line: usize,
    raw: &str,
) -> Result<(), String> {
    let begin = |name: &str| Conversation {
        file: file.to_owned(),
        line,
        name: name.trim().to_owned(),
        on: String::new(),
        at: None,
        turns: Vec::new(),
    };
    if let Some(name) = raw.strip_prefix("---") {
        out.push(begin(name));
        return Ok(());
    }
    if out.is_empty() {
        out.push(begin(""));
    }
    let Some(conversation) = out.last_mut() else { return Ok(()) };
    if let Some(asked) = raw.strip_prefix('>') {
        let (asked, chosen) = match asked.strip_prefix('>') {
            Some(choice) => (choice, true),
            None => (asked, false),
        };
        let asked = asked.trim().to_owned();
        conversation.turns.push(Turn { line, asked, chosen, expected: Vec::new() });
        return Ok(());
    }
    let (key, value) = raw
        .split_once(':')
        .map(|(k, v)| (k.trim(), v.trim()))
        .ok_or("expected \"> question\" or \"key: value\"; see the form in the documentation")?;
    let Some(turn) = conversation.turns.last_mut() else {
        return match key {
            "on" => {
                value.clone_into(&mut conversation.on);
                Ok(())
            }
            "at" => {
                conversation.at = Some(moment(value)?);
                Ok(())
            }
            _ => Err(format!("expected \"> question\" before {key:?}")),
        };
    };
    let (part, key) = match key.strip_prefix("part ") {
        Some(rest) => {
            let (number, key) = rest.split_once(' ').ok_or("expected \"part 2 topic: …\"")?;
            let number = number.parse::<usize>().map_err(|_| "expected \"part 2 topic: …\"")?;
            (Some(number), key.trim())
        }
        None => (None, key),
    };
    if !KEYS.contains(&key) {
        return Err(format!("expected one of {}, found {key:?}", KEYS.join(", ")));
    }
    turn.expected.push(Expectation { line, part, key: key.to_owned(), value: value.to_owned() });
    Ok(())
}

fn moment(text: &str) -> Result<Now, String> {
    let wrong =
        || format!("expected a day, with a time if it matters: 2026-11-21 10:00; found {text:?}");
    let (day, time) = text.split_once(' ').map_or((text, None), |(d, t)| (d, Some(t.trim())));
    let date: Date = day.parse().map_err(|_| wrong())?;
    let minute = match time {
        None => None,
        Some(time) => {
            let (hour, minute) = time.split_once(':').ok_or_else(wrong)?;
            let (hour, minute) = (hour.parse::<u16>(), minute.parse::<u16>());
            match (hour, minute) {
                (Ok(h), Ok(m)) if h < 24 && m < 60 => Some(h * 60 + m),
                _ => return Err(wrong()),
            }
        }
    };
    Ok(Now { date, minute })
}

/// What became of a conversation.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Outcome {
    /// The reply to each turn; `None` to what could not be asked.
    pub replies: Vec<Option<Reply>>,
    /// Where they are not as expected, in order.
    pub differences: Vec<Difference>,
}

/// Asks the whole conversation. `now` stands for conversations without a time.
pub fn run<R: Retrieve>(
    assistant: &Assistant<R>,
    conversation: &Conversation,
    now: Now,
) -> Outcome {
    let mut out = Vec::new();
    let mut replies = Vec::new();
    let now = conversation.at.unwrap_or(now);
    let page = conversation.on.clone();
    let (mut state, _) =
        step(assistant, State::default(), Event::Started { page, memory: None, now });
    for turn in &conversation.turns {
        let differ = |line: usize, message: String| Difference {
            file: conversation.file.clone(),
            line,
            message: format!("{:?}: {message}", turn.asked),
        };
        let before = state.turns.len();
        let event = if turn.chosen {
            let last = before.saturating_sub(1);
            let choice = state.turns.get(last).and_then(|t| {
                t.choices.iter().position(|c| c.text.to_lowercase() == turn.asked.to_lowercase())
            });
            let Some(choice) = choice else {
                out.push(differ(turn.line, "the turn before offers no such choice".to_owned()));
                replies.push(None);
                continue;
            };
            Event::Chose { turn: last, choice, now }
        } else {
            Event::Asked { text: turn.asked.clone(), now }
        };
        (state, _) = step(assistant, state, event);
        replies.push(state.turns.last().filter(|_| state.turns.len() > before).cloned());
        let Some(Some(reply)) = replies.last() else {
            out.push(differ(turn.line, "no reply came".to_owned()));
            continue;
        };
        for expectation in &turn.expected {
            if let Err(found) = holds(reply, expectation) {
                let part = expectation.part.map_or_else(String::new, |n| format!("part {n} "));
                let Expectation { key, value, .. } = expectation;
                out.push(differ(
                    expectation.line,
                    format!("expected {part}{key}: {value}; found {found}"),
                ));
            }
        }
    }
    Outcome { replies, differences: out }
}

/// Whether the reply is as expected; the error says what it is instead.
fn holds(reply: &Reply, expected: &Expectation) -> Result<(), String> {
    let wanted: Vec<&str> = expected.value.split(';').map(str::trim).collect();
    let number = expected.part.unwrap_or(1);
    let part = number.checked_sub(1).and_then(|at| reply.parts.get(at));
    let is = |found: String| {
        if wanted.contains(&found.as_str()) { Ok(()) } else { Err(found) }
    };
    match expected.key.as_str() {
        "kind" => is(format!("{:?}", reply.kind).to_lowercase()),
        "card" => is(reply.card.clone().unwrap_or_else(|| "none".to_owned())),
        "parts" => is(reply.parts.len().to_string()),
        "answered" => is(if part.is_some_and(|p| p.answered) { "yes" } else { "no" }.to_owned()),
        "topic" => {
            let found = first(part).map_or(&[][..], |p| &p.topics[..]);
            let any = found.iter().any(|t| wanted.contains(&t.as_str()));
            if any { Ok(()) } else { Err(told(part)) }
        }
        "page" => {
            let url = first(part).map_or("", |p| p.url.split('#').next().unwrap_or(""));
            if wanted.contains(&url) { Ok(()) } else { Err(told(part)) }
        }
        "asks" => {
            let question = part.map_or("", |p| p.question.as_str());
            let has = question.to_lowercase().contains(&expected.value.to_lowercase());
            if has { Ok(()) } else { Err(question.to_owned()) }
        }
        "says" | "never" => {
            let text = all_text(reply);
            let has = text.to_lowercase().contains(&expected.value.to_lowercase());
            if has == (expected.key == "says") { Ok(()) } else { Err(text) }
        }
        "notice" => {
            let ids: Vec<&str> = reply.notices.iter().map(|n| n.id.as_str()).collect();
            let none = wanted == ["none"] && ids.is_empty();
            if none || wanted.iter().any(|w| ids.contains(w)) {
                Ok(())
            } else {
                Err(ids.join(", "))
            }
        }
        "choice" => {
            let any =
                reply.choices.iter().any(|c| c.topics.iter().any(|t| wanted.contains(&t.as_str())));
            let texts: Vec<&str> = reply.choices.iter().map(|c| c.text.as_str()).collect();
            if any { Ok(()) } else { Err(format!("choices {texts:?}")) }
        }
        "contact" => is(reply.contact.as_ref().map_or("none", |c| c.name.as_str()).to_owned()),
        _ => {
            let open = reply.contact.as_ref().and_then(|c| c.open_now);
            is(open.map_or("unknown", |o| if o { "yes" } else { "no" }).to_owned())
        }
    }
}

fn first(part: Option<&Part>) -> Option<&crate::reply::Passage> {
    part.and_then(|p| p.passages.first())
}

fn told(part: Option<&Part>) -> String {
    match (part, first(part)) {
        (None, _) => "no such part".to_owned(),
        (Some(part), None) => format!("nothing for {:?}", part.question),
        (Some(_), Some(p)) => {
            format!("{} ({}, confidence {:.2})", p.url, p.topics.join(" "), p.confidence)
        }
    }
}

/// Every word that the reply shows.
fn all_text(reply: &Reply) -> String {
    let mut out = vec![reply.question.clone()];
    if let Some(card) = &reply.emergency {
        out.push(card.title.clone());
        out.extend(card.lines.iter().cloned());
        out.extend(card.phones.iter().map(|p| format!("{} {} {}", p.name, p.number, p.hours)));
    }
    for notice in &reply.notices {
        out.push(notice.text.clone());
        out.extend(notice.link.iter().map(|l| l.text.clone()));
    }
    for part in &reply.parts {
        out.push(part.question.clone());
        for p in &part.passages {
            out.extend([p.title.clone(), p.section.clone(), p.text.clone()]);
        }
    }
    out.extend(reply.choices.iter().map(|c| c.text.clone()));
    if let Some(c) = &reply.contact {
        out.extend([c.name.clone(), c.phone.clone(), c.email.clone(), c.hours.clone()]);
    }
    out.join("\n")
}
