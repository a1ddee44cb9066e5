//! Numbers of the ranker and its confidence; made by `ranker/make.py`, not by hand.
#![allow(clippy::excessive_precision, clippy::unreadable_literal)]

/// By feature.
pub(crate) const RANK: [f32; 18] = [1.0, 1.0, 1.0, 1.0, 1.0, 1.0, 1.0, 1.0, 1.0, 1.0, 1.0, 1.0, 1.0, 1.0, 1.0, 1.0, 1.0, 1.0, ];

/// By input of `confidence`, the constant last.
pub(crate) const CONFIDENCE: [f32; 25] = [
    5.033, 0.2574, -0.7243, 0.9299, -0.7865, 0.4429, 0.6272, 0.5059, -1.755, 3.805, 2.847, -5.162,
    0.9772, 0.2622, 0.4709, -0.866, 0.697, 3.867, -0.06991, 3.64, 0.849, -2.498, -5.853, 0.253,
    -9.793,
];
