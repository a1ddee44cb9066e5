//! Questions and answers brought together: by section and number, by place
//! where the numbers are missing, never by number alone.

use std::collections::HashSet;

use super::Line;
use super::items::{Item, Run};
use super::number::{Key, Side};
use super::{is_question, segment};
use crate::read::words::key as comparable;

/// A numbered question with its answer.
#[derive(Clone, Debug)]
pub(crate) struct Pair {
    /// Number of the section, from 0.
    pub(crate) run: usize,
    /// Its heading; empty if none.
    pub(crate) section: String,
    pub(crate) key: Key,
    /// Whether the document numbers it.
    pub(crate) numbered: bool,
    /// The requester's words; empty if the question was not found.
    pub(crate) question: Vec<Line>,
    /// Questions that are answered with it, in the requester's words.
    pub(crate) others: Vec<Line>,
    /// The council's words.
    pub(crate) answer: Vec<Line>,
    pub(crate) anchor: String,
}

impl Pair {
    /// The answer as one text.
    pub(crate) fn answer_text(&self) -> String {
        self.answer.iter().map(|l| l.text.as_str()).collect::<Vec<_>>().join(" ")
    }

    /// A pair without a question, for tests.
    #[cfg(test)]
    pub(crate) fn of(run: usize, key: Key, answer: &str) -> Pair {
        Pair {
            run,
            section: String::new(),
            key,
            numbered: true,
            question: Vec::new(),
            others: Vec::new(),
            answer: vec![Line::new(super::LineKind::Para, answer)],
            anchor: String::new(),
        }
    }
}

/// The question and the answer of one item.
type Halves = (Vec<Line>, Vec<Line>);

/// Divides runs whose items hold question and answer together ("1. How many?
/// Answer: 34", or a question and paragraphs below it) into questions and
/// answers; `None` if the items are not like that.
pub(crate) fn divide(runs: &[Run]) -> Option<(Vec<Run>, Vec<Run>)> {
    let sided = |side| runs.iter().flat_map(|r| &r.items).filter(|i| i.side == Some(side)).count();
    if sided(Side::Question) > 0 && sided(Side::Answer) > 0 {
        return Some(by_side(runs));
    }
    let items = runs.iter().map(|r| r.items.len()).sum::<usize>();
    let divided: Vec<(Vec<Option<Halves>>, &Run)> =
        runs.iter().map(|run| (run.items.iter().map(halves).collect(), run)).collect();
    let both = divided.iter().flat_map(|(halves, _)| halves).flatten().count();
    if items == 0 || both * 2 < items || both == 0 {
        return None;
    }
    let mut questions = Vec::new();
    let mut answers = Vec::new();
    for (halves, run) in divided {
        let with = |pick: fn(&Halves) -> &Vec<Line>| Run {
            section: run.section.clone(),
            items: run
                .items
                .iter()
                .zip(&halves)
                .filter_map(|(item, half)| {
                    let lines = pick(half.as_ref()?).clone();
                    Some(Item { lines, ..item.clone() })
                })
                .collect(),
        };
        questions.push(with(|half| &half.0));
        answers.push(with(|half| &half.1));
    }
    Some((questions, answers))
}

/// Divides runs whose items begin with what they are about and go on with what
/// there is to say ("1. Spending on lids", "£340 in 2024"); `None` if fewer than
/// half of them do.
pub(crate) fn divide_lines(runs: &[Run]) -> Option<(Vec<Run>, Vec<Run>)> {
    let items = || runs.iter().flat_map(|r| &r.items);
    let both = items().filter(|i| i.lines.len() > 1).count();
    if both == 0 || both * 2 < items().count() {
        return None;
    }
    let with = |pick: fn(&Item) -> Vec<Line>| -> Vec<Run> {
        let keep = |run: &Run| Run {
            section: run.section.clone(),
            items: run.items.iter().map(|i| Item { lines: pick(i), ..i.clone() }).collect(),
        };
        runs.iter().map(keep).collect()
    };
    let first = |i: &Item| if i.lines.len() > 1 { i.lines[..1].to_vec() } else { Vec::new() };
    let rest = |i: &Item| if i.lines.len() > 1 { i.lines[1..].to_vec() } else { i.lines.clone() };
    Some((with(first), with(rest)))
}

