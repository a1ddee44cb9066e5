//! Numbers of the ranker and its confidence; made by `ranker/make.py`, not by hand.
#![allow(clippy::excessive_precision, clippy::unreadable_literal)]

/// By feature.
pub(crate) const RANK: [f32; 13] =
    [3.46, 2.0, 0.2833, 0.2912, 0.1153, 0.0, 0.0977, 0.592, 1.139, 4.139, 2.558, 2.469, 3.356];

/// By input of `confidence`, the constant last.
pub(crate) const CONFIDENCE: [f32; 8] = [1.452, -1.23, 0.9293, 3.279, 0.5167, 1.007, 5.03, -4.955];
