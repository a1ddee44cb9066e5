//! What the ranker looks at: a handful of numbers for each candidate, free of
//! the site's and the question's scale.

use doorstep_index::Index;

use crate::analyse::{Word, documents, idf};
use crate::score::Scores;
use crate::semantic::{Meaning, Meanings, Nearness};

/// Numbers for one candidate, in the order of [`NAMES`].
pub(crate) type Features = [f32; NAMES.len()];

/// What each number is. "Share" is of the most that the question could reach.
pub(crate) const NAMES: [&str; 13] = [
    "section",       // BM25F over all fields, against the best candidate (`one_scale`)
    "page",          // BM25 of the page, likewise
    "heading",       // BM25 over title and heading, likewise
    "covered",       // weight of the words that the record has, share
    "page covered",  // weight of the words that the page has, share
    "title told",    // share of the title's weight that the question has
    "heading told",  // share of the heading's weight that the question has
    "heading pairs", // neighbours in the question that are in title or heading
    "body pairs",    // neighbours in the question that are in the text
    "near text",     // cosine with the text
    "near heading",  // cosine with title and heading
    "near title",    // cosine with the title
    "near page",     // cosine with the page
];

/// Where the word scores and "covered" stand in [`NAMES`].
const SECTION: usize = 0;
const PAGE: usize = 1;
const HEADING: usize = 2;
pub(crate) const COVERED: usize = 3;

/// Words of a question that are not stop words.
pub(crate) fn content(words: &[Word]) -> f32 {
    words.iter().filter(|w| !w.stop).count() as f32
}

/// What the features of one question are worked out from.
pub(crate) struct Question<'a> {
    pub(crate) index: &'a Index,
    pub(crate) words: &'a [Word],
    pub(crate) scores: &'a Scores,
    /// The vectors, and the question's.
    pub(crate) meaning: Option<(&'a Meanings, Meaning)>,
    /// Of each term, the place from 1 of the first word that asks for it,
    /// among those that are no stop words; [`STOP`] if only a stop word does,
    /// 0 if none.
    places: Vec<u16>,
    /// Weight of each two neighbours among the words that are no stop words.
    pairs: Vec<f32>,
}

/// See [`Question::places`].
const STOP: u16 = u16::MAX;

/// Puts the word scores of all candidates on one scale: a share of the best,
/// times what share of the question any record has (`covered`), or of headings
/// any title and heading. Where no record has more than a word or two of a long
/// story, words tell little and meaning decides.
fn one_scale(rows: &mut [Features], headings_covered: f32) {
    let most = |column: usize| rows.iter().map(|row| row[column]).fold(1e-6, f32::max);
    let covered = most(COVERED);
    let scales = [covered / most(SECTION), covered / most(PAGE), headings_covered / most(HEADING)];
    for row in rows {
        for (value, scale) in row.iter_mut().zip(scales) {
            *value *= scale;
        }
    }
}

impl<'a> Question<'a> {
    pub(crate) fn new(
        index: &'a Index,
        words: &'a [Word],
        scores: &'a Scores,
        meaning: Option<(&'a Meanings, Meaning)>,
    ) -> Question<'a> {
        let mut places = vec![0; index.postings().terms() as usize];
        let mut mark = |word: &Word, place: u16| {
            for sense in &word.senses {
                let marked = &mut places[sense.term as usize];
                if *marked == 0 {
                    *marked = place;
                }
            }
        };
        let asked = || words.iter().filter(|w| !w.stop);
        asked().zip(1..STOP).for_each(|(word, place)| mark(word, place));
        words.iter().filter(|w| w.stop).for_each(|word| mark(word, STOP));
        let pairs = asked().zip(asked().skip(1)).map(|(a, b)| a.weight.min(b.weight)).collect();
        Question { index, words, scores, meaning, places, pairs }
    }

    /// The features of each candidate.
    pub(crate) fn features(&self, candidates: &[u32]) -> Vec<Features> {
        let asked: f32 = self.words.iter().map(|w| w.weight).sum::<f32>().max(1e-6);
        let mut found = vec![false; self.pairs.len()];
        let mut rows: Vec<Features> = candidates
            .iter()
            .map(|&record| {
                let page = self.index.page_of(record);
                let e = &self.scores.records[record as usize];
                let p = &self.scores.pages[page as usize];
                let pairs = self.pairs(record, page, &mut found);
                let near = self.nearness(record, page);
                [
                    e.section,
                    p.page,
                    e.heading,
                    e.covered / asked,
                    p.covered / asked,
                    self.title_told(page),
                    self.heading_told(record),
                    pairs.0,
                    pairs.1,
                    near.text,
                    near.heading,
                    near.title,
                    near.page,
                ]
            })
            .collect();
        let covered = |&record: &u32| self.scores.records[record as usize].heading_covered;
        let headings_covered = candidates.iter().map(covered).fold(0.0, f32::max);
        one_scale(&mut rows, headings_covered / asked);
        rows
    }

    /// Nearness in meaning, none without vectors.
    pub(crate) fn nearness(&self, record: u32, page: u32) -> Nearness {
        let near = self.meaning.as_ref().map(|(s, q)| s.nearness(q, record, page));
        near.unwrap_or_default()
    }

    fn asks_for(&self, term: u32) -> f32 {
        if self.places[term as usize] == 0 {
            return 0.0;
        }
        let senses = self.words.iter().flat_map(|w| &w.senses);
        senses.filter(|s| s.term == term).map(|s| s.weight).fold(0.0, f32::max)
    }

    /// How much of the title of `page` the question names, or of that of its
    /// other names of which it names most.
    fn title_told(&self, page: u32) -> f32 {
        let told = self.index.names(page).map(|mut words| self.told(&mut words));
        told.fold(0.0, f32::max)
    }

    /// How much of the heading of `record` the question names.
    pub(crate) fn heading_told(&self, record: u32) -> f32 {
        self.told(&mut self.index.section_words(record))
    }

    fn told(&self, words: &mut dyn Iterator<Item = u32>) -> f32 {
        let (mut told, mut all) = (0.0, 0.0);
        for term in words.filter_map(|w| self.index.postings().term_of(w)) {
            let weight = idf(documents(self.index, term), self.index.record_count());
            all += weight;
            told += weight * self.asks_for(term);
        }
        if all > 0.0 { told / all } else { 0.0 }
    }

    /// Share of the question's neighbouring words that stand side by side, in
    /// either order and at most one word apart, in title and heading, and in
    /// the text. `found` is room for a mark a pair.
    fn pairs(&self, record: u32, page: u32, found: &mut [bool]) -> (f32, f32) {
        let all: f32 = self.pairs.iter().sum();
        if all <= 0.0 {
            return (0.0, 0.0);
        }
        let heading = self.index.title_words(page).chain(self.index.section_words(record));
        let heading = self.pairs_in(heading, found) / all;
        (heading, self.pairs_in(self.index.body_words(record), found) / all)
    }

    fn pairs_in(&self, text: impl Iterator<Item = u32>, found: &mut [bool]) -> f32 {
        found.fill(false);
        // Places of the last two words of the text.
        let mut last = [0, 0];
        for word in text {
            let term = self.index.postings().term_of(word);
            let here = term.map_or(0, |term| self.places[term as usize]);
            let here = if here == STOP { 0 } else { here };
            if here > 0 {
                for before in last {
                    if before > 0 && here.abs_diff(before) == 1 {
                        found[usize::from(here.min(before)) - 1] = true;
                    }
                }
            }
            last = [last[1], here];
        }
        self.pairs.iter().zip(found).filter(|(_, found)| **found).map(|(weight, _)| weight).sum()
    }
}
