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

mod build;

use doorstep_text::fold;
use fst::{Set, Streamer};

use crate::bytes::Reader;
use crate::container;
use crate::error::{Corrupt, OpenError};

pub(crate) use build::Builder;

/// Number that ends a text.
pub(crate) const END: u32 = 0;
/// Instead of a folded word's number: the form is a separator.
pub(crate) const NO_WORD: u32 = u32::MAX;

const LOWER: u8 = 1;
const CAPITAL: u8 = 2;
const UPPER: u8 = 4;

const AFTER_CAPITAL: u8 = 1;
const IS_WORD: u8 = 2;

/// Turns a letter into the other case; other letters than a to z have none.
fn turn(letter: &mut str) {
    if letter.starts_with(|first: char| first.is_ascii_lowercase()) {
        letter.make_ascii_uppercase();
    } else {
        letter.make_ascii_lowercase();
    }
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
    /// Checksum of the set.
    pub(crate) checksum: u64,
    words: Strings,
    /// Forms that no word gives: odd ones and separators.
    others: Strings,
    /// By number; the end mark is an empty separator.
    forms: Vec<Form>,
    /// By number: the folded word, or [`NO_WORD`].
    pub(crate) word_of: Vec<u32>,
}

/// How a form is written.
#[derive(Clone, Copy)]
enum Form {
    /// Its word, in lower case, with a capital or in capitals.
    Word(Case),
    /// This one of [`Vocabulary::others`]; a word, or a separator.
    Other { at: u32, is_word: bool, after_capital: bool },
}

/// The end mark has no form: an empty separator.
const NONE: Form = Form::Other { at: u32::MAX, is_word: false, after_capital: false };

/// How a word's letters are written.
#[derive(Clone, Copy)]
enum Case {
    Lower,
    Capital,
    Upper,
}

/// Many strings in one allocation.
#[derive(Default)]
pub(crate) struct Strings {
    text: String,
    ends: Vec<u32>,
}

impl Strings {
    pub(crate) fn push(&mut self, s: &str) {
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
    pub(crate) fn open(vocabulary: &[u8], forms: &[u8]) -> Result<Vocabulary, OpenError> {
        let broken = |reason| OpenError::Corrupt { section: "vocabulary", reason };
        let (sum, set) =
            vocabulary.split_first_chunk::<8>().ok_or_else(|| broken("ends too early"))?;
        // The fst trusts its bytes; its own checksum would take tables.
        let checksum = container::checksum_of(set);
        if u64::from_le_bytes(*sum) != checksum {
            return Err(broken("has a wrong checksum"));
        }
        let set = Set::new(set.to_vec()).map_err(|_| broken("is not an fst"))?;
        let words = keys(&set, forms.len())?;
        let mut r = Reader::new(forms, "forms");
        let masks = r.take(words.len())?;
        // In the order of the words; numbered below.
        let mut in_order: Vec<(Form, u32)> = Vec::with_capacity(2 * words.len());
        for (word, &mask) in masks.iter().enumerate() {
            for (bit, case) in
                [(LOWER, Case::Lower), (CAPITAL, Case::Capital), (UPPER, Case::Upper)]
            {
                if mask & bit != 0 {
                    in_order.push((Form::Word(case), word as u32));
                }
            }
        }
        let mut others = Strings::default();
        for _ in 0..r.count()? {
            let piece = r.string()?;
            let word =
                find(&words, &fold(piece)).ok_or_else(|| r.error("holds a form without a word"))?;
            let at = others.len() as u32;
            in_order.push((Form::Other { at, is_word: true, after_capital: false }, word));
            others.push(piece);
        }
        for _ in 0..r.count()? {
            let (flags, at) = (r.byte()?, others.len() as u32);
            let (is_word, after_capital) = (flags & IS_WORD != 0, flags & AFTER_CAPITAL != 0);
            in_order.push((Form::Other { at, is_word, after_capital }, NO_WORD));
            others.push(r.string()?);
        }
        let classes = r.take(in_order.len())?;
        r.finish()?;

        let mut forms = vec![NONE; in_order.len() + 1];
        let mut word_of = vec![NO_WORD; in_order.len() + 1];
        for (number, (form, word)) in number_forms(classes).into_iter().zip(in_order) {
            forms[number as usize] = form;
            word_of[number as usize] = word;
        }
        Ok(Vocabulary { set, checksum, words, others, forms, word_of })
    }

    /// Number of the folded word, if the site has it. Logarithmic time.
    pub(crate) fn word(&self, folded: &str) -> Option<u32> {
        find(&self.words, folded)
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
            let (surface, case) = match self.forms.get(number as usize).copied().unwrap_or(NONE) {
                Form::Word(case) => (self.words.get(self.word_of[number as usize] as usize), case),
                Form::Other { at, is_word: true, .. } => {
                    (self.others.get(at as usize), Case::Lower)
                }
                Form::Other { at, after_capital, .. } => {
                    text.push_str(self.others.get(at as usize));
                    capital = after_capital;
                    after_word = false;
                    continue;
                }
            };
            if after_word {
                text.push(' ');
            }
            let start = text.len();
            text.push_str(surface);
            if let Case::Upper = case {
                text[start..].make_ascii_uppercase();
            }
            let first = text.get_mut(start..start + 1).unwrap_or_default();
            if let Case::Capital = case {
                first.make_ascii_uppercase();
            }
            if capital {
                turn(first);
            }
            capital = false;
            after_word = true;
        }
    }
}

/// Number of `folded` among sorted words.
fn find(words: &Strings, folded: &str) -> Option<u32> {
    let (mut low, mut high) = (0, words.len());
    while low < high {
        let middle = usize::midpoint(low, high);
        if words.get(middle) < folded { low = middle + 1 } else { high = middle }
    }
    (low < words.len() && words.get(low) == folded).then_some(low as u32)
}

/// The keys of an fst; at most `limit`, so that crafted nodes that share
/// their tails cannot keep us walking.
fn keys(set: &Set<Vec<u8>>, limit: usize) -> Result<Strings, Corrupt> {
    let corrupt = |reason| Corrupt { section: "vocabulary", reason };
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
