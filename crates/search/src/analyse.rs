//! From a question to weighted terms: which of the site's words each word of
//! the question may stand for.

use doorstep_index::Index;
use doorstep_text::{
    fold, is_negation, is_question_word, is_stop, normalise, other_spelling, stem, words,
};
use fst::{IntoStreamer, Streamer};

use crate::synonyms::{self, Also, Key};
use crate::typo;

/// How a word of the question was found on the site.
#[derive(Clone, Debug, PartialEq)]
pub(crate) enum Source {
    /// As typed, or another inflection of it.
    Known,
    /// As the site spells it.
    Corrected(String),
    /// As the words it is made of, or the longer word that it begins.
    Compound(String),
    /// Only as words that mean the same.
    Synonym,
    /// Not at all.
    Unknown,
}

/// A term that a word may stand for, and how surely, 0 to 1.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(crate) struct Sense {
    pub(crate) term: u32,
    pub(crate) weight: f32,
    /// 0 for the word itself. The words of a synonym share a number, beside
    /// one another, and mean it only together.
    pub(crate) synonym: u32,
}

impl Sense {
    fn own(term: u32, weight: f32) -> Sense {
        Sense { term, weight, synonym: 0 }
    }
}

/// A word of the question.
#[derive(Clone, Debug, PartialEq)]
pub(crate) struct Word {
    pub(crate) typed: String,
    /// Inverse document frequency, times what kind of word it is: its share
    /// in the question.
    pub(crate) weight: f32,
    /// Inverse document frequency on this site.
    pub(crate) idf: f32,
    /// 1 for a word of the question, less for one of an earlier turn.
    pub(crate) share: f32,
    pub(crate) stop: bool,
    /// Only makes the sentence a question; says nothing of a title.
    pub(crate) asking: bool,
    pub(crate) source: Source,
    pub(crate) senses: Vec<Sense>,
    /// The phrase that begins here and was looked for in other words too.
    pub(crate) also: Option<Also>,
}

impl Word {
    /// What it most likely stands for.
    fn term(&self) -> Option<u32> {
        let known = self.source != Source::Unknown;
        self.senses.first().filter(|_| known).map(|s| s.term)
    }

    /// The senses of the word itself one by one, then those of each synonym,
    /// which mean it together.
    pub(crate) fn meanings(&self) -> impl Iterator<Item = &[Sense]> {
        self.senses.chunk_by(|a, b| a.synonym > 0 && a.synonym == b.synonym)
    }
}

/// Whether a word is one of English that the site does not use.
pub(crate) type English<'a> = &'a dyn Fn(&str) -> bool;

/// The words of a question, in order, each once. `english` tells the words
/// that are no slips though the site does not use them.
pub(crate) fn analyse(index: &Index, question: &str, english: English<'_>) -> Vec<Word> {
    let question = normalise(question);
    let folded: Vec<String> = words(&question).map(fold).filter(|w| !w.is_empty()).collect();
    let mut out: Vec<Word> = Vec::with_capacity(folded.len());
    let mut keys: Vec<Key> = Vec::with_capacity(folded.len());
    // Of each word of the question, its place in `out`.
    let mut places: Vec<usize> = Vec::with_capacity(folded.len());
    for (at, word) in folded.iter().enumerate() {
        let place = out.iter().position(|w| w.typed == *word).unwrap_or(out.len());
        places.push(place);
        if place == out.len() {
            let strange = |text: &str| index.thesaurus().strange(text);
            let (stem, form) = (strange(&stem(word)), strange(&["=", word].concat()));
            let next = folded.get(at + 1).map(String::as_str);
            let found = look_up(index, word, next, stem.or(form).is_some(), english);
            keys.push(Key { term: found.term(), stem, form });
            out.push(found);
        }
    }
    // As it stands, and "my bin hasn't been emptied" as bin, not, emptied; but
    // "a bus or a pass" is no bus pass.
    let not = Key { term: known(index, "not"), stem: index.thesaurus().strange("not"), form: None };
    let mut readings = [Vec::new(), Vec::new()];
    for (at, &place) in places.iter().enumerate() {
        readings[0].push((at, keys[place]));
        let negation = is_negation(&out[place].typed);
        let joins = matches!(out[place].typed.as_str(), "and" | "or" | "but");
        if negation || joins || !out[place].stop {
            readings[1].push((at, if negation { not } else { keys[place] }));
        }
    }
    for known in synonyms::known(index, &readings) {
        let phrase: Vec<usize> = known.places.iter().map(|&at| places[at]).collect();
        add_synonyms(index, &mut out, &phrase, known.group);
    }
    for (word, key) in out.iter_mut().zip(&keys) {
        // What the thesaurus knows only in another phrase.
        let strange = key.stem.or(key.form).is_some();
        if strange && word.source == Source::Unknown && !word.stop {
            find_unknown(index, &word.typed.clone(), english, word);
        }
        let found = word.meanings().map(|senses| synonyms::found(index, senses)).max();
        word.idf = idf(found.unwrap_or(0), index.record_count());
        word.weight = if word.stop { STOP_SHARE * word.idf.min(STOP_MOST) } else { word.idf };
    }
    out
}

