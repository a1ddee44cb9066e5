//! How likely the first passage is right: a logistic regression (Platt 1999)
//! over what the ranker saw, made by `ranker/make.py` beside the ranker.

use crate::features::{Features, Numbers};
use crate::weights::CONFIDENCE;

/// A ranked candidate with what is needed to judge it.
pub(crate) struct Candidate<'a> {
    pub(crate) page: u32,
    pub(crate) score: f32,
    pub(crate) features: &'a Features,
}

/// Probability, 0 to 1, that `candidate` answers the question, given all
/// candidates of it.
pub(crate) fn confidence(
    numbers: &Numbers,
    candidate: &Candidate<'_>,
    all: &[Candidate<'_>],
) -> f32 {
    let inputs = inputs(numbers, candidate, all);
    let (constant, weights) = CONFIDENCE.split_last().unwrap_or((&0.0, &[]));
    let z: f32 = weights.iter().zip(&inputs).map(|(w, x)| w * x).sum();
    1.0 / (1.0 + (-z - constant).exp())
}

/// The candidate's features that say how well it fits by itself.
const FITS: [usize; 13] = [6, 7, 8, 9, 10, 11, 12, 13, 14, 15, 17, 0, 2];

/// Its fit, how far it leads the best of another page, how much weight the
/// other pages have together, and what the question is like.
fn inputs(numbers: &Numbers, candidate: &Candidate<'_>, all: &[Candidate<'_>]) -> [f32; 24] {
    let f = candidate.features;
    let mut out = [0.0; 24];
    for (out, &i) in out.iter_mut().zip(&FITS) {
        *out = f[i];
    }
    let others =
        || all.iter().filter(|c| c.page != candidate.page).map(|c| c.score - candidate.score);
    let lead = others().fold(f32::NEG_INFINITY, f32::max);
    let others_weight: f32 = others().map(|d| d.min(0.0).exp()).sum();
    let length = numbers.length();
    out[13..].copy_from_slice(&[
        (-lead).min(6.0),
        (1.0 + (1.0 / others_weight.max(1e-3)).min(1e3)).ln(),
        numbers.unknown,
        1.0 / numbers.content.max(1.0),
        length,
        numbers.corrected.min(3.0),
        candidate.score / 10.0,
        f[6] * length,
        f[6] * f[15],
        f[15] * length,
        numbers.headings,
    ]);
    out
}
