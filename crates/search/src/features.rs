//! What the ranker looks at: a handful of numbers for each candidate, free of
//! the site's and the question's scale.

use doorstep_index::Index;

use crate::analyse::{Word, documents, idf};
use crate::score::Scores;
use crate::semantic::{Meaning, Nearness, Semantic};

/// Numbers for one candidate, in the order of [`NAMES`].
pub(crate) type Features = [f32; NAMES.len()];

/// What each number is. "Share" is of the most that the question could reach.
pub(crate) const NAMES: [&str; 13] = [
    "section",       // BM25F over all fields, against the best candidate
    "page",          // BM25 of the page, against the best
    "heading",       // BM25 over title and heading, against the best
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

/// Where "covered" stands in [`NAMES`].
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
    pub(crate) meaning: Option<(&'a Semantic, Meaning)>,
}

impl Question<'_> {
    /// The features of each candidate.
    pub(crate) fn features(&self, candidates: &[u32]) -> Vec<Features> {
        let asked: f32 = self.words.iter().map(|w| w.weight).sum::<f32>().max(1e-6);
        let mut rows: Vec<Features> = candidates
            .iter()
            .map(|&record| {
                let page = self.index.page_of(record);
                let e = &self.scores.records[record as usize];
                let p = &self.scores.pages[page as usize];
                let pairs = self.pairs(record, page);
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
        for column in 0..3 {
            let best = rows.iter().map(|r| r[column]).fold(1e-6, f32::max);
            for row in &mut rows {
                row[column] /= best;
            }
        }
        rows
    }

    /// Nearness in meaning, none without vectors.
    pub(crate) fn nearness(&self, record: u32, page: u32) -> Nearness {
        let near = self.meaning.as_ref().map(|(s, q)| s.nearness(q, record, page));
        near.unwrap_or_default()
    }

    fn asks_for(&self, term: u32) -> f32 {
        let senses = self.words.iter().flat_map(|w| &w.senses);
        senses.filter(|s| s.term == term).map(|s| s.weight).fold(0.0, f32::max)
    }

    /// How much of the title of `page` the question names.
    fn title_told(&self, page: u32) -> f32 {
        self.told(&mut self.index.title_words(page))
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
    /// the text.
    fn pairs(&self, record: u32, page: u32) -> (f32, f32) {
        let asked: Vec<usize> = (0..self.words.len()).filter(|&i| !self.words[i].stop).collect();
        let all: f32 = asked.windows(2).map(|p| self.pair_weight(p)).sum();
        if all <= 0.0 {
            return (0.0, 0.0);
        }
        let heading = self.index.title_words(page).chain(self.index.section_words(record));
        (
            self.pairs_in(&asked, heading) / all,
            self.pairs_in(&asked, self.index.body_words(record)) / all,
        )
    }

    fn pair_weight(&self, pair: &[usize]) -> f32 {
        self.words[pair[0]].weight.min(self.words[pair[1]].weight)
    }

    fn pairs_in(&self, asked: &[usize], text: impl Iterator<Item = u32>) -> f32 {
        let mut found = vec![false; asked.len()];
        // Places in `asked` of the last two words of the text.
        let mut last = [usize::MAX; 2];
        for word in text {
            let term = self.index.postings().term_of(word);
            let here = asked
                .iter()
                .position(|&i| self.words[i].senses.iter().any(|s| Some(s.term) == term))
                .unwrap_or(usize::MAX);
            if here != usize::MAX {
                for before in last.into_iter().filter(|&b| b != usize::MAX) {
                    if before.abs_diff(here) == 1 {
                        found[before.min(here)] = true;
                    }
                }
            }
            last = [last[1], here];
        }
        let pairs = asked.windows(2).zip(&found);
        pairs.filter(|(_, found)| **found).map(|(pair, _)| self.pair_weight(pair)).sum()
    }
}
