//! Numbered and bulleted items of a request or a response, in runs: a run ends
//! where the numbering starts anew or a section begins.

use std::sync::LazyLock;

use regex::Regex;

use super::number::{Key, LETTER, Side, Start, start};
use super::tails::{Tail, tail};
use super::{Line, LineKind, is_question};
use crate::read::pattern;

/// One item.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Item {
    /// Its number; several where one answer is given to several questions.
    pub(crate) keys: Vec<Key>,
    /// Whether the number was written, not counted.
    pub(crate) written: bool,
    pub(crate) side: Option<Side>,
    pub(crate) lines: Vec<Line>,
    /// The nearest anchor at or above it.
    pub(crate) anchor: String,
}

/// Items whose numbering goes through.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(crate) struct Run {
    /// The heading over it; empty if none.
    pub(crate) section: String,
    pub(crate) items: Vec<Item>,
}

/// What stands in a segment.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(crate) struct Parsed {
    pub(crate) runs: Vec<Run>,
    /// What stands before the first item.
    pub(crate) intro: Vec<Line>,
    /// What stands after the last, by what it is about.
    pub(crate) tail: Vec<(Tail, Line)>,
}

/// Lines that lead to the items, and name no section of them ("I ask:").
static INTRODUCES: LazyLock<Regex> = LazyLock::new(|| {
    pattern(
        r"(?i)^(?:i|we|please|in|under|the following|as follows|my|you)\b.*:$|\bfollows?:$|\bfollowing:$",
    )
});

/// Reads the items of a segment. `answers` is whether it holds the council's
/// answers: bullets under a numbered answer then belong to it.
pub(crate) fn parse(lines: &[Line], answers: bool) -> Parsed {
    let numbered = lines.iter().any(|l| numbers(l, None));
    let mut state = State {
        out: Parsed::default(),
        last: None,
        open: false,
        bulleted: None,
        tail: None,
        section: None,
        listed: None,
        anchor: String::new(),
        bullets_count: !answers || !numbered,
    };
    for (at, line) in lines.iter().enumerate() {
        state.take(line, &lines[at + 1..]);
    }
    state.out.runs.retain(|run| !run.items.is_empty());
    state.out
}

/// Whether a line begins a numbered item.
fn numbers(line: &Line, last: Option<&Key>) -> bool {
    match line.kind {
        LineKind::Number(_) => true,
        LineKind::Bullet | LineKind::Row => false,
        LineKind::Para | LineKind::Heading => start(&line.text, last).is_some(),
    }
}

struct State {
    out: Parsed,
    last: Option<Key>,
    /// Whether an item is open.
    open: bool,
    /// Whether the items of the run are bullets; `None` before the first.
    bulleted: Option<bool>,
    tail: Option<Tail>,
    /// A heading that waits for its first item.
    section: Option<String>,
    /// Whether the items of the run stand in a numbered list of the page; a
    /// list inside an item that is numbered in words is content.
    listed: Option<bool>,
    anchor: String,
    /// Whether bullets may be items at all.
    bullets_count: bool,
}

impl State {
    fn take(&mut self, line: &Line, after: &[Line]) {
        if !line.anchor.is_empty() {
            self.anchor.clone_from(&line.anchor);
        }
        if self.is_section(line, after) {
            self.section = Some(line.text.trim_end_matches(':').to_owned());
            (self.last, self.open, self.bulleted, self.tail) = (None, false, None, None);
            self.listed = None;
            return;
        }
        let found = match line.kind {
            LineKind::Number(n) if !(self.open && self.listed == Some(false)) => {
                let key = Key { number: n, sub: String::new() };
                Some(Start { keys: vec![key], side: None, rest: line.text.clone() })
            }
            LineKind::Para | LineKind::Heading => start(&line.text, self.last.as_ref()),
            // "3a." among bullets tells where the count stands.
            LineKind::Bullet if self.bulleted == Some(true) => {
                start(&line.text, self.last.as_ref()).filter(|s| !s.keys[0].sub.is_empty())
            }
            LineKind::Number(_) | LineKind::Bullet | LineKind::Row => None,
        };
        if let Some(found) = found.filter(|found| self.may_start(found)) {
            self.begin(found, line);
            return;
        }
        let counted = self.bullets_count
            && (self.bulleted == Some(true) || (!self.open && self.bulleted.is_none()));
        if line.kind == LineKind::Bullet && counted && self.tail.is_none() {
            self.bulleted = Some(true);
            self.push_next(line);
            return;
        }
        if line.kind == LineKind::Heading && is_question(&line.text) {
            self.push_next(line);
            self.listed = Some(false);
            return;
        }
        self.continue_with(line, after);
    }

    /// After the answers, a number must go on with them to be one.
    fn may_start(&self, found: &Start) -> bool {
        let Some(first) = found.keys.first() else { return false };
        self.tail.is_none() || self.last.as_ref().is_some_and(|l| first.number == l.number + 1)
    }

