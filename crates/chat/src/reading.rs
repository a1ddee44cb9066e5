//! A question read against all patterns: which of its words are which terms,
//! slips of the finger and joined words included.

use doorstep_text::{edit_distance, is_stop, stem};

use crate::pattern::{Pattern, PatternId, Patterns, Set, SetId};
use crate::tokens::Token;

/// Letters from which a slip of the finger is forgiven, and two are. Shorter
/// words have too many neighbours that are words ("gas", "has").
const ONE_SLIP: usize = 5;
const TWO_SLIPS: usize = 9;

/// Words of a question that are matched; a capped question has fewer.
const MAX_WORDS: usize = 256;

/// Steps after which looking for a pattern's words is given up. Reached only
/// by texts that repeat a trigger word over and over, which match early.
const MAX_STEPS: usize = 2_000;

/// A place in the question: number of the word.
pub(crate) type Place = usize;

/// Which terms each word of a question is.
#[derive(Debug, Default)]
pub(crate) struct Reading {
    /// For each word, the terms that it is.
    hits: Vec<Vec<u16>>,
    /// For each word, the token that it belongs to (joined words are two
    /// words of one token).
    pub(crate) token_of: Vec<usize>,
    /// For each word, whether it counts no more.
    pub(crate) spent: Vec<bool>,
    /// For each set, where it matches: the first word and how many.
    spans: Vec<Vec<(Place, usize)>>,
}

impl Reading {
    /// Reads `tokens` against the terms of `patterns`; `correct` (sorted) are
    /// words that are no slips.
    pub(crate) fn new(patterns: &Patterns, correct: &[String], tokens: &[Token]) -> Reading {
        let mut reading = Reading::default();
        for (at, token) in tokens.iter().take(MAX_WORDS).enumerate() {
            let word = token.folded.as_str();
            let mut hits = known(patterns, word);
            let is_word = !hits.is_empty()
                || is_stop(word)
                || correct.binary_search_by(|c| c.as_str().cmp(word)).is_ok();
            if !is_word {
                if let Some((left, right)) = joined(patterns, word) {
                    reading.push(left, at);
                    hits = right;
                } else {
                    hits = slips(patterns, word);
                }
            }
            reading.push(hits, at);
        }
        reading.spent = vec![false; reading.hits.len()];
        reading.spans = patterns.sets.iter().map(|set| reading.spans_of(set)).collect();
        reading
    }

    fn spans_of(&self, set: &Set) -> Vec<(Place, usize)> {
        (0..self.hits.len())
            .map(|at| (at, self.match_len(at, set)))
            .filter(|&(_, len)| len > 0)
            .collect()
    }

    fn push(&mut self, hits: Vec<u16>, token: usize) {
        self.hits.push(hits);
        self.token_of.push(token);
    }

    /// The words that `set` matches, by itself or in a phrase.
    pub(crate) fn places_of(&self, set: SetId) -> impl Iterator<Item = Place> + '_ {
        self.spans
            .get(set as usize)
            .into_iter()
            .flatten()
            .flat_map(|&(at, len)| at..at + len)
    }

    /// Length of the longest match of `set` that begins at `place`; 0 if none
    /// does.
    fn match_len(&self, place: Place, set: &Set) -> usize {
        let alone = self.hits[place].iter().any(|t| set.words.binary_search(t).is_ok());
        let mut best = usize::from(alone);
        for phrase in &set.phrases {
            let fits = phrase.len() > best
                && place + phrase.len() <= self.hits.len()
                && phrase.iter().enumerate().all(|(i, t)| self.hits[place + i].contains(t));
            if fits {
                best = phrase.len();
            }
        }
        best
    }

    /// The places of a match of pattern `id` among the words that count, in
    /// the narrowest window that has one; `None` if there is none.
    pub(crate) fn find(&self, patterns: &Patterns, id: PatternId) -> Option<Vec<Place>> {
        let pattern = patterns.all.get(id as usize)?;
        let spans = self.spans(pattern)?;
        let words = self.hits.len();
        let mut steps = MAX_STEPS;
        for window in pattern.need.len()..=pattern.window.min(words) {
            for start in 0..=words - window {
                let near: Vec<Vec<(Place, usize)>> = spans
                    .iter()
                    .map(|s| {
                        s.iter()
                            .copied()
                            .filter(|&(at, len)| at >= start && at + len <= start + window)
                            .collect()
                    })
                    .collect();
                if near.iter().any(Vec::is_empty) {
                    continue;
                }
                let mut taken = Vec::new();
                if assign(&near, &mut taken, &mut steps) {
                    return Some(taken.iter().flat_map(|&(at, len)| at..at + len).collect());
                }
            }
        }
        None
    }

    /// The matches of each needed set, or `None` if one has none or a set that
    /// must not match does.
    fn spans(&self, pattern: &Pattern) -> Option<Vec<Vec<(Place, usize)>>> {
        let of = |set: SetId| -> Vec<(Place, usize)> {
            self.spans[set as usize]
                .iter()
                .copied()
                .filter(|&(at, len)| !self.spent[at..at + len].contains(&true))
                .collect()
        };
        let mut spans = Vec::with_capacity(pattern.need.len());
        for &set in &pattern.need {
            let found = of(set);
            if found.is_empty() {
                return None;
            }
            spans.push(found);
        }
        pattern.never.iter().all(|&set| of(set).is_empty()).then_some(spans)
    }

    /// Makes the words of every match of the patterns `ids` count no more.
    pub(crate) fn spend(&mut self, patterns: &Patterns, ids: &[PatternId]) {
        for &id in ids {
            // Each round spends at least one word, so this ends.
            while let Some(places) = self.find(patterns, id) {
                for place in places {
                    self.spent[place] = true;
                }
            }
        }
    }

    /// The places of the first of the patterns `ids` that matches.
    pub(crate) fn find_any(&self, patterns: &Patterns, ids: &[PatternId]) -> Option<Vec<Place>> {
        ids.iter().find_map(|&id| self.find(patterns, id))
    }
}

