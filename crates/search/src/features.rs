//! What the ranker looks at: a handful of numbers for each candidate, free of
//! the site's and the question's scale.

use doorstep_index::Index;

use crate::analyse::{Source, Word, documents, idf};
use crate::score::Scores;
use crate::semantic::{Meaning, Semantic};

/// Numbers for one candidate, in the order of [`NAMES`].
pub(crate) type Features = [f32; NAMES.len()];

/// What each number is. "Share" is of the most that the question could reach.
pub(crate) const NAMES: [&str; 18] = [
    "section",         // BM25F over all fields, share
    "section best",    // the same, against the best candidate
    "page",            // BM25 of the page, share
    "page best",       // against the best candidate's page
    "heading best",    // BM25 over title and heading, against the best
    "body best",       // BM25 over the text, against the best
    "covered",         // weight of the words that the record has, share
    "page covered",    // weight of the words that the page has, share
    "heading covered", // weight of the words in title or heading, share
    "title covered",   // weight of the words in the title, share
    "title told",      // share of the title's weight that the question has
    "heading told",    // share of the heading's weight that the question has
    "heading pairs",   // neighbours in the question that are in title or heading
    "body pairs",      // neighbours in the question that are in the text
    "near text",       // cosine with the text
    "near heading",    // cosine with title and heading
    "near title",      // cosine with the title
    "near page",       // cosine with the page
];

/// What a question and its site are like, whatever the candidate.
#[derive(Clone, Copy, Debug, Default)]
pub(crate) struct Numbers {
    /// Words that are not stop words.
    pub(crate) content: f32,
    pub(crate) words: f32,
    /// Share of the question's weight in words that the site does not have.
    pub(crate) unknown: f32,
    /// Words that were corrected.
    pub(crate) corrected: f32,
    /// How much titles, and headings, tell on this site, 0 to 1.
    pub(crate) titles: f32,
    pub(crate) headings: f32,
}

impl Numbers {
    pub(crate) fn of(words: &[Word], titles: f32, headings: f32) -> Numbers {
        let count = |want: fn(&&Word) -> bool| words.iter().filter(want).count() as f32;
        let weight =
            |want: fn(&&Word) -> bool| words.iter().filter(want).map(|w| w.weight).sum::<f32>();
        Numbers {
            content: count(|w| !w.stop),
            words: words.len() as f32,
            unknown: weight(|w| w.senses.is_empty()) / weight(|_| true).max(1e-6),
            corrected: count(|w| matches!(w.source, Source::Corrected(_))),
            titles,
            headings,
        }
    }

    /// Length of the question, 0 to 1: from eight words on it does not matter.
    pub(crate) fn length(&self) -> f32 {
        self.content.min(8.0) / 8.0
    }
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
        // BM25's term frequency part tends to K1 + 1.
        let most = asked * 2.2;
        let mut rows: Vec<Features> = candidates
            .iter()
            .map(|&record| {
                let page = self.index.page_of(record);
                let e = &self.scores.records[record as usize];
                let p = &self.scores.pages[page as usize];
                let told = self.told(record, page);
                let pairs = self.pairs(record, page);
                let near = self.meaning.as_ref().map(|(s, q)| s.nearness(q, record, page));
                let near = near.unwrap_or_default();
                [
                    e.section / most,
                    e.section,
                    p.page / most,
                    p.page,
                    e.heading,
                    e.body,
                    e.covered / asked,
                    p.covered / asked,
                    e.heading_covered / asked,
                    p.title_covered / asked,
                    told.0,
                    told.1,
                    pairs.0,
                    pairs.1,
                    near.text,
                    near.heading,
                    near.title,
                    near.page,
                ]
            })
            .collect();
        for column in [1, 3, 4, 5] {
            let best = rows.iter().map(|r| r[column]).fold(1e-6, f32::max);
            for row in &mut rows {
                row[column] /= best;
            }
        }
        rows
    }

    fn asks_for(&self, term: u32) -> f32 {
        let senses = self.words.iter().flat_map(|w| &w.senses);
        senses.filter(|s| s.term == term).map(|s| s.weight).fold(0.0, f32::max)
    }

    /// How much of the title, and of the heading, the question names.
    fn told(&self, record: u32, page: u32) -> (f32, f32) {
        let share = |words: &mut dyn Iterator<Item = u32>| {
            let (mut told, mut all) = (0.0, 0.0);
            for term in words.filter_map(|w| self.index.postings().term_of(w)) {
                let weight = idf(documents(self.index, term), self.index.record_count());
                all += weight;
                told += weight * self.asks_for(term);
            }
            if all > 0.0 { told / all } else { 0.0 }
        };
        (share(&mut self.index.title_words(page)), share(&mut self.index.section_words(record)))
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
