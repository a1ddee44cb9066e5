//! The engine: an opened index and what is worked out once for all questions.

use doorstep_index::Index;

use crate::analyse::{Source, Word, add_context, analyse, known};
use crate::confidence::{Candidate, confidence};
use crate::explain::explain;
use crate::features::{COVERED, Features, Question, content};
use crate::query::{Explanation, Hit, Query, Ranking};
use crate::rank;
use crate::score::{Averages, Scores, score};
use crate::section;
use crate::semantic::{Meaning, Meanings, Semantic};

/// Ranks the records of an index for a question.
pub struct Engine {
    index: Index,
    averages: Averages,
    semantic: Option<Semantic>,
}

/// Hits of a ranking at most.
const MOST_HITS: usize = 10;
/// Records by words, pages by meaning, and records of each such page that are
/// looked at closely: beyond these, rank gains nothing on any set.
const BY_WORDS: usize = 80;
const PAGES_BY_MEANING: usize = 15;
const RECORDS_A_PAGE: usize = 4;

/// How much clearer by itself than after the turns before a question must be
/// to be taken by itself: it and the weights of the three in
/// [`Engine::search`] by regression on the same questions as
/// `analyse::CONTEXT`.
const CLEAR: f32 = 0.5;
/// How much likelier its answer must be by itself to be taken so in any case.
const SURE: f32 = 0.3;
/// Share of a question below which a page has nothing of it, and how likely
/// its own answer must be then.
const APART: f32 = 0.2;
const LIKELY: f32 = 0.6;

/// What was found for a question before it is ranked.
pub(crate) struct Looked {
    pub(crate) words: Vec<Word>,
    pub(crate) candidates: Vec<u32>,
    pub(crate) features: Vec<Features>,
    /// The section of the first page that answers best.
    pub(crate) section: Option<u32>,
}

impl Engine {
    /// An engine for `index`; one pass over its records. The first question
    /// makes another, unless [`Engine::prepare`] has.
    pub fn new(mut index: Index) -> Engine {
        let averages = Averages::of(&index);
        let semantic = index.take_vectors().map(Semantic::new);
        Engine { index, averages, semantic }
    }

    /// Works out what the records mean (one pass over the postings and their
    /// word vectors), so that the first question need not wait for it.
    pub fn prepare(&self) {
        if let Some(semantic) = &self.semantic {
            semantic.meanings(&self.index);
        }
    }

    /// The index.
    pub fn index(&self) -> &Index {
        &self.index
    }

    /// Whether a text of the site has the folded word, or one of its stem.
    pub fn has(&self, word: &str) -> bool {
        known(&self.index, word).is_some()
    }

    /// The best records for a question, best first. Never fails; the same
    /// question gives the same ranking.
    ///
    /// The turns before a question are part of it, or if there are none the
    /// title of the page it is asked on; unless it is clear by itself: a new
    /// topic is not dragged back to the old.
    pub fn search(&self, query: &Query<'_>) -> Ranking {
        let (alone, looked) = self.rank(&Query { context: &[], page: None, ..*query });
        if query.context.is_empty() && query.page.is_none() {
            return alone;
        }
        let (after, _) = self.rank(query);
        let (Some(new), Some(old)) = (alone.hits.first(), after.hits.first()) else {
            return after;
        };
        let page = self.index.page_of(old.record);
        let said = |(&record, features): (&u32, &Features)| {
            if self.index.page_of(record) == page { features[COVERED] } else { 0.0 }
        };
        let said = looked.candidates.iter().zip(&looked.features).map(said).fold(0.0, f32::max);
        let clear = log_odds(new.worth) - 2.0 * log_odds(old.worth) - 4.0 * said;
        // The old topic's page says nothing of what is asked now.
        let apart = said < APART && new.worth >= LIKELY;
        let sure = apart || new.worth - old.worth >= SURE;
        if sure || clear >= CLEAR { alone } else { after }
    }

    /// The words that `query` takes from before it.
    fn context(&self, query: &Query<'_>) -> Vec<String> {
        if !query.context.is_empty() {
            return query.context.to_vec();
        }
        let url = query.page.and_then(|url| url.split(['#', '?']).next());
        let page = self.index.pages().iter().find(|p| url.is_some_and(|u| u == p.url));
        page.map(|p| p.title.clone()).into_iter().collect()
    }

