//! Words of the site that a misspelt word may have meant.
//!
//! A banded edit-distance table is walked down the fst, a row a letter, so
//! that all words with a common beginning share the work and a beginning that
//! is already too far is left at once. Compared with a Levenshtein automaton
//! (fst's own takes tens of megabytes of memory that wasm never gives back;
//! `levenshtein_automata` builds tables for some milliseconds) it needs a few
//! rows and nothing before the first question.

use doorstep_index::Index;
use fst::{Automaton, IntoStreamer, Streamer};

/// A word of the site near a misspelt one.
#[derive(Clone, Debug, PartialEq)]
pub(crate) struct Near {
    /// Number of the folded word.
    pub(crate) word: u32,
    /// What the slip costs, in edits: a likely slip less than one, a wrong
    /// first letter more.
    pub(crate) cost: f32,
}

/// Edits that are looked for in a word of `letters` letters: none below three,
/// one below five, then two, three from twelve. [`slip_cost`] says which of
/// these count.
///
/// Milli allows the first from five and the second from nine letters
/// (`crates/milli/src/index.rs`); fewer are right for residents' questions,
/// where the shortest topic words ("bins", "fine") have four.
pub(crate) fn limit(letters: usize) -> u8 {
    match letters {
        0..=2 => 0,
        3..=4 => 1,
        5..=11 => 2,
        _ => 3,
    }
}

/// The site's words that `word` may be a slip of, the likeliest first.
pub(crate) fn near(index: &Index, word: &str) -> Vec<Near> {
    let letters = word.chars().count();
    let limit = limit(letters);
    if limit == 0 || letters > MAX_LETTERS || word.bytes().any(|b| b.is_ascii_digit()) {
        return Vec::new();
    }
    let walk = Walk { word: word.as_bytes(), limit };
    let mut stream = index.words().search(walk).into_stream();
    let mut found = Vec::new();
    while let Some(key) = stream.next() {
        let Ok(candidate) = std::str::from_utf8(key) else { continue };
        if let Some(cost) = slip_cost(word, candidate)
            && let Some(number) = index.word(candidate)
        {
            found.push(Near { word: number, cost });
        }
    }
    found.sort_by(|a, b| a.cost.total_cmp(&b.cost).then(a.word.cmp(&b.word)));
    found
}

/// Words longer than this are not corrected: no word of English is.
const MAX_LETTERS: usize = 30;

/// What it costs to have typed `typed` for `meant`; `None` if it is too far.
///
/// Three edits are near enough from twelve letters ("refridgereter"), two from
/// eight, and from five if both sound alike ("skool"); one is from four, and
/// two letters swapped from three.
/// Base: the edits (a swap is one). A slip of sound counts less: a letter
/// doubled or not, a vowel for a vowel, letters that sound alike. A wrong
/// first letter counts more, as people seldom miss it (Pollock and Zamora
/// 1984, doi:10.1145/358027.358048: 7.8 % of errors).
fn slip_cost(typed: &str, meant: &str) -> Option<f32> {
    let letters = typed.chars().count();
    let edits = doorstep_text::edit_distance(typed, meant, limit(letters))?;
    let alike = skeleton(typed) == skeleton(meant);
    let near = match letters {
        0..=3 => edits == 0 || is_swap(typed, meant),
        4..=7 => edits < 2 || alike,
        _ => true,
    };
    if !near {
        return None;
    }
    let mut cost = f32::from(edits);
    if alike {
        cost *= 0.6;
    }
    if typed.chars().next() != meant.chars().next() {
        cost += 0.5;
    }
    if meant.chars().count() <= 4 {
        cost += 0.3;
    }
    Some(cost)
}

/// Whether two words that are one edit apart have the same letters.
fn is_swap(a: &str, b: &str) -> bool {
    let sum = |word: &str| word.bytes().map(u32::from).sum::<u32>();
    a.len() == b.len() && sum(a) == sum(b)
}

/// A word's sound, roughly: doubled letters single, vowels alike, letters that
/// English spells for one another alike. A much reduced Metaphone (Philips
/// 1990).
fn skeleton(word: &str) -> Vec<u8> {
    let mut out = Vec::with_capacity(word.len());
    for b in word.bytes() {
        let sound = match b {
            b'a' | b'e' | b'i' | b'o' | b'u' | b'y' => b'a',
            b'c' | b'k' | b'q' | b's' | b'z' => b's',
            b'j' | b'g' => b'g',
            b'f' | b'v' => b'f',
            b'h' => continue,
            other => other,
        };
        if out.last() != Some(&sound) {
            out.push(sound);
        }
    }
    out
}

/// The rows of the edit-distance table, walked down the fst byte by byte.
struct Walk<'a> {
    word: &'a [u8],
    limit: u8,
}