fn by_side(runs: &[Run]) -> (Vec<Run>, Vec<Run>) {
    let mut questions: Vec<Run> = Vec::new();
    let mut answers: Vec<Run> = Vec::new();
    for run in runs {
        for item in &run.items {
            let to = if item.side == Some(Side::Answer) { &mut answers } else { &mut questions };
            let key = |i: &Item| i.keys.first().cloned();
            let anew = to.last().is_none_or(|r| {
                (!run.section.is_empty() && r.section != run.section)
                    || r.items.iter().any(|i| key(i) == key(item))
            });
            if anew {
                to.push(Run { section: run.section.clone(), items: Vec::new() });
            }
            if let Some(last) = to.last_mut() {
                last.items.push(item.clone());
            }
        }
    }
    (questions, answers)
}

/// The question and the answer inside one item.
fn halves(item: &Item) -> Option<Halves> {
    let mark = item.lines.iter().enumerate().skip(1).find_map(|(at, line)| {
        match segment::label(&line.text) {
            Some((segment::Role::Response, rest)) => Some((at, rest)),
            _ => None,
        }
    });
    if let Some((at, rest)) = mark {
        let mut answer = Vec::new();
        if !rest.is_empty() {
            answer.push(Line { text: rest, ..item.lines[at].clone() });
        }
        answer.extend(item.lines[at + 1..].iter().cloned());
        return (!answer.is_empty()).then(|| (item.lines[..at].to_vec(), answer));
    }
    if !is_question(&item.lines.first()?.text) {
        return None;
    }
    let asked = item.lines.iter().take_while(|l| is_question(&l.text)).count();
    (asked < item.lines.len()).then(|| (item.lines[..asked].to_vec(), item.lines[asked..].to_vec()))
}

/// Brings answers to their questions. Returns the pairs in the order of the
/// answers, and what did not fit.
pub(crate) fn pair(requests: &[Run], responses: &[Run]) -> (Vec<Pair>, Vec<String>) {
    let mut problems = Vec::new();
    let count = |runs: &[Run]| runs.iter().map(|r| r.items.len()).sum::<usize>();
    if requests.len() > 1 && responses.len() == 1 && count(requests) == count(responses) {
        // Numbered anew in the request, through in the response: by place.
        return (by_place(requests, &responses[0]), problems);
    }
    let mut pairs = Vec::new();
    for (number, response) in responses.iter().enumerate() {
        let request = matching(requests, responses, number);
        let asked = request.map(|r| &requests[r]);
        if let Some(asked) = asked {
            let counted = asked.items.iter().any(|i| !i.written);
            if counted && keys(asked) != keys(response) && fits(asked, response) {
                let place = std::slice::from_ref(asked);
                pairs.extend(
                    by_place(place, response).into_iter().map(|p| Pair { run: number, ..p }),
                );
                continue;
            }
            if counted && keys(asked) != keys(response) {
                problems.push(format!(
                    "{} questions without numbers and {} answers: they cannot be brought together by place",
                    asked.items.len(),
                    response.items.len()
                ));
                continue;
            }
        }
        let mut used = HashSet::new();
        for item in merged(response, asked) {
            pairs.push(one(number, response, &item, asked, &mut used));
        }
        for item in asked.iter().flat_map(|a| &a.items) {
            let answered = item.keys.iter().any(|k| {
                used.contains(k) || used.contains(&Key { number: k.number, sub: String::new() })
            });
            if !answered && let Some(key) = item.keys.first() {
                let place = if response.section.is_empty() {
                    String::new()
                } else {
                    format!(" of {}", response.section)
                };
                problems.push(format!("question {key}{place} has no answer"));
            }
        }
    }
    (pairs, problems)
}

/// Whether answers fit questions place by place: as many, and where a question
/// has a number, its answer has the same.
fn fits(asked: &Run, response: &Run) -> bool {
    asked.items.len() == response.items.len()
        && asked.items.iter().zip(&response.items).all(|(a, r)| !a.written || a.keys == r.keys)
}

fn keys(run: &Run) -> Vec<&Key> {
    run.items.iter().flat_map(|i| &i.keys).collect()
}

