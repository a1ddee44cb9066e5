//! Numbers of the ranker and its confidence; made by `ranker/make.py`, not by hand.
#![allow(clippy::excessive_precision, clippy::unreadable_literal)]

/// By feature.
pub(crate) const RANK: [f32; 18] = [
    0.0, 3.45, 0.0, 1.992, 0.2882, 0.03718, 0.2837, 0.1114, 0.0, 0.0, 0.0, 0.0967, 0.5949, 1.13,
    4.129, 2.56, 2.471, 3.355,
];

/// By input of `confidence`, the constant last.
pub(crate) const CONFIDENCE: [f32; 8] =
    [1.465, -1.216, 0.9204, 3.316, 0.5172, 0.9589, 4.97, -4.957];
