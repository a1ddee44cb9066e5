//! The vocabulary: every distinct piece of text once, each with a number by
//! its frequency.
//!
//! The `fst` holds the folded words ("council"), which questions are matched
//! against. A *form* is a piece as it stands in the text: a folded word in
//! lower case, with a capital, in capitals, or odd ("Council’s", which folds
//! to "council" too), or a separator (", "). Two rules of writing are left to
//! the decoder, because they save a tenth of the bytes:
//!
//! - between two words stands a single space unless a separator says else;
//! - at the start of a text, and after a separator that is mostly followed by
//!   a capital (". "), the first letter's case is turned round: "The" is
//!   written there as "the".
//!
//! Numbers go by falling frequency, but only roughly: forms are sorted into
//! classes of 191, 256, 256, 512, 1,024 … numbers by frequency, and stand in
//! the order of the words inside a class; so a class a form is all that must
//! be stored, and its number follows.

use std::collections::HashMap;

use doorstep_text::{Segment, fold, segments};
use fst::{Set, Streamer};

use crate::bytes::{Reader, Writer};
use crate::error::{Corrupt, OpenError};
use crate::numbers::{LIMIT, ONE_BYTE};

/// Number that ends a text.
pub(crate) const END: u32 = 0;
/// Instead of a folded word's number: the form is a separator.
pub(crate) const NO_WORD: u32 = u32::MAX;

const LOWER: u8 = 1;
const CAPITAL: u8 = 2;
const UPPER: u8 = 4;

const AFTER_CAPITAL: u8 = 1;
const IS_WORD: u8 = 2;

/// The first letter in the other case; other letters than a to z have none.
fn turned(piece: &str) -> Option<char> {
    let first = piece.chars().next().filter(char::is_ascii_alphabetic)?;
    Some(if first.is_ascii_lowercase() {
        first.to_ascii_uppercase()
    } else {
        first.to_ascii_lowercase()
    })
}

fn capital(word: &str) -> String {
    let mut out = word.to_owned();
    if let Some(first) = out.get_mut(..1) {
        first.make_ascii_uppercase();
    }
    out
}

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
        Some((set, forms.bytes, Encoder { numbers, capital_follows }))
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
                match turned(w).filter(|_| capital) {
                    Some(first) => each(&format!("{first}{}", &w[1..])),
                    None => each(w),
                }
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

/// The number of each form, from the class of each.
fn number_forms(classes: &[u8]) -> Vec<u32> {
    let mut sizes = [0u32; 256];
    for &class in classes {
        sizes[usize::from(class)] += 1;
    }
    let mut next = [0u32; 256];
    let mut start = END + 1;
    for (next, size) in next.iter_mut().zip(sizes) {
        *next = start;
        start += size;
    }
    let number = |&class: &u8| {
        let next = &mut next[usize::from(class)];
        *next += 1;
        *next - 1
    };
    classes.iter().map(number).collect()
}

/// The vocabulary as opened: words, forms and their numbers.
pub(crate) struct Vocabulary {
    /// The folded words.
    pub(crate) set: Set<Vec<u8>>,
    words: Strings,
    /// By number; the end mark is an empty separator.
    surfaces: Strings,
    /// By number: the folded word, or [`NO_WORD`].
    pub(crate) word_of: Vec<u32>,
    /// By number: [`AFTER_CAPITAL`] and [`IS_WORD`].
    flags: Vec<u8>,
}

/// Many strings in one allocation.
#[derive(Default)]
pub(crate) struct Strings {
    text: String,
    ends: Vec<u32>,
}

impl Strings {
    fn push(&mut self, s: &str) {
        self.text.push_str(s);
        self.ends.push(self.text.len() as u32);
    }

    pub(crate) fn len(&self) -> usize {
        self.ends.len()
    }

    /// String number `i`; empty if there is none.
    pub(crate) fn get(&self, i: usize) -> &str {
        let start =
            i.checked_sub(1).map_or(0, |before| self.ends.get(before).copied().unwrap_or(0));
        let end = self.ends.get(i).copied().unwrap_or(start);
        self.text.get(start as usize..end as usize).unwrap_or_default()
    }
}

