//! The engine: an opened index and what is worked out once for all questions.

use doorstep_index::Index;

use crate::analyse::{Source, analyse};
use crate::query::{Explanation, Hit, Query, Ranking};
use crate::score::{Averages, Scores, score};

/// Ranks the records of an index for a question.
pub struct Engine {
    index: Index,
    averages: Averages,
}

/// Hits of a ranking at most.
const MOST_HITS: usize = 10;

impl Engine {
    /// An engine for `index`; one pass over its records.
    pub fn new(index: Index) -> Engine {
        let averages = Averages::of(&index);
        Engine { index, averages }
    }

    /// The index.
    pub fn index(&self) -> &Index {
        &self.index
    }

    /// The best records for a question, best first. Never fails; the same
    /// question gives the same ranking.
    pub fn search(&self, query: &Query<'_>) -> Ranking {
        let words = analyse(&self.index, query.text);
        let scores = score(&self.index, &self.averages, &words);
        let asked: f32 = words.iter().map(|w| w.weight).sum::<f32>().max(1e-6);
        let mut hits: Vec<Hit> = scores
            .touched
            .iter()
            .map(|&record| {
                let score = self.mixture(&scores, record);
                let e = &scores.records[record as usize];
                let p = &scores.pages[self.index.page_of(record) as usize];
                let covered = (e.covered.max(0.5 * (e.covered + p.covered))) / asked;
                Hit { record, score, confidence: (covered * covered).clamp(0.0, 1.0) }
            })
            .filter(|hit| hit.score > 0.0)
            .collect();
        hits.sort_by(|a, b| b.score.total_cmp(&a.score).then(a.record.cmp(&b.record)));
        hits.truncate(MOST_HITS);
        let mut ranking = Ranking { hits, ..Ranking::default() };
        for word in words {
            match word.source {
                Source::Unknown if !word.stop => ranking.unknown.push(word.typed),
                Source::Corrected(meant) => ranking.corrected.push((word.typed, meant)),
                Source::Known | Source::Compound(_) | Source::Unknown => {}
            }
        }
        ranking
    }

    fn mixture(&self, scores: &Scores, record: u32) -> f32 {
        let e = &scores.records[record as usize];
        let p = &scores.pages[self.index.page_of(record) as usize];
        e.section + 0.6 * p.page + 0.3 * e.heading
    }

    /// Why record `record` stands where it stands for this question.
    pub fn explain(&self, query: &Query<'_>, record: u32) -> Explanation {
        let words = analyse(&self.index, query.text);
        let mut lines = Vec::new();
        for word in &words {
            match &word.source {
                Source::Corrected(meant) => {
                    lines.push(format!("“{}” was read as “{meant}”", word.typed))
                }
                Source::Compound(parts) => {
                    lines.push(format!("“{}” was read as “{parts}”", word.typed))
                }
                Source::Unknown if !word.stop => {
                    lines.push(format!("“{}” is not on this site", word.typed));
                }
                Source::Known | Source::Unknown => {}
            }
        }
        let scores = score(&self.index, &self.averages, &words);
        if let Some(e) = scores.records.get(record as usize) {
            lines.push(format!(
                "text and headings {:.1}, headings alone {:.1}",
                e.section, e.heading
            ));
        }
        Explanation { lines }
    }
}