/// The run of questions that a run of answers belongs to: the same heading,
/// else the same place, else the only one.
fn matching(requests: &[Run], responses: &[Run], number: usize) -> Option<usize> {
    let name = comparable(&responses[number].section);
    let named = requests.iter().position(|r| !name.is_empty() && comparable(&r.section) == name);
    let same_place = (requests.len() == responses.len()).then_some(number);
    named.or(same_place).or((requests.len() == 1).then_some(0)).filter(|r| *r < requests.len())
}

fn by_place(requests: &[Run], response: &Run) -> Vec<Pair> {
    let mut pairs = Vec::new();
    let mut answers = response.items.iter();
    for (number, run) in requests.iter().enumerate() {
        for (asked, item) in run.items.iter().zip(answers.by_ref()) {
            pairs.push(Pair {
                run: number,
                section: run.section.clone(),
                key: numbered(asked, item),
                numbered: asked.written || item.written,
                question: asked.lines.clone(),
                others: Vec::new(),
                answer: item.lines.clone(),
                anchor: item.anchor.clone(),
            });
        }
    }
    pairs
}

/// The number that people see: the question's, or else the answer's.
fn numbered(asked: &Item, answer: &Item) -> Key {
    let from = if asked.written { asked } else { answer };
    from.keys.first().cloned().unwrap_or(Key { number: 0, sub: String::new() })
}

/// The answers of a run; lettered parts that nobody asked for stay in the
/// answer they are part of.
fn merged(response: &Run, asked: Option<&Run>) -> Vec<Item> {
    let mut out: Vec<Item> = Vec::new();
    for item in &response.items {
        let Some(key) = item.keys.first() else { continue };
        let asked_for = |number: u32| {
            asked.is_none_or(|a| keys(a).iter().any(|k| k.number == number && !k.sub.is_empty()))
        };
        match out.last_mut() {
            Some(last)
                if !key.sub.is_empty()
                    && !asked_for(key.number)
                    && last.keys.first().is_some_and(|k| k.number == key.number) =>
            {
                for (at, line) in item.lines.iter().enumerate() {
                    let text = if at == 0 {
                        format!("{}) {}", key.sub, line.text)
                    } else {
                        line.text.clone()
                    };
                    let kind = if at == 0 { super::LineKind::Bullet } else { line.kind };
                    last.lines.push(Line { kind, text, ..line.clone() });
                }
            }
            _ => out.push(item.clone()),
        }
    }
    out
}

fn one(
    run: usize,
    response: &Run,
    item: &Item,
    asked: Option<&Run>,
    used: &mut HashSet<Key>,
) -> Pair {
    let key = item.keys.first().cloned().unwrap_or(Key { number: 0, sub: String::new() });
    let mut question: Vec<Line> = Vec::new();
    let mut others = Vec::new();
    let mut numbered = item.written;
    for wanted in &item.keys {
        used.insert(wanted.clone());
        let Some(asked) = asked else { continue };
        let has = |k: &Key| asked.items.iter().filter(|i| i.keys.contains(k)).collect::<Vec<_>>();
        let mut found = has(wanted);
        if found.is_empty() && !wanted.sub.is_empty() {
            found = has(&Key { number: wanted.number, sub: String::new() });
        }
        if wanted.sub.is_empty() {
            // Parts that were asked and not answered one by one.
            let parts = asked.items.iter().filter(|i| {
                let part = |k: &Key| k.number == wanted.number && !k.sub.is_empty();
                i.keys.iter().any(|k| part(k) && !response.items.iter().any(|r| r.keys.contains(k)))
            });
            found.extend(parts);
        }
        for asked in found {
            numbered |= asked.written;
            if question.is_empty() {
                question.clone_from(&asked.lines);
            } else {
                others.extend(asked.lines.iter().cloned());
            }
        }
    }
    let section = if response.section.is_empty() {
        asked.map_or(String::new(), |a| a.section.clone())
    } else {
        response.section.clone()
    };
    Pair {
        run,
        section,
        key,
        numbered,
        question,
        others,
        answer: item.lines.clone(),
        anchor: item.anchor.clone(),
    }
}
