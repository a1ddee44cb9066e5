//! Numbered and bulleted items of a request or a response, in runs: a run ends
//! where the numbering starts anew or a section begins.

use std::fmt;
use std::sync::LazyLock;

use regex::Regex;

use super::tails::{Tail, tail};
use super::{Line, LineKind, is_question};
use crate::read::{dates, pattern};

/// What an item is called: "3", "3a".
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub(crate) struct Key {
    pub(crate) number: u32,
    /// The letter or second number after it, in lower case; empty if none.
    pub(crate) sub: String,
}

impl fmt::Display for Key {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let digit = self.sub.starts_with(|c: char| c.is_ascii_digit());
        write!(f, "{}{}{}", self.number, if digit { "." } else { "" }, self.sub)
    }
}

/// Whose words an item says it holds ("Question 1", "Answer 1").
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Side {
    Question,
    Answer,
}

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

static NAMED: LazyLock<Regex> = LazyLock::new(|| {
    pattern(
        r"(?xi) ^ [(\[]? (?P<name> questions? | requests? | answers? | response | item | point | q | a | ans ) \s* (?: no\.? | number )? \s*
          (?P<n>\d{1,2}) \s? (?: \(? (?P<sub>[a-h]) \)? )? (?: \s* (?: - | – | to | and | & | , ) \s* q? (?P<to>\d{1,2}) )?
          \s* (?: [.:)\]\-–] \s* | $ | \s ) (?P<rest>.*) $",
    )
});
static STRONG: LazyLock<Regex> = LazyLock::new(|| {
    pattern(
        r"(?xi) ^ [(\[]? (?P<n>\d{1,2})
          (?: \s? \(? (?P<sub>[a-h]) \)? | \. (?P<second>\d{1,2}) )?
          (?: \s* (?: - | – | to | and | & | , ) \s* (?P<to>\d{1,2}) )?
          \s? [.:)\]] (?: \s* (?P<rest>.*) | $ ) $",
    )
});
static WEAK: LazyLock<Regex> = LazyLock::new(|| {
    pattern(r#"^(?P<n>\d{1,2})(?P<sub>[a-h])?(?:\.(?P<second>\d{1,2}))?(?:\s+[-–])?\s+(?P<rest>[A-Z“"'(].*)$"#)
});
static LETTER: LazyLock<Regex> =
    LazyLock::new(|| pattern(r"(?i)^[(\[]?(?P<sub>[a-h])[.)\]]\s+(?P<rest>.+)$"));

/// Lines that lead to the items, and name no section of them ("I ask:").
static INTRODUCES: LazyLock<Regex> = LazyLock::new(|| {
    pattern(r"(?i)^(?:i|we|please|in|under|the following|as follows|my|you)\b.*:$|\bfollows?:$|\bfollowing:$")
});

struct Start {
    keys: Vec<Key>,
    side: Option<Side>,
    rest: String,
}

/// The item that begins with this text, where the last item of the run was
/// `last`; none if the number is no next number of a list.
fn start(text: &str, last: Option<&Key>) -> Option<Start> {
    let previous = last.map(|k| k.number);
    let number = |c: &regex::Captures<'_>, name: &str| -> Option<u32> {
        c.name(name).and_then(|m| m.as_str().parse().ok())
    };
    let next = |n: u32, slack: u32| match previous {
        None => n >= 1,
        Some(p) => n == 1 || (n >= p && n <= p + slack),
    };
    if let Some(c) = NAMED.captures(text) {
        let name = c["name"].to_lowercase();
        let n = number(&c, "n")?;
        let side = if name.starts_with('q') || name.starts_with("req") { Side::Question } else { Side::Answer };
        let side = (!matches!(name.as_str(), "item" | "point")).then_some(side);
        // "Question 3 above" is a reference, and so is "Answer 3 applies".
        let rest = c["rest"].trim();
        let refers = rest.to_lowercase().starts_with("above") || rest.to_lowercase().starts_with("below");
        return (!refers).then(|| Start { keys: keys(n, &c), side, rest: rest.to_owned() });
    }
    if let Some(c) = STRONG.captures(text) {
        let n = number(&c, "n")?;
        let rest = c.name("rest").map_or("", |m| m.as_str()).trim();
        // "3.5 million" and "9.30 to noon" are amounts and times.
        let amount = text.as_bytes().get(1..3).is_some_and(|b| b[0] == b'.' && b[1].is_ascii_digit())
            && !rest.starts_with(char::is_uppercase);
        return (n >= 1 && next(n, 5) && !amount && !rest.starts_with(|c: char| c == '%'))
            .then(|| Start { keys: keys(n, &c), side: None, rest: rest.to_owned() });
    }
    if let Some(c) = WEAK.captures(text) {
        let n = number(&c, "n")?;
        let rest = c["rest"].trim();
        let word = rest.split(' ').next().unwrap_or("");
        let expected = match previous {
            None => n == 1,
            Some(p) => n == p + 1 || (n == p && (c.name("sub").is_some() || c.name("second").is_some())),
        };
        return (expected && !dates::is_month(word))
            .then(|| Start { keys: keys(n, &c), side: None, rest: rest.to_owned() });
    }
    let c = LETTER.captures(text)?;
    let sub = c["sub"].to_lowercase();
    let key = Key { number: last?.number, sub };
    Some(Start { keys: vec![key], side: None, rest: c["rest"].to_owned() })
}