    fn begin(&mut self, found: Start, line: &Line) {
        let Some(first) = found.keys.first().cloned() else { return };
        let restarts = match &self.last {
            Some(last) if self.bulleted == Some(true) => {
                // Among bullets a number anchors the count: "3a" after three.
                !(first.number == last.number && !first.sub.is_empty()
                    || first.number == last.number + 1)
            }
            Some(last) => {
                first.number < last.number
                    || (first.number == last.number
                        && first.sub.is_empty()
                        && last.sub.is_empty()
                        && found.side.is_none())
            }
            None => false,
        };
        if restarts && self.bulleted == Some(true) {
            self.bulleted = Some(false);
        }
        self.bulleted.get_or_insert(false);
        self.listed = Some(matches!(line.kind, LineKind::Number(_)));
        self.tail = None;
        let last_key = found.keys.last().cloned();
        let mut lines = Vec::new();
        let mut keys = found.keys;
        if let Some(inner) =
            start(&found.rest, last_key.as_ref()).filter(|_| LETTER.is_match(&found.rest))
        {
            // "2. a) How many": the item begins with its first part.
            keys = inner.keys;
            lines.push(Line { text: inner.rest, kind: LineKind::Para, ..line.clone() });
        } else if !found.rest.is_empty() {
            lines.push(Line { text: found.rest, kind: LineKind::Para, ..line.clone() });
        }
        self.last = keys.last().cloned();
        let item =
            Item { keys, written: true, side: found.side, lines, anchor: self.anchor.clone() };
        self.push(item, restarts);
    }

    /// An item without a number of its own has the one after the last.
    fn push_next(&mut self, line: &Line) {
        let number = self.last.as_ref().map_or(0, |k| k.number) + 1;
        let key = Key { number, sub: String::new() };
        let item = Item {
            keys: vec![key.clone()],
            written: false,
            side: None,
            lines: vec![line.clone()],
            anchor: self.anchor.clone(),
        };
        self.push(item, false);
        self.last = Some(key);
    }

    fn push(&mut self, item: Item, restarts: bool) {
        let section = self.section.take();
        if restarts || section.is_some() || self.out.runs.is_empty() {
            self.out.runs.push(Run { section: section.unwrap_or_default(), items: Vec::new() });
        }
        if let Some(run) = self.out.runs.last_mut() {
            run.items.push(item);
        }
        self.open = true;
    }

    fn continue_with(&mut self, line: &Line, after: &[Line]) {
        let kind = if line.kind == LineKind::Row { None } else { tail(&line.text) };
        if self.open || self.tail.is_some() {
            let more = || {
                after.iter().any(|l| {
                    self.last.as_ref().is_some_and(|last| match l.kind {
                        LineKind::Number(n) => n == last.number + 1,
                        LineKind::Para | LineKind::Heading => start(&l.text, Some(last))
                            .is_some_and(|s| s.keys[0].number == last.number + 1),
                        _ => false,
                    })
                })
            };
            // What stands first after a question answers it, whatever it says.
            let empty = || {
                let item = self.out.runs.last().and_then(|r| r.items.last());
                item.is_some_and(|i| i.lines.iter().all(|l| is_question(&l.text)))
            };
            // A paragraph after a numbered list stands outside its last item.
            let outside = self.open
                && self.listed == Some(true)
                && line.kind == LineKind::Para
                && !line.goes_on;
            let kind = kind.or((outside && !more()).then_some(Tail::More));
            let closes = match kind {
                None => false,
                Some(Tail::More) => self.tail.is_none(),
                Some(Tail::Reuse | Tail::Unhappy | Tail::Closing) => true,
                Some(Tail::Exemption | Tail::Interest) => {
                    self.tail.is_some() || (!empty() && !more())
                }
            };
            if closes {
                self.tail = kind;
                self.open = false;
            }
        } else if matches!(kind, Some(Tail::Reuse | Tail::Unhappy | Tail::Closing)) {
            self.tail = kind;
        }
        if let Some(tail) = self.tail {
            self.out.tail.push((tail, line.clone()));
        } else if self.open {
            if let Some(item) = self.out.runs.last_mut().and_then(|r| r.items.last_mut()) {
                item.lines.push(line.clone());
            }
        } else {
            self.out.intro.push(line.clone());
        }
    }

    /// Whether a line heads a section of items.
    fn is_section(&self, line: &Line, after: &[Line]) -> bool {
        if start(&line.text, self.last.as_ref()).is_some() || tail(&line.text).is_some() {
            return false;
        }
        let Some(next) = after.first() else { return false };
        let first = match next.kind {
            LineKind::Number(n) => n == 1,
            LineKind::Bullet => self.bullets_count && !self.open && self.tail.is_none(),
            LineKind::Row => false,
            LineKind::Para | LineKind::Heading => {
                start(&next.text, None).is_some_and(|s| s.keys[0].number == 1)
            }
        };
        let short = line.text.split(' ').count() <= 8
            && line.text.chars().count() <= 80
            && !line.text.ends_with(['.', '?', '!', ';', ','])
            && line.text.starts_with(|c: char| c.is_uppercase() || c.is_ascii_digit())
            && !INTRODUCES.is_match(&line.text);
        match line.kind {
            LineKind::Heading => first && !is_question(&line.text),
            LineKind::Para => first && short,
            _ => false,
        }
    }
}

#[cfg(test)]
mod tests;