    fn rank(&self, query: &Query<'_>) -> (Ranking, Looked) {
        let looked = self.look(query);
        let scores: Vec<f32> = looked.features.iter().map(rank::score).collect();
        let best = scores.iter().copied().fold(f32::NEG_INFINITY, f32::max);
        let candidate = |((&record, features), &score)| {
            let page = self.index.page_of(record);
            (record, Candidate { page, score, mass: f32::exp(score - best), features })
        };
        let mut all: Vec<(u32, Candidate<'_>)> =
            looked.candidates.iter().zip(&looked.features).zip(&scores).map(candidate).collect();
        all.sort_by(|a, b| b.1.score.total_cmp(&a.1.score).then(a.0.cmp(&b.0)));
        let (records, all): (Vec<u32>, Vec<Candidate<'_>>) = all.into_iter().unzip();
        let hit = |(&record, candidate): (&u32, &Candidate<'_>)| {
            let (confidence, worth) = confidence(content(&looked.words), candidate, &all);
            Hit { record, score: candidate.score, confidence, worth }
        };
        let mut hits: Vec<Hit> = records.iter().zip(&all).take(MOST_HITS).map(hit).collect();
        if let Some(section) = looked.section {
            self.lead(&mut hits, section);
        }
        let mut ranking = Ranking { hits, ..Ranking::default() };
        for word in &looked.words {
            let typed = word.typed.clone();
            match &word.source {
                Source::Unknown if !word.stop => ranking.unknown.push(typed),
                Source::Corrected(meant) => ranking.corrected.push((typed, meant.clone())),
                Source::Known | Source::Compound(_) | Source::Synonym | Source::Unknown => {}
            }
        }
        (ranking, looked)
    }

    /// Gives the first place, with its score and confidence, which are the
    /// page's, to `section`; what stood there goes to the next place of the
    /// page.
    fn lead(&self, hits: &mut [Hit], section: u32) {
        let page = self.index.page_of(section);
        let there = hits.iter().position(|h| h.record == section);
        let next = hits.iter().skip(1).position(|h| self.index.page_of(h.record) == page);
        let at = there.or(next.map(|n| n + 1)).unwrap_or(0);
        if let Some(first) = hits.first().map(|h| h.record) {
            hits[at].record = first;
            hits[0].record = section;
        }
    }

    /// Candidates of a question with their features, and how many of its words
    /// are not stop words, as the script that makes the ranker's weights wants
    /// them.
    #[doc(hidden)]
    pub fn features(&self, query: &Query<'_>) -> (Vec<u32>, Vec<Vec<f32>>, f32) {
        let Looked { candidates, features, words, .. } = self.look(query);
        (candidates, features.iter().map(|r| r.to_vec()).collect(), content(&words))
    }

    /// The sections of page `page` with the numbers that choose among them, as
    /// the script that makes their weights wants them.
    #[doc(hidden)]
    pub fn sections(&self, query: &Query<'_>, page: u32) -> Vec<Vec<f32>> {
        let words = self.words(query);
        let scores = score(&self.index, &self.averages, &words);
        let meaning = self.meaning(&words);
        let question = Question::new(&self.index, &words, &scores, meaning);
        section::told(&question, page).into_iter().map(Vec::from).collect()
    }

    /// The words of a question, then those that it takes from before it.
    fn words(&self, query: &Query<'_>) -> Vec<Word> {
        let english = |word: &str| self.semantic.as_ref().is_some_and(|s| s.knows(word));
        let mut words = analyse(&self.index, query.text, &english);
        add_context(&self.index, &mut words, &self.context(query), &english);
        words
    }

    /// Finds the candidates of a question, looks at each and ranks them.
    fn look(&self, query: &Query<'_>) -> Looked {
        let words = self.words(query);
        let scores = score(&self.index, &self.averages, &words);
        let meaning = self.meaning(&words);
        let candidates = self.candidates(meaning.as_ref(), &scores);
        let question = Question::new(&self.index, &words, &scores, meaning);
        let features = question.features(&candidates);
        let ranked = features.iter().map(rank::score);
        let first = ranked.zip(&candidates).reduce(|a, b| if b.0 > a.0 { b } else { a });
        let page = first.map(|(_, &record)| self.index.page_of(record));
        // What was said before chose the page; the question itself, whose words
        // stand first, chooses there.
        let own = words.iter().take_while(|w| w.share >= 1.0).count();
        let question = if own < words.len() {
            let own = &words[..own];
            Question::new(&self.index, own, &scores, self.meaning(own))
        } else {
            question
        };
        let section = page.and_then(|page| section::best(&question, page));
        Looked { words, candidates, features, section }
    }

    fn meaning(&self, words: &[Word]) -> Option<(&Meanings, Meaning)> {
        let semantic = self.semantic.as_ref()?;
        let question = semantic.question(words)?;
        Some((semantic.meanings(&self.index), question))
    }

    /// The records that are looked at closely: the best by words, and all of
    /// the pages that are nearest in meaning.
    fn candidates(&self, meaning: Option<&(&Meanings, Meaning)>, scores: &Scores) -> Vec<u32> {
        let mut best: Vec<(f32, u32)> =
            scores.touched.iter().map(|&record| (self.mixture(scores, record), record)).collect();
        let by_score = |a: &(f32, u32), b: &(f32, u32)| b.0.total_cmp(&a.0).then(a.1.cmp(&b.1));
        if best.len() > BY_WORDS {
            best.select_nth_unstable_by(BY_WORDS, by_score);
            best.truncate(BY_WORDS);
        }
        let mut out: Vec<u32> = best.into_iter().map(|(_, record)| record).collect();
        if let Some((meanings, question)) = meaning {
            let mut pages: Vec<(f32, u32)> = (0..self.index.pages().len() as u32)
                .map(|p| (meanings.page(question, p), p))
                .collect();
            if pages.len() > PAGES_BY_MEANING {
                pages.select_nth_unstable_by(PAGES_BY_MEANING, by_score);
                pages.truncate(PAGES_BY_MEANING);
            }
            for (_, page) in pages {
                let mut of_page: Vec<(f32, u32)> = self
                    .index
                    .records_of(page)
                    .map(|r| (meanings.record(question, r), r))
                    .collect();
                of_page.sort_by(by_score);
                out.extend(of_page.into_iter().take(RECORDS_A_PAGE).map(|(_, r)| r));
            }
        }
        out.sort_unstable();
        out.dedup();
        out
    }

    fn mixture(&self, scores: &Scores, record: u32) -> f32 {
        let e = &scores.records[record as usize];
        let p = &scores.pages[self.index.page_of(record) as usize];
        e.section + 0.6 * p.page + 0.3 * e.heading
    }

    /// Why record `record` stands where it stands for this question.
    pub fn explain(&self, query: &Query<'_>, record: u32) -> Explanation {
        explain(&self.index, &self.look(query), record)
    }
}

fn log_odds(p: f32) -> f32 {
    let p = p.clamp(1e-3, 1.0 - 1e-3);
    (p / (1.0 - p)).ln()
}
