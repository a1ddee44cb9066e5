//! How likely the first passage is right: a logistic regression (Platt 1999)
//! over what the ranker saw, made by `ranker/make.py` beside the ranker.

use crate::features::Features;
use crate::weights::CONFIDENCE;

/// A ranked candidate with what is needed to judge it.
pub(crate) struct Candidate<'a> {
    pub(crate) page: u32,
    pub(crate) score: f32,
    pub(crate) features: &'a Features,
}

/// Probability, 0 to 1, that `candidate` answers a question of `content` words
/// that are not stop words, given all candidates of it.
pub(crate) fn confidence(content: f32, candidate: &Candidate<'_>, all: &[Candidate<'_>]) -> f32 {
    let inputs = inputs(content, candidate, all);
    let (constant, weights) = CONFIDENCE.split_last().unwrap_or((&0.0, &[]));
    let z: f32 = weights.iter().zip(&inputs).map(|(w, x)| w * x).sum();
    1.0 / (1.0 + (-z - constant).exp())
}

/// How well it fits by itself, how far it leads the best of another page, and
/// what the question is like.
fn inputs(content: f32, candidate: &Candidate<'_>, all: &[Candidate<'_>]) -> [f32; 7] {
    let f = candidate.features;
    let others = all.iter().filter(|c| c.page != candidate.page);
    let best = others.map(|c| c.score).fold(f32::NEG_INFINITY, f32::max);
    let (covered, title_told, heading_pairs, near_page) = (f[3], f[5], f[7], f[12]);
    [
        covered,
        title_told,
        heading_pairs,
        near_page,
        (candidate.score - best).min(6.0),
        1.0 / content.max(1.0),
        // From eight words on length does not matter.
        covered * content.min(8.0) / 8.0,
    ]
}
