//! A question read against all patterns: which of its words are which terms,
//! slips of the finger and joined words included.

use doorstep_text::{edit_distance, is_stop, stem};

use crate::pattern::{Pattern, PatternId, Patterns, SetId};
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
    /// Reads `tokens` against the terms of `patterns`; `correct` (sorted stems)
    /// are words that are no slips.
    pub(crate) fn new(patterns: &Patterns, correct: &[String], tokens: &[Token]) -> Reading {
        let mut reading = Reading::default();
        for (at, token) in tokens.iter().take(MAX_WORDS).enumerate() {
            let word = token.folded.as_str();
            let mut hits = known(patterns, word);
            let is_word = !hits.is_empty() || is_stop(word) || is_correct(correct, word);
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
        reading.spans = vec![Vec::new(); patterns.sets.len()];
        for place in 0..reading.hits.len() {
            reading.add_spans(patterns, place);
        }
        reading
    }

    /// The matches that begin at `place`, the longest for each set.
    fn add_spans(&mut self, patterns: &Patterns, place: Place) {
        for &term in &self.hits[place] {
            for &set in &patterns.alone_in[term as usize] {
                longest(&mut self.spans[set as usize], place, 1);
            }
            for &(set, at) in &patterns.begins[term as usize] {
                let phrase = &patterns.sets[set as usize].phrases[at as usize];
                let fits = place + phrase.len() <= self.hits.len()
                    && phrase.iter().enumerate().all(|(i, t)| self.hits[place + i].contains(t));
                if fits {
                    longest(&mut self.spans[set as usize], place, phrase.len());
                }
            }
        }
    }

    fn push(&mut self, hits: Vec<u16>, token: usize) {
        self.hits.push(hits);
        self.token_of.push(token);
    }

    /// The words that `set` matches, by itself or in a phrase.
    pub(crate) fn places_of(&self, set: SetId) -> impl Iterator<Item = Place> + '_ {
        self.spans.get(set as usize).into_iter().flatten().flat_map(|&(at, len)| at..at + len)
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

fn is_correct(correct: &[String], word: &str) -> bool {
    let stem = stem(word);
    correct.binary_search_by(|c| c.as_str().cmp(&stem)).is_ok()
}

/// Notes a match of `len` words at `place`; places come in order.
fn longest(spans: &mut Vec<(Place, usize)>, place: Place, len: usize) {
    match spans.last_mut() {
        Some(last) if last.0 == place => last.1 = last.1.max(len),
        _ => spans.push((place, len)),
    }
}

/// The terms that `word` is, as it stands.
fn known(patterns: &Patterns, word: &str) -> Vec<u16> {
    let reference = is_reference(word).then_some((REFERENCE, false));
    [Some((stem(word).as_str(), false)), Some((word, true)), reference]
        .into_iter()
        .flatten()
        .filter_map(|(key, exact)| patterns.find_term(key, exact))
        .collect()
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
        let near = |right: &String| is_slip(word, right);
        if !term.exact && (term.words.iter().any(near) || is_slip(&stem, &term.key)) {
            out.push(number as u16);
        }
    }
    out
}

/// Whether `typed` is `right` but for as many slips as its length forgives.
fn is_slip(typed: &str, right: &str) -> bool {
    let limit = match typed.len().min(right.len()) {
        TWO_SLIPS.. => 2,
        ONE_SLIP.. => 1,
        _ => return false,
    };
    let (a, b) = (typed.as_bytes(), right.as_bytes());
    let first = a[0] == b[0] || (a[0] == b[1] && a[1] == b[0]);
    first && a.len().abs_diff(b.len()) <= 4 && edit_distance(typed, right, limit).is_some()
}

/// Whether `word` would be taken for a slip of some trigger word, or for two
/// of them joined.
#[cfg(feature = "build")]
pub(crate) fn is_confusable(patterns: &Patterns, word: &str) -> bool {
    !is_stop(word)
        && known(patterns, word).is_empty()
        && (joined(patterns, word).is_some() || !slips(patterns, word).is_empty())
}

/// The terms of two words that were typed as one ("gasleak").
fn joined(patterns: &Patterns, word: &str) -> Option<(Vec<u16>, Vec<u16>)> {
    /// Letters that each half must have; shorter ones are found in any word.
    const HALF: usize = 3;
    if !word.is_ascii() || word.len() < 2 * HALF {
        return None;
    }
    (HALF..=word.len() - HALF).find_map(|cut| {
        let (left, right) = word.split_at(cut);
        // "Therapist" is not "the rapist".
        if is_stop(left) || is_stop(right) {
            return None;
        }
        let (left, right) = (known(patterns, left), known(patterns, right));
        (!left.is_empty() && !right.is_empty()).then_some((left, right))
    })
}
