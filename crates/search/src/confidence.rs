//! How likely the first passage is right, and how surely it may be offered:
//! two logistic regressions (Platt 1999) over what the ranker saw, made by
//! `ranker/make.py` beside the ranker. Both learn from questions that a site
//! answers and from questions that it does not; for the second the latter
//! weigh four times as much, as a wrong answer is worse than none.

use crate::features::Features;
use crate::weights::{CONFIDENCE, WORTH};

/// A ranked candidate with what is needed to judge it.
pub(crate) struct Candidate<'a> {
    pub(crate) page: u32,
    pub(crate) score: f32,
    /// `e` to the power of its score less the best one's: its part of what the
    /// ranker holds likely (the softmax that it learned by).
    pub(crate) mass: f32,
    pub(crate) features: &'a Features,
}

/// Probability, 0 to 1, that `candidate` answers a question of `content` words
/// that are not stop words, given all candidates of it; and its worth.
pub(crate) fn confidence(
    content: f32,
    candidate: &Candidate<'_>,
    all: &[Candidate<'_>],
) -> (f32, f32) {
    let inputs = inputs(content, candidate, all);
    let logistic = |numbers: &[f32; INPUTS + 1]| {
        let z: f32 = numbers.iter().zip(&inputs).map(|(w, x)| w * x).sum();
        1.0 / (1.0 + (-z - numbers[INPUTS]).exp())
    };
    (logistic(&CONFIDENCE), logistic(&WORTH))
}

/// How many numbers a confidence is made from.
const INPUTS: usize = 10;

/// How well it fits by itself, how far it leads the best of another page, what
/// the question is like, and how likely the ranker holds its page.
fn inputs(content: f32, candidate: &Candidate<'_>, all: &[Candidate<'_>]) -> [f32; INPUTS] {
    let f = candidate.features;
    let others = all.iter().filter(|c| c.page != candidate.page);
    let best = others.map(|c| c.score).fold(f32::NEG_INFINITY, f32::max);
    let of_page = all.iter().filter(|c| c.page == candidate.page);
    let share = of_page.map(|c| c.mass).sum::<f32>() / all.iter().map(|c| c.mass).sum::<f32>();
    let (covered, title_told, heading_pairs, near_text, near_page) =
        (f[3], f[5], f[7], f[9], f[12]);
    let nearest = f[9..].iter().copied().fold(f32::NEG_INFINITY, f32::max);
    let mean = all.iter().map(|c| c.features[9]).sum::<f32>() / all.len() as f32;
    [
        covered,
        title_told,
        heading_pairs,
        near_page,
        (candidate.score - best).min(6.0),
        1.0 / content.max(1.0),
        // A long story is seldom covered, and the same share of it says more;
        // so does the same nearness beyond the other candidates'.
        covered * content.min(30.0) / 30.0,
        nearest,
        share,
        (near_text - mean) * content.min(16.0) / 16.0,
    ]
}