/// What a synonym counts against the word itself: by a sweep from .5 to 1 over
/// the retrieval sets, the project's own questions and the ranker's, of which
/// all from .5 to .7 are level and more costs one-word questions.
const SYNONYM: f32 = 0.6;

/// Gives the words of a phrase (their places) what the group means by it: each
/// stands for the whole of it, as a record with the synonym has all that was
/// asked.
fn add_synonyms(index: &Index, words: &mut [Word], phrase: &[usize], group: u32) {
    let typed: Vec<String> = phrase.iter().map(|&place| words[place].typed.clone()).collect();
    let said: Vec<Option<u32>> = phrase.iter().map(|&place| words[place].term()).collect();
    let mut also = Vec::new();
    for member in synonyms::sought(index, group) {
        let terms = synonyms::terms(index, member);
        if terms.iter().map(|&term| Some(term)).eq(said.iter().copied()) {
            continue;
        }
        also.push(index.phrase(member));
        for &place in phrase {
            let word = &mut words[place];
            // Where the synonym has the word itself, that counts already; and
            // a word that is said twice may have it.
            let has = |s: &Sense| s.synonym == 0 && terms.contains(&s.term);
            let counts = word.senses.iter().any(has)
                || word.meanings().any(|m| m.iter().map(|s| s.term).eq(terms.iter().copied()));
            if word.stop || counts {
                continue;
            }
            let synonym = word.senses.last().map_or(0, |s| s.synonym) + 1;
            word.senses.extend(terms.iter().map(|&term| Sense { term, weight: SYNONYM, synonym }));
            if word.source == Source::Unknown {
                word.source = Source::Synonym;
            }
        }
    }
    if !also.is_empty() {
        let owner = index.thesaurus().owner(group).to_owned();
        words[phrase[0]].also = Some(Also { typed: typed.join(" "), sought: also, owner });
    }
}

/// Adds the words of earlier turns to those of a question, each turn back
/// counting less; words of the question itself gain nothing.
pub(crate) fn add_context(
    index: &Index,
    words: &mut Vec<Word>,
    context: &[String],
    english: English<'_>,
) {
    let mut share = CONTEXT;
    for turn in context.iter().rev().take(TURNS) {
        for mut word in analyse(index, turn, english) {
            if word.stop || words.iter().any(|w| w.typed == word.typed) {
                continue;
            }
            word.weight *= share;
            word.share = share;
            words.push(word);
        }
        share *= FADE;
    }
}

/// What a word of the turn before counts, and what is left of it for each
/// turn further back; turns beyond the last are forgotten. By sweeps on
/// doc2dial's later turns, against questions of another topic after one of the
/// project's own: more than this and the old topic wins.
pub(crate) const CONTEXT: f32 = 0.5;
pub(crate) const FADE: f32 = 0.95;
const TURNS: usize = 8;

/// Inverse document frequency of a term that stands in `found` of `all`
/// records; never negative.
///
/// Robertson and Spärck Jones' weight with one added inside the logarithm, as
/// Lucene writes it (doi:10.1561/1500000019, section 3).
pub(crate) fn idf(found: usize, all: u32) -> f32 {
    let (found, all) = (found as f32, all as f32);
    (1.0 + (all - found + 0.5).max(0.0) / (found + 0.5)).ln()
}

/// What the site has of a word, or near it; `strange` words are left for the
/// thesaurus.
fn look_up(
    index: &Index,
    word: &str,
    next: Option<&str>,
    strange: bool,
    english: English<'_>,
) -> Word {
    let stop = is_stop(word);
    let mut out = Word {
        typed: word.to_owned(),
        weight: 0.0,
        idf: 0.0,
        share: 1.0,
        stop,
        asking: is_question_word(word),
        source: Source::Known,
        senses: Vec::new(),
        also: None,
    };
    let other = if stop { None } else { other_spelling(word) };
    for term in [Some(word), other.as_deref()].into_iter().flatten().filter_map(|w| known(index, w))
    {
        if out.senses.iter().all(|s| s.term != term) {
            out.senses.push(Sense::own(term, 1.0));
        }
    }
    if out.senses.is_empty() {
        if stop || strange {
            out.source = Source::Unknown;
        } else {
            find_unknown(index, word, english, &mut out);
        }
    }
    if let Some(next) = next
        && !stop
        && let Some(term) = known(index, &format!("{word}{next}"))
    {
        out.senses.push(Sense::own(term, JOINED));
    }
    out
}

