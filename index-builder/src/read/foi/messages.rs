//! The messages of a document: what each asks and answers, and which answers
//! hold in the end.

use super::items::{Parsed, Run, parse};
use super::pair::{Pair, divide, divide_lines, pair};
use super::segment::{Role, Segment};
use super::tails::Tail;
use super::{Line, is_question};
use crate::read::words::key as comparable;

/// What one message asks and answers.
#[derive(Debug, Default)]
pub(super) struct Message {
    pub(super) requests: Vec<Run>,
    pub(super) responses: Vec<Run>,
    /// Questions and answers without items, as they stand.
    pub(super) plain: Vec<(Vec<Line>, Vec<Line>)>,
    /// A letter without items or labels: read for want of anything else.
    pub(super) letter: Vec<Line>,
    /// Questions of a request without items.
    pub(super) asked: Vec<Line>,
    pub(super) tail: Vec<(Tail, Line)>,
}

pub(super) fn messages(segments: &[Segment]) -> Vec<Message> {
    let count = segments.iter().map(|s| s.message + 1).max().unwrap_or(0);
    (0..count)
        .map(|n| message(&segments.iter().filter(|s| s.message == n).collect::<Vec<_>>()))
        .collect()
}

fn message(segments: &[&Segment]) -> Message {
    let mut out = Message::default();
    let answered = segments.iter().any(|s| s.role == Role::Response && !s.lines.is_empty());
    let mut asked: Vec<Line> = Vec::new();
    for segment in segments {
        match segment.role {
            Role::Request => asked.extend(segment.lines.iter().cloned()),
            Role::Response if !segment.lines.is_empty() => {
                let parsed = parse(&segment.lines, true);
                exchange(&mut out, std::mem::take(&mut asked), parsed);
            }
            Role::Response => {}
            Role::Preamble | Role::Letter if answered => {}
            Role::Preamble | Role::Letter => unmarked(&mut out, &segment.lines),
        }
    }
    if !asked.is_empty() {
        out.requests.extend(parse(&asked, false).runs);
        out.asked = asked;
    }
    out
}

/// A marked request with its marked response.
fn exchange(out: &mut Message, asked: Vec<Line>, parsed: Parsed) {
    out.tail.extend(parsed.tail);
    if let Some((questions, answers)) = divide(&parsed.runs) {
        out.requests.extend(questions);
        out.responses.extend(answers);
    } else if parsed.runs.is_empty() {
        out.plain.push((asked, parsed.intro));
    } else {
        out.requests.extend(parse(&asked, false).runs);
        out.responses.extend(parsed.runs);
    }
}

/// Lines that nobody marked as request or response: runs of questions and runs
/// of answers are told by what they say.
fn unmarked(out: &mut Message, lines: &[Line]) {
    let parsed = parse(lines, false);
    out.tail.extend(parsed.tail);
    if let Some((questions, answers)) = divide(&parsed.runs) {
        out.requests.extend(questions);
        out.responses.extend(answers);
        return;
    }
    if parsed.runs.is_empty() {
        out.letter.extend(parsed.intro);
        return;
    }
    for run in parsed.runs {
        let asks =
            run.items.iter().filter(|i| i.lines.first().is_some_and(|l| is_question(&l.text)));
        if asks.count() * 2 >= run.items.len() {
            out.requests.push(run);
        } else {
            out.responses.push(run);
        }
    }
}

/// The pairs of the newest reply that answers the most; newer replies that
/// answer less replace what they answer, older ones fill what it leaves out.
pub(super) fn newest_complete(messages: &[Message]) -> (Vec<Pair>, Vec<String>) {
    let mut asked: &[Run] = &[];
    let mut replies: Vec<(Vec<Pair>, Vec<String>)> = Vec::new();
    for message in messages {
        // A quotation says no more than the request, and is often wrapped.
        if !message.requests.is_empty() && words_of(&message.requests) != words_of(asked) {
            asked = &message.requests;
        }
        if message.responses.is_empty() {
            continue;
        }
        match divide_lines(&message.responses).filter(|_| asked.is_empty()) {
            // Nobody asked: each item names its subject and then answers.
            Some((questions, answers)) => replies.push(pair(&questions, &answers)),
            None => replies.push(pair(asked, &message.responses)),
        }
    }
    let Some(best) = (0..replies.len()).rev().max_by_key(|n| (replies[*n].0.len(), *n)) else {
        return (Vec::new(), Vec::new());
    };
    let (mut pairs, problems) = replies[best].clone();
    for (n, (others, _)) in replies.iter().enumerate() {
        for other in others {
            let same = |p: &Pair| p.run == other.run && p.key == other.key;
            match pairs.iter().position(same) {
                Some(at) if n > best => pairs[at] = other.clone(),
                None if n != best => {
                    let at = pairs
                        .iter()
                        .position(|p| (p.run, p.key.number) > (other.run, other.key.number))
                        .unwrap_or(pairs.len());
                    pairs.insert(at, other.clone());
                }
                _ => {}
            }
        }
    }
    (pairs, problems)
}

fn words_of(runs: &[Run]) -> String {
    let lines = runs.iter().flat_map(|r| &r.items).flat_map(|i| &i.lines);
    comparable(&lines.map(|l| l.text.as_str()).collect::<Vec<_>>().join(" "))
}
