//! Numbers of the ranker and its confidence; made by `ranker/make.py`, not by hand.
#![allow(clippy::excessive_precision, clippy::unreadable_literal)]

/// By feature.
pub(crate) const RANK: [f32; 13] =
    [3.446, 1.981, 0.3442, 0.3015, 0.09993, 0.0, 0.1183, 0.576, 1.127, 4.133, 2.556, 2.464, 3.355];

/// By input of `confidence`, the constant last.
pub(crate) const CONFIDENCE: [f32; 8] = [1.421, -0.356, 0.597, 1.85, 0.4006, 0.5194, 2.943, -3.366];

/// The same for the worth.
pub(crate) const WORTH: [f32; 8] = [1.574, -0.1065, 0.6586, 2.006, 0.2982, 0.5102, 3.32, -3.955];