/// The commonest word of the site that `word` is the beginning of, and its
/// term: an unfinished word, or one that people clip ("info").
fn longer(index: &Index, word: &str) -> Option<(u32, u32)> {
    if word.chars().count() < CLIPPED || word.bytes().any(|b| b.is_ascii_digit()) {
        return None;
    }
    let mut best: Option<(usize, u32, u32)> = None;
    let mut words = index.words().range().ge(word).into_stream();
    while let Some(key) = words.next().filter(|key| key.starts_with(word.as_bytes())) {
        let found = std::str::from_utf8(key).ok().and_then(|w| index.word(w));
        let Some(found) = found else { continue };
        let Some(term) = index.postings().term_of(found) else { continue };
        let count = documents(index, term);
        if best.is_none_or(|(most, ..)| count > most) {
            best = Some((count, found, term));
        }
    }
    best.map(|(_, found, term)| (found, term))
}

/// Letters of a word that may be the beginning of another, at least; what the
/// other counts.
const CLIPPED: usize = 4;
const LONGER: f32 = 0.7;

/// What a joined pair counts against its two words.
const JOINED: f32 = 0.8;
/// What a stop word counts against another word of the same rarity, and the
/// rarity beyond which it counts no more: a site without "thanks" in it is not
/// asked about thanks.
const STOP_SHARE: f32 = 0.3;
const STOP_MOST: f32 = 0.8;

/// The term of a folded word, or of another with its stem.
pub(crate) fn known(index: &Index, word: &str) -> Option<u32> {
    let postings = index.postings();
    index
        .word(word)
        .and_then(|w| postings.term_of(w))
        .or_else(|| postings.term_of_stem(&stem(word)))
}

/// Records in which a term stands, its pages' titles included.
pub(crate) fn documents(index: &Index, term: u32) -> usize {
    let postings = index.postings();
    postings.records(term).len().max(postings.pages(term).len())
}

/// Corrections, splits and longer words for a word that the site does not
/// have.
fn find_unknown(index: &Index, word: &str, english: English<'_>, out: &mut Word) {
    let near = if english(word) { Vec::new() } else { typo::near(index, word) };
    if let Some((first, second)) = split(index, word) {
        // A compound is right more often than a correction of two edits.
        if near.first().is_none_or(|n| n.cost > 0.9) {
            out.source = Source::Compound(format!("{first} {second}"));
            let halves = [first, second].map(|half| known(index, half));
            out.senses.extend(halves.into_iter().flatten().map(|term| Sense::own(term, 0.9)));
            return;
        }
    }
    if near.is_empty() {
        out.source = match longer(index, word) {
            Some((longer, term)) => {
                out.senses.push(Sense::own(term, LONGER));
                Source::Compound(index.word_text(longer).to_owned())
            }
            None => Source::Unknown,
        };
        return;
    }
    let all = index.record_count();
    // Likelier: fewer slips, and words that the site uses more.
    let mut scored: Vec<(f32, u32, u32)> = Vec::with_capacity(near.len());
    for n in &near {
        let Some(term) = index.postings().term_of(n.word) else { continue };
        let common = 1.0 - idf(documents(index, term), all) / idf(0, all).max(0.01);
        scored.push((n.cost - 0.8 * common, n.word, term));
    }
    scored.sort_by(|a, b| a.0.total_cmp(&b.0).then(a.1.cmp(&b.1)));
    let Some(&(best, meant, _)) = scored.first() else { return };
    out.source = Source::Corrected(index.word_text(meant).to_owned());
    for (cost, _, term) in scored {
        if cost > best + 0.7 || out.senses.len() == MOST_CORRECTIONS {
            break;
        }
        if out.senses.iter().all(|s| s.term != term) {
            let weight = (0.9 - 0.15 * cost.max(0.0)) * (best - cost).exp();
            out.senses.push(Sense::own(term, weight.clamp(0.2, 1.0)));
        }
    }
}

/// Corrections of one word that are searched.
const MOST_CORRECTIONS: usize = 4;

/// The two words of the site that `word` is made of, the most even split
/// first; each has at least three letters.
fn split<'a>(index: &Index, word: &'a str) -> Option<(&'a str, &'a str)> {
    let mut best: Option<(usize, (&str, &str))> = None;
    for (at, _) in word.char_indices().skip(3) {
        let (a, b) = word.split_at(at);
        if b.chars().count() < 3 || is_stop(a) || is_stop(b) {
            continue;
        }
        let (Some(ta), Some(tb)) = (known(index, a), known(index, b)) else { continue };
        let common = documents(index, ta).min(documents(index, tb));
        if best.is_none_or(|(c, _)| common > c) {
            best = Some((common, (a, b)));
        }
    }
    best.map(|(_, halves)| halves)
}