fn keys(n: u32, c: &regex::Captures<'_>) -> Vec<Key> {
    let named = |name: &str| c.name(name).map(|m| m.as_str().to_lowercase());
    let sub = named("sub").or_else(|| named("second")).unwrap_or_default();
    let to = named("to").and_then(|t| t.parse().ok()).filter(|to| *to > n && *to <= n + 30);
    match to {
        Some(to) => (n..=to).map(|number| Key { number, sub: String::new() }).collect(),
        None => vec![Key { number: n, sub }],
    }
}

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
        let counted = self.bullets_count && (self.bulleted == Some(true) || (!self.open && self.bulleted.is_none()));
        if line.kind == LineKind::Bullet && counted && self.tail.is_none() {
            let number = self.last.as_ref().map_or(0, |k| k.number) + 1;
            let key = Key { number, sub: String::new() };
            self.bulleted = Some(true);
            self.push(Item { keys: vec![key.clone()], written: false, side: None, lines: vec![line.clone()], anchor: self.anchor.clone() }, false);
            self.last = Some(key);
            return;
        }
        if line.kind == LineKind::Heading && is_question(&line.text) {
            let number = self.last.as_ref().map_or(0, |k| k.number) + 1;
            let key = Key { number, sub: String::new() };
            self.push(Item { keys: vec![key.clone()], written: false, side: None, lines: vec![line.clone()], anchor: self.anchor.clone() }, false);
            self.last = Some(key);
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
            Some(last) => first.number < last.number
                || (first.number == last.number && first.sub.is_empty() && last.sub.is_empty() && found.side.is_none()),
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
        if let Some(inner) = start(&found.rest, last_key.as_ref()).filter(|_| LETTER.is_match(&found.rest)) {
            // "2. a) How many": the item begins with its first part.
            keys = inner.keys;
            lines.push(Line { text: inner.rest, kind: LineKind::Para, ..line.clone() });
        } else if !found.rest.is_empty() {
            lines.push(Line { text: found.rest, kind: LineKind::Para, ..line.clone() });
        }
        self.last = keys.last().cloned();
        let item = Item { keys, written: true, side: found.side, lines, anchor: self.anchor.clone() };
        self.push(item, restarts);
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
            let more = || after.iter().any(|l| {
                self.last.as_ref().is_some_and(|last| match l.kind {
                    LineKind::Number(n) => n == last.number + 1,
                    LineKind::Para | LineKind::Heading => start(&l.text, Some(last)).is_some_and(|s| s.keys[0].number == last.number + 1),
                    _ => false,
                })
            });
            let empty = || self.out.runs.last().and_then(|r| r.items.last()).is_some_and(|i| i.lines.is_empty());
            // A paragraph after a numbered list stands outside its last item.
            let outside = self.open && self.listed == Some(true) && line.kind == LineKind::Para && !line.goes_on;
            let kind = kind.or((outside && !more()).then_some(Tail::More));
            let closes = match kind {
                None => false,
                Some(Tail::More) => self.tail.is_none(),
                Some(Tail::Reuse | Tail::Unhappy | Tail::Closing) => true,
                Some(Tail::Exemption | Tail::Interest) => self.tail.is_some() || (!empty() && !more()),
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
mod tests {
    //! 1. items are known in the ways people number them;
    //! 2. amounts, dates, references and steps out of order are no items;
    //! 3. sections and restarts begin runs; bullets count with numbers as anchors;
    //! 4. what follows the answers is told from them.

    use super::*;
    use crate::read::foi::from_text;
    use expect_test::{Expect, expect};

    fn check(text: &str, answers: bool, expected: Expect) {
        let parsed = parse(&from_text(text), answers);
        let mut out = String::new();
        for line in parsed.intro {
            out += &format!("intro {}\n", line.text);
        }
        for run in parsed.runs {
            out += &format!("[{}]\n", run.section);
            for item in run.items {
                let keys: Vec<_> = item.keys.iter().map(ToString::to_string).collect();
                let lines: Vec<_> = item.lines.iter().map(|l| l.text.as_str()).collect();
                out += &format!("{} = {}\n", keys.join(","), lines.join(" / "));
            }
        }
        for (tail, line) in parsed.tail {
            out += &format!("{tail:?} {}\n", line.text);
        }
        expected.assert_eq(&out);
    }

    #[test]
    fn knows_items() {
        check(
            "1 Do you\n\n2.No we\n\n3.Yes -\n\n4) Four\n\n(5) Five\n\n5(a) Part\n\n5b. Other\n\nQ6. Six\n\nQuestion 7\n\nSeven\n\n8 - 9. Both\n\n10. a) First\n\nb) Second",
            false,
            expect![[r#"
                []
                1 = Do you
                2 = No we
                3 = Yes -
                4 = Four
                5 = Five
                5a = Part
                5b = Other
                6 = Six
                7 = Seven
                8,9 = Both
                10a = First
                10b = Second
            "#]],
        );
    }

    #[test]
    fn leaves_other_numbers() {
        check(
            "1. We spent\n\n3.5 million on lids\n\n1 April 2020 was the start\n\n40 High Street\n\n2. 2021/22\n\n3. Please see\n\nQuestion 1 above",
            true,
            expect![[r#"
                []
                1 = We spent / 3.5 million on lids / 1 April 2020 was the start / 40 High Street
                2 = 2021/22
                3 = Please see / Question 1 above
            "#]],
        );
    }

    #[test]
    fn counts_in_runs() {
        check(
            "Bins\n\n1. One?\n\n2. Two?\n\nLids\n\n1. One?\n\n- not an item\n\n1. Anew?",
            false,
            expect![[r#"
                [Bins]
                1 = One?
                2 = Two?
                [Lids]
                1 = One? / not an item
                []
                1 = Anew?
            "#]],
        );
        check(
            "Lids\n- How?\n- Why?\n- Where?\n3a. Who?\n- When?\n1. So.\n2. Thus, because of:\n- rain\n- snow",
            false,
            expect![[r#"
                [Lids]
                1 = How?
                2 = Why?
                3 = Where?
                3a = Who?
                4 = When?
                []
                1 = So.
                2 = Thus, because of: / rain / snow
            "#]],
        );
    }

    #[test]
    fn tells_the_tail() {
        check(
            "1. It is exempt under section 43.\n\n2. No.\n\nSection 43 Commercial interests\n\nPrices would be known.\n\nPublic Interest Test:\n\n- One reason\n\nYou are free to use this for your own use.\n\nIf you are dissatisfied, ask for an internal review.",
            true,
            expect![[r#"
                []
                1 = It is exempt under section 43.
                2 = No.
                Exemption Section 43 Commercial interests
                Exemption Prices would be known.
                Interest Public Interest Test:
                Interest One reason
                Reuse You are free to use this for your own use.
                Unhappy If you are dissatisfied, ask for an internal review.
            "#]],
        );
    }
}