impl Vocabulary {
    pub(crate) fn open(set: &[u8], forms: &[u8]) -> Result<Vocabulary, OpenError> {
        let broken = |reason| OpenError::Corrupt { section: "vocabulary", reason };
        let set = Set::new(set.to_vec()).map_err(|_| broken("is not an fst"))?;
        let words = keys(&set, forms.len())?;
        let mut r = Reader::new(forms, "forms");
        let masks = r.take(words.len())?;
        // Strings in the order of the words; numbered below.
        let mut surfaces = Strings::default();
        let mut word_of = Vec::new();
        let mut flags = Vec::new();
        for (word, &mask) in masks.iter().enumerate() {
            for case in [LOWER, CAPITAL, UPPER] {
                if mask & case == 0 {
                    continue;
                }
                let folded = words.get(word);
                match case {
                    LOWER => surfaces.push(folded),
                    CAPITAL => surfaces.push(&capital(folded)),
                    _ => surfaces.push(&folded.to_ascii_uppercase()),
                }
                word_of.push(word as u32);
                flags.push(IS_WORD);
            }
        }
        let mut vocabulary = Vocabulary {
            set,
            words,
            surfaces: Strings::default(),
            word_of: Vec::new(),
            flags: Vec::new(),
        };
        for _ in 0..r.count()? {
            let piece = r.string()?;
            let word = vocabulary
                .word(&fold(piece))
                .ok_or_else(|| r.error("holds a form without a word"))?;
            surfaces.push(piece);
            word_of.push(word);
            flags.push(IS_WORD);
        }
        for _ in 0..r.count()? {
            flags.push(r.byte()?);
            surfaces.push(r.string()?);
            word_of.push(NO_WORD);
        }
        let classes = r.take(surfaces.len())?;
        r.finish()?;

        let mut at_number = vec![usize::MAX; surfaces.len() + 1];
        for (form, number) in number_forms(classes).into_iter().enumerate() {
            at_number[number as usize] = form;
        }
        for form in at_number {
            // The end mark has no form: an empty separator.
            vocabulary.surfaces.push(surfaces.get(form));
            vocabulary.word_of.push(word_of.get(form).copied().unwrap_or(NO_WORD));
            vocabulary.flags.push(flags.get(form).copied().unwrap_or(0));
        }
        Ok(vocabulary)
    }

    /// Number of the folded word, if the site has it. Logarithmic time.
    pub(crate) fn word(&self, folded: &str) -> Option<u32> {
        let (mut low, mut high) = (0, self.words.len());
        while low < high {
            let middle = usize::midpoint(low, high);
            if self.words.get(middle) < folded { low = middle + 1 } else { high = middle }
        }
        (low < self.words.len() && self.words.get(low) == folded).then_some(low as u32)
    }

    /// The folded words, in byte order.
    pub(crate) fn words(&self) -> &Strings {
        &self.words
    }

    /// The folded words of the text whose numbers begin at `at`.
    pub(crate) fn words_at<'a>(
        &'a self,
        stream: &'a [u8],
        mut at: usize,
    ) -> impl Iterator<Item = u32> + 'a {
        std::iter::from_fn(move || {
            loop {
                let (number, next) = crate::numbers::read(stream, at).filter(|&(n, _)| n != END)?;
                at = next;
                let word = self.word_of.get(number as usize).copied().unwrap_or(NO_WORD);
                if word != NO_WORD {
                    return Some(word);
                }
            }
        })
    }

    /// The text whose numbers begin at `at`, and where its end mark ends.
    pub(crate) fn decode(&self, stream: &[u8], mut at: usize) -> Result<(String, usize), Corrupt> {
        let mut text = String::new();
        let mut capital = true;
        let mut after_word = false;
        loop {
            let (number, next) =
                crate::numbers::read(stream, at).ok_or(crate::numbers::ENDS_EARLY)?;
            at = next;
            if number == END {
                return Ok((text, at));
            }
            let surface = self.surfaces.get(number as usize);
            let flags = self.flags.get(number as usize).copied().unwrap_or(0);
            if flags & IS_WORD == 0 {
                text.push_str(surface);
                capital = flags & AFTER_CAPITAL != 0;
                after_word = false;
                continue;
            }
            if after_word {
                text.push(' ');
            }
            match turned(surface).filter(|_| capital) {
                Some(first) => {
                    text.push(first);
                    text.push_str(&surface[1..]);
                }
                None => text.push_str(surface),
            }
            capital = false;
            after_word = true;
        }
    }
}

/// The keys of an fst; at most `limit`, so that crafted nodes that share
/// their tails cannot keep us walking.
fn keys(set: &Set<Vec<u8>>, limit: usize) -> Result<Strings, Corrupt> {
    let corrupt = |reason| Corrupt { section: "vocabulary", reason };
    // The same check as `fst::raw::Fst::verify`, without its 16 kB of tables.
    let (bytes, sum) =
        set.as_fst().as_bytes().split_last_chunk::<4>().ok_or(corrupt("is not an fst"))?;
    if u32::from_le_bytes(*sum) != masked_checksum(bytes) {
        return Err(corrupt("has a wrong checksum"));
    }
    let mut words = Strings::default();
    let mut stream = set.stream();
    while let Some(key) = stream.next() {
        if words.len() == limit {
            return Err(corrupt("holds more words than forms"));
        }
        words
            .push(std::str::from_utf8(key).map_err(|_| corrupt("holds a word that is not UTF-8"))?);
    }
    Ok(words)
}

/// CRC-32C, masked as in Snappy's framing format, section 3, which fst follows.
fn masked_checksum(bytes: &[u8]) -> u32 {
    let crc = crc::Crc::<u32, crc::NoTable>::new(&crc::CRC_32_ISCSI).checksum(bytes);
    crc.rotate_right(15).wrapping_add(0xa282_ead8)
}
