//! The ranker: a weighted sum of a candidate's features.
//!
//! No weight is negative: evidence for a record never speaks against it,
//! whatever a training site was like. What a site has no titles or headings
//! for is nought for all its records, and each score is a share of the
//! question's best, so that the mixture follows the question and the site.
//!
//! Learned listwise (softmax over each question's candidates) from questions
//! about sites of several shapes, and held near a plain mixture of word and
//! meaning scores; `ranker/make.py` is the recipe, and `weights.rs` its output.

use crate::features::Features;
use crate::weights::RANK;

/// Score of a candidate; only its order within one question means something.
pub(crate) fn score(candidate: &Features) -> f32 {
    RANK.iter().zip(candidate).map(|(w, f)| w * f).sum()
}