/// Chooses one match for each set, none sharing a word with another.
fn assign(
    near: &[Vec<(Place, usize)>],
    taken: &mut Vec<(Place, usize)>,
    steps: &mut usize,
) -> bool {
    let Some(candidates) = near.get(taken.len()) else {
        return true;
    };
    for &(at, len) in candidates {
        if *steps == 0 {
            return false;
        }
        *steps -= 1;
        if taken.iter().any(|&(a, l)| at < a + l && a < at + len) {
            continue;
        }
        taken.push((at, len));
        if assign(near, taken, steps) {
            return true;
        }
        taken.pop();
    }
    false
}

/// The terms that `word` is, as it stands.
fn known(patterns: &Patterns, word: &str) -> Vec<u16> {
    let stem = stem(word);
    let reference = is_reference(word);
    select(patterns, |exact, key| match key {
        REFERENCE => reference,
        _ if exact => key == word,
        _ => key == stem,
    })
}

/// What patterns write for the number of an application or request.
const REFERENCE: &str = "#ref";

/// Whether `word` is the number of a reference: four to eight digits that are
/// no year.
fn is_reference(word: &str) -> bool {
    let year = word.len() == 4 && (word.starts_with("19") || word.starts_with("20"));
    (4..=8).contains(&word.len()) && word.bytes().all(|b| b.is_ascii_digit()) && !year
}

/// The terms that `word` is but for a slip of the finger. The first letter is
/// trusted unless the slip is a swap of the first two.
fn slips(patterns: &Patterns, word: &str) -> Vec<u16> {
    let len = word.chars().count();
    if len < ONE_SLIP || word.bytes().any(|b| b.is_ascii_digit()) {
        return Vec::new();
    }
    let stem = stem(word);
    let mut out = Vec::new();
    for (number, term) in patterns.terms.iter().enumerate() {
        let near = |typed: &str, right: &str| {
            let shorter = typed.chars().count().min(right.chars().count());
            let limit = match shorter {
                TWO_SLIPS.. => 2,
                ONE_SLIP.. => 1,
                _ => return false,
            };
            let (mut a, mut b) = (typed.chars(), right.chars());
            let (a, b) = ((a.next(), a.next()), (b.next(), b.next()));
            (a.0 == b.0 || a == (b.1, b.0)) && edit_distance(typed, right, limit).is_some()
        };
        if !term.exact && (near(word, &term.word) || near(&stem, &term.key)) {
            out.push(number as u16);
        }
    }
    out
}

/// The terms of two words that were typed as one ("gasleak").
fn joined(patterns: &Patterns, word: &str) -> Option<(Vec<u16>, Vec<u16>)> {
    /// Letters that each half must have; shorter ones are found in any word.
    const HALF: usize = 3;
    if !word.is_ascii() || word.len() < 2 * HALF {
        return None;
    }
    (HALF..=word.len() - HALF).find_map(|cut| {
        let (left, right) = (known(patterns, &word[..cut]), known(patterns, &word[cut..]));
        (!left.is_empty() && !right.is_empty()).then_some((left, right))
    })
}

fn select(patterns: &Patterns, is: impl Fn(bool, &str) -> bool) -> Vec<u16> {
    patterns
        .terms
        .iter()
        .enumerate()
        .filter(|(_, t)| is(t.exact, &t.key))
        .map(|(number, _)| number as u16)
        .collect()
}
