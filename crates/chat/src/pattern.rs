//! Patterns: words that must stand near each other.
//!
//! ```text
//! smell gas              both words, in any order, at most 8 words in all
//! smell|stink gas        one of several words
//! @child hit|beat        a word of the group named "child"
//! nowhere_to_sleep       these words one after the other
//! =gas                   this very word: no ending, no slip of the finger
//! smell gas !@engineer   and no such word anywhere in the question
//! smell gas ~12          at most 12 words in all
//! ```
//!
//! Words match by stem ("smelling") and, from five letters on, in spite of a
//! slip of the finger ("smeling"). All patterns of one assistant are compiled
//! together into a [`Patterns`], so that each word of a question is looked up
//! once.

use doorstep_text::{fold, stem};

use crate::data::Group;

/// Words that a pattern's words may spread over, if it does not say.
const WINDOW: u8 = 8;

/// Number of a compiled pattern.
pub(crate) type PatternId = u16;
/// Number of a compiled set of alternatives.
pub(crate) type SetId = u16;

/// A word of some pattern.
#[derive(Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(crate) struct Term {
    /// The stem, or the folded word for `=word`.
    pub(crate) key: String,
    /// Whether only the very word counts.
    pub(crate) exact: bool,
    /// As patterns spell it: "abuse" and "abusive" have one stem.
    pub(crate) words: Vec<String>,
}

/// Alternatives, of which one must match.
#[derive(Debug, Default)]
pub(crate) struct Set {
    /// How the pattern writes them.
    source: String,
    /// Numbers of terms, each alone.
    pub(crate) words: Vec<u16>,
    /// Numbers of terms one after the other.
    pub(crate) phrases: Vec<Vec<u16>>,
}

/// A compiled pattern.
#[derive(Debug, Default)]
pub(crate) struct Pattern {
    /// Sets that must match, each on words of its own.
    pub(crate) need: Vec<SetId>,
    /// Sets that must not match anywhere.
    pub(crate) never: Vec<SetId>,
    /// Words that the matches may spread over.
    pub(crate) window: usize,
}

/// Why a pattern does not compile: what is wrong, and with which word.
#[derive(Debug, PartialEq, Eq)]
pub struct PatternError(pub String);

/// All patterns of one assistant.
#[derive(Debug, Default)]
pub(crate) struct Patterns {
    pub(crate) terms: Vec<Term>,
    pub(crate) sets: Vec<Set>,
    pub(crate) all: Vec<Pattern>,
    /// Numbers of the terms, in the order of their keys.
    by_key: Vec<u16>,
    /// Numbers of the sets, in the order of how they are written.
    by_source: Vec<SetId>,
    /// For each term, the sets that it is in by itself.
    pub(crate) alone_in: Vec<Vec<SetId>>,
    /// For each term, the phrases that begin with it: set and place in it.
    pub(crate) begins: Vec<Vec<(SetId, u16)>>,
    groups: Vec<Group>,
}

/// How deep groups may call groups.
const DEPTH: u8 = 4;

impl Patterns {
    /// No patterns yet, and the groups that they may call.
    pub(crate) fn new(groups: &[Group]) -> Patterns {
        Patterns { groups: groups.to_vec(), ..Patterns::default() }
    }

    /// Compiles `source` and gives its number.
    pub(crate) fn add(&mut self, source: &str) -> Result<PatternId, PatternError> {
        let mut pattern = Pattern { window: usize::from(WINDOW), ..Pattern::default() };
        for word in source.split_whitespace() {
            if let Some(number) = word.strip_prefix('~') {
                pattern.window = number.parse().map_err(|_| {
                    PatternError(["expected a number of words after \"~\": ", word].concat())
                })?;
            } else if let Some(never) = word.strip_prefix('!') {
                let set = self.set(never)?;
                pattern.never.push(set);
            } else {
                let set = self.set(word)?;
                pattern.need.push(set);
            }
        }
        if pattern.need.is_empty() {
            return Err(PatternError("expected a word that must match".to_owned()));
        }
        self.all.push(pattern);
        Ok((self.all.len() - 1) as PatternId)
    }

    /// The set written `source`, compiled once.
    pub(crate) fn set(&mut self, source: &str) -> Result<SetId, PatternError> {
        let place =
            self.by_source.binary_search_by(|&s| self.sets[s as usize].source.as_str().cmp(source));
        if let Ok(at) = place {
            return Ok(self.by_source[at]);
        }
        let mut set = Set { source: source.to_owned(), ..Set::default() };
        self.fill(&mut set, source, DEPTH)?;
        if set.words.is_empty() && set.phrases.is_empty() {
            return Err(PatternError(["expected words in ", source].concat()));
        }
        set.words.sort_unstable();
        set.words.dedup();
        let id = self.sets.len() as SetId;
        for &word in &set.words {
            self.alone_in[word as usize].push(id);
        }
        for (at, phrase) in set.phrases.iter().enumerate() {
            self.begins[phrase[0] as usize].push((id, at as u16));
        }
        self.sets.push(set);
        // Nothing was added by `fill` but terms, so the place still holds.
        let (Ok(at) | Err(at)) = place;
        self.by_source.insert(at, id);
        Ok(id)
    }

    fn fill(&mut self, set: &mut Set, source: &str, depth: u8) -> Result<(), PatternError> {
        for alternative in source.split(['|', ' ', '\n']).filter(|a| !a.is_empty()) {
            if let Some(name) = alternative.strip_prefix('@') {
                let Some(group) = self.groups.iter().find(|g| g.name == name) else {
                    return Err(PatternError(
                        ["no group is named \"", name, "\"; add it under [groups]"].concat(),
                    ));
                };
                if depth == 0 {
                    return Err(PatternError(["group @", name, " calls itself"].concat()));
                }
                let words = group.words.clone();
                self.fill(set, &words, depth - 1)?;
                continue;
            }
            let exact = alternative.starts_with('=');
            let terms: Vec<u16> = alternative
                .trim_start_matches('=')
                .split('_')
                .filter(|w| !w.is_empty())
                .map(|w| self.term(w, exact))
                .collect();
            match terms[..] {
                [] => return Err(PatternError(["no word in ", source].concat())),
                [one] => set.words.push(one),
                _ => set.phrases.push(terms),
            }
        }
        Ok(())
    }

    /// The number of a term.
    fn term(&mut self, word: &str, exact: bool) -> u16 {
        let word = fold(word);
        let key = if exact { word.clone() } else { stem(&word) };
        let place = self.by_key.binary_search_by(|&t| {
            let term = &self.terms[t as usize];
            (term.key.as_str(), term.exact).cmp(&(key.as_str(), exact))
        });
        match place {
            Ok(at) => {
                let id = self.by_key[at];
                let words = &mut self.terms[id as usize].words;
                if !words.contains(&word) {
                    words.push(word);
                }
                id
            }
            Err(at) => {
                let id = self.terms.len() as u16;
                self.terms.push(Term { key, exact, words: vec![word] });
                self.alone_in.push(Vec::new());
                self.begins.push(Vec::new());
                self.by_key.insert(at, id);
                id
            }
        }
    }

    /// The number of the term with this key, if some pattern has it.
    pub(crate) fn find_term(&self, key: &str, exact: bool) -> Option<u16> {
        let place = self.by_key.binary_search_by(|&t| {
            let term = &self.terms[t as usize];
            (term.key.as_str(), term.exact).cmp(&(key, exact))
        });
        place.ok().map(|at| self.by_key[at])
    }
}
