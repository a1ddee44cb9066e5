//! The vocabulary in the making, from texts to numbers.

use std::collections::HashMap;

use doorstep_text::{Segment, fold, segments};
use fst::Set;

use super::{AFTER_CAPITAL, CAPITAL, END, IS_WORD, LOWER, UPPER, number_forms, turn};
use crate::bytes::Writer;
use crate::container;
use crate::numbers::{LIMIT, ONE_BYTE};

/// The vocabulary in the making: counts pieces, then gives them numbers.
pub(crate) struct Builder {
    counts: HashMap<String, u32>,
    /// Of each separator: how often a capital follows, and another letter.
    followed: HashMap<String, (u32, u32)>,
}

/// The finished vocabulary on the builder's side: from a piece to its number.
pub(crate) struct Encoder {
    numbers: HashMap<String, u32>,
    capital_follows: HashMap<String, bool>,
}

impl Builder {
    /// Counts how often each separator is followed by a capital, over all
    /// `texts`; the first of the two passes.
    pub(crate) fn new<'a>(texts: impl Iterator<Item = &'a str>) -> Builder {
        let mut followed: HashMap<String, (u32, u32)> = HashMap::new();
        for text in texts {
            let mut separator = "";
            for segment in segments(text) {
                match segment {
                    Segment::Separator(s) => separator = s,
                    Segment::Word(word) => {
                        let first = word.as_bytes()[0];
                        if !separator.is_empty() && separator != " " && first.is_ascii_alphabetic()
                        {
                            let seen = followed.entry(separator.to_owned()).or_default();
                            if first.is_ascii_uppercase() { seen.0 += 1 } else { seen.1 += 1 }
                        }
                        separator = "";
                    }
                }
            }
        }
        Builder { counts: HashMap::new(), followed }
    }

    /// Counts the pieces of a text; the second pass.
    pub(crate) fn count(&mut self, text: &str) {
        let followed = &self.followed;
        let follows = |s: &str| followed.get(s).is_some_and(|(capital, other)| capital > other);
        let counts = &mut self.counts;
        pieces(text, follows, |piece| match counts.get_mut(piece) {
            Some(n) => *n += 1,
            None => drop(counts.insert(piece.to_owned(), 1)),
        });
    }

    /// The sections `vocabulary` and `forms`, and the numbers for encoding;
    /// `None` if there are more forms than numbers.
    pub(crate) fn finish(self) -> Option<(Vec<u8>, Vec<u8>, Encoder)> {
        let Builder { counts, followed } = self;
        let mut words: Vec<String> = Vec::new();
        let mut odd: Vec<(&str, u32)> = Vec::new();
        let mut others: Vec<(&str, u32)> = Vec::new();
        let mut regular: Vec<(String, u8, &str, u32)> = Vec::new();
        for (piece, &count) in &counts {
            let is_word = matches!(segments(piece).next(), Some(Segment::Word(_)));
            let folded = if is_word { fold(piece) } else { String::new() };
            if folded.is_empty() {
                others.push((piece, count));
                continue;
            }
            let case = if *piece == folded {
                LOWER
            } else if *piece == capital(&folded) {
                CAPITAL
            } else if *piece == folded.to_ascii_uppercase() {
                UPPER
            } else {
                0
            };
            words.push(folded.clone());
            if case == 0 {
                odd.push((piece, count));
            } else {
                regular.push((folded, case, piece, count));
            }
        }
        words.sort_unstable();
        words.dedup();
        regular.sort_unstable();
        odd.sort_unstable();
        others.sort_unstable();

        let mut forms = Writer::default();
        let mut masks = vec![0u8; words.len()];
        let mut at = 0;
        for (folded, case, ..) in &regular {
            while words[at] != *folded {
                at += 1;
            }
            masks[at] |= case;
        }
        forms.bytes.extend_from_slice(&masks);
        forms.number(odd.len() as u32);
        for (piece, _) in &odd {
            forms.string(piece);
        }
        forms.number(others.len() as u32);
        let mut capital_follows = HashMap::new();
        for (piece, _) in &others {
            let follows = followed.get(*piece).is_some_and(|(capital, other)| capital > other);
            let is_word = matches!(segments(piece).next(), Some(Segment::Word(_)));
            forms.bytes.push((u8::from(follows) * AFTER_CAPITAL) | (u8::from(is_word) * IS_WORD));
            forms.string(piece);
            capital_follows.insert((*piece).to_owned(), follows);
        }

        let in_order: Vec<(&str, u32)> = regular
            .iter()
            .map(|(_, _, piece, count)| (*piece, *count))
            .chain(odd.iter().copied())
            .chain(others.iter().copied())
            .collect();
        if in_order.len() >= LIMIT as usize - 1 {
            return None;
        }
        let classes = classes_by_frequency(&in_order);
        forms.bytes.extend_from_slice(&classes);
        let numbers = number_forms(&classes);
        let numbers =
            in_order.iter().zip(numbers).map(|((p, _), n)| ((*p).to_owned(), n)).collect();
        let set = Set::from_iter(&words).ok()?.into_fst().into_inner();
        let mut vocabulary = container::checksum_of(&set).to_le_bytes().to_vec();
        vocabulary.extend_from_slice(&set);
        Some((vocabulary, forms.bytes, Encoder { numbers, capital_follows }))
    }
}

impl Encoder {
    /// Appends the numbers of `text` and the end mark.
    pub(crate) fn encode(&self, text: &str, out: &mut Vec<u8>) {
        let follows = |s: &str| self.capital_follows.get(s).copied().unwrap_or(false);
        pieces(text, follows, |piece| {
            // Every piece was counted before, see `Builder::count`.
            if let Some(&n) = self.numbers.get(piece) {
                crate::numbers::write(out, n);
            }
        });
        crate::numbers::write(out, END);
    }
}

/// Calls `each` with the pieces of `text` that are written: spaces between
/// words left out, cases turned round where a capital is the rule.
fn pieces(text: &str, capital_follows: impl Fn(&str) -> bool, mut each: impl FnMut(&str)) {
    let mut capital = true;
    let mut after_word = false;
    let mut rest = segments(text).peekable();
    while let Some(segment) = rest.next() {
        match segment {
            Segment::Separator(" ") if after_word && rest.peek().is_some() => {}
            Segment::Separator(s) => {
                each(s);
                capital = capital_follows(s);
                after_word = false;
            }
            Segment::Word(w) => {
                let mut written = w.to_owned();
                if let Some(first) = written.get_mut(..1).filter(|_| capital) {
                    turn(first);
                }
                each(&written);
                capital = false;
                after_word = true;
            }
        }
    }
}

/// Numbers that class `class` holds.
fn class_size(class: u32) -> u32 {
    match class {
        0 => ONE_BYTE - 1,
        1 => 256,
        _ => 256 << (class - 2).min(16),
    }
}

fn classes_by_frequency(forms: &[(&str, u32)]) -> Vec<u8> {
    let mut by_count: Vec<usize> = (0..forms.len()).collect();
    by_count.sort_by_key(|&i| (std::cmp::Reverse(forms[i].1), i));
    let mut classes = vec![0; forms.len()];
    let (mut class, mut room) = (0, class_size(0));
    for i in by_count {
        if room == 0 {
            class += 1;
            room = class_size(class);
        }
        classes[i] = class as u8;
        room -= 1;
    }
    classes
}

fn capital(word: &str) -> String {
    let mut out = word.to_owned();
    if let Some(first) = out.get_mut(..1) {
        first.make_ascii_uppercase();
    }
    out
}