/// The last row and the one before it, of cells no further than the limit
/// from the diagonal; a swap looks back two rows.
#[derive(Clone)]
struct Rows {
    depth: usize,
    last_byte: u8,
    last: [u8; WIDTH],
    before: [u8; WIDTH],
}

/// Cells a row: twice the largest limit and the diagonal. Accented letters
/// take two bytes, so the band is wider than three edits need.
const WIDTH: usize = 11;
const MIDDLE: usize = WIDTH / 2;
const FAR: u8 = 100;

impl Walk<'_> {
    /// Cell of column `j` in the row at `depth`, if within the band.
    fn cell(row: &[u8; WIDTH], depth: usize, j: usize) -> u8 {
        (j + MIDDLE).checked_sub(depth).and_then(|k| row.get(k)).copied().unwrap_or(FAR)
    }
}

impl Automaton for Walk<'_> {
    type State = Rows;

    fn start(&self) -> Rows {
        let mut last = [FAR; WIDTH];
        for (k, cell) in last.iter_mut().enumerate().skip(MIDDLE) {
            *cell = (k - MIDDLE) as u8;
        }
        Rows { depth: 0, last_byte: 0, last, before: [FAR; WIDTH] }
    }

    fn is_match(&self, rows: &Rows) -> bool {
        Self::cell(&rows.last, rows.depth, self.word.len()) <= self.limit
    }

    fn can_match(&self, rows: &Rows) -> bool {
        rows.last.iter().any(|&cell| cell <= self.limit)
    }

    fn accept(&self, rows: &Rows, byte: u8) -> Rows {
        let depth = rows.depth + 1;
        let mut row = [FAR; WIDTH];
        for k in 0..WIDTH {
            let Some(j) = (depth + k).checked_sub(MIDDLE).filter(|&j| j <= self.word.len()) else {
                continue;
            };
            let mut cost = Self::cell(&rows.last, rows.depth, j).saturating_add(1);
            if j > 0 {
                let letter = self.word[j - 1];
                let same = Self::cell(&rows.last, rows.depth, j - 1);
                cost = cost.min(same.saturating_add(u8::from(letter != byte)));
                if k > 0 {
                    cost = cost.min(row[k - 1].saturating_add(1));
                }
                if j > 1 && depth > 1 && letter == rows.last_byte && self.word[j - 2] == byte {
                    let swapped = Self::cell(&rows.before, rows.depth - 1, j - 2);
                    cost = cost.min(swapped.saturating_add(1));
                }
            }
            row[k] = cost;
        }
        Rows { depth, last_byte: byte, last: row, before: rows.last }
    }
}

#[cfg(test)]
mod tests {
    //! 1. short words and numbers are left alone;
    //! 2. the likeliest slip comes first;
    //! 3. the walk finds exactly the words that plain comparison with each
    //!    finds.

    use super::*;
    use doorstep_index::{Collection, Page, Record, write};
    use proptest::prelude::*;

    fn index_of(words: &str) -> Index {
        let collection = Collection {
            pages: vec![Page::default()],
            records: vec![Record { text: words.to_owned(), ..Record::default() }],
            ..Collection::default()
        };
        Index::open(&write(&collection).expect("written")).expect("opens")
    }

    fn check(site: &str, typed: &str, expected: &[&str]) {
        let index = index_of(site);
        let found = near(&index, typed);
        assert_eq!(
            found.iter().map(|n| index.word_text(n.word)).collect::<Vec<_>>(),
            expected,
            "{typed}"
        );
    }

    #[test]
    fn the_likeliest_first() {
        let site =
            "recycling recycled parking permit permits library bin bins fine council counsel";
        check(site, "recylcing", &["recycling"]);
        check(site, "libary", &["library"]);
        check(site, "counsil", &["council", "counsel"]);
        check(site, "permitts", &["permits", "permit"]);
        check(site, "bim", &[]);
        check(site, "bni", &["bin"]);
        check("school spool stool", "skool", &["spool", "stool", "school"]);
        check("missed mixed", "mised", &["missed", "mixed"]);
        check(site, "parkin9", &[]);
    }

    proptest! {
        #[test]
        fn equals_plain_comparison(
            site in prop::collection::vec("[abcé]{1,14}", 1..20), typed in "[abc]{3,13}",
        ) {
            let index = index_of(&site.join(" "));
            let mut expected: Vec<u32> = (0..index.word_count())
                .filter(|&w| slip_cost(&typed, index.word_text(w)).is_some())
                .collect();
            let mut found: Vec<u32> = near(&index, &typed).into_iter().map(|n| n.word).collect();
            found.sort_unstable();
            expected.sort_unstable();
            prop_assert_eq!(found, expected);
        }
    }
}
