//! The ranker: a weighted sum of a candidate's features, the weights depending
//! on the question's length and on what titles and headings tell on this site.
//!
//! Learned listwise (softmax over each question's candidates) from questions
//! about sites of several shapes; `ranker/make.py` is the recipe, and
//! `weights.rs` its output.

use crate::features::{Features, Numbers};
use crate::weights::RANK;

/// The weights for one question.
pub(crate) fn weights(numbers: &Numbers) -> Features {
    let gates = [1.0, numbers.length(), numbers.titles, numbers.headings];
    let mut out = Features::default();
    for (gate, row) in gates.iter().zip(&RANK) {
        for (sum, weight) in out.iter_mut().zip(row) {
            *sum += gate * weight;
        }
    }
    out
}

/// Score of a candidate; only its order within one question means something.
pub(crate) fn score(weights: &Features, candidate: &Features) -> f32 {
    weights.iter().zip(candidate).map(|(w, f)| w * f).sum()
}
