//! Numbers at the start of a line: which begin an item, and which are amounts,
//! dates, house numbers or references.

use std::fmt;
use std::sync::LazyLock;

use regex::Regex;

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
    pattern(
        r#"^(?P<n>\d{1,2})(?P<sub>[a-h])?(?:\.(?P<second>\d{1,2}))?(?:\s+[-–])?\s+(?P<rest>[A-Z“"'(].*)$"#,
    )
});
pub(super) static LETTER: LazyLock<Regex> =
    LazyLock::new(|| pattern(r"(?i)^[(\[]?(?P<sub>[a-h])[.)\]]\s+(?P<rest>.+)$"));

/// The beginning of an item.
pub(super) struct Start {
    pub(super) keys: Vec<Key>,
    pub(super) side: Option<Side>,
    /// What follows the number.
    pub(super) rest: String,
}

/// The item that begins with this text, where the last item of the run was
/// `last`; none if the number is no next number of a list.
pub(super) fn start(text: &str, last: Option<&Key>) -> Option<Start> {
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
        let side = if name.starts_with('q') || name.starts_with("req") {
            Side::Question
        } else {
            Side::Answer
        };
        let side = (!matches!(name.as_str(), "item" | "point")).then_some(side);
        // "Question 3 above" is a reference, and so is "Answer 3 applies".
        let rest = c["rest"].trim();
        let refers =
            rest.to_lowercase().starts_with("above") || rest.to_lowercase().starts_with("below");
        return (!refers).then(|| Start { keys: keys(n, &c), side, rest: rest.to_owned() });
    }
    if let Some(c) = STRONG.captures(text) {
        let n = number(&c, "n")?;
        let rest = c.name("rest").map_or("", |m| m.as_str()).trim();
        // "3.5 million" and "9.30 to noon" are amounts and times.
        let amount =
            text.as_bytes().get(1..3).is_some_and(|b| b[0] == b'.' && b[1].is_ascii_digit())
                && !rest.starts_with(char::is_uppercase);
        return (n >= 1 && next(n, 5) && !amount && !rest.starts_with('%')).then(|| Start {
            keys: keys(n, &c),
            side: None,
            rest: rest.to_owned(),
        });
    }
    if let Some(c) = WEAK.captures(text) {
        let n = number(&c, "n")?;
        let rest = c["rest"].trim();
        let word = rest.split(' ').next().unwrap_or("");
        let expected = match previous {
            None => n == 1,
            Some(p) => {
                n == p + 1 || (n == p && (c.name("sub").is_some() || c.name("second").is_some()))
            }
        };
        return (expected && !dates::is_month(word)).then(|| Start {
            keys: keys(n, &c),
            side: None,
            rest: rest.to_owned(),
        });
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
