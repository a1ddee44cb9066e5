//! Numbers of the ranker and its confidence; made by `ranker/make.py`, not by hand.
#![allow(clippy::excessive_precision, clippy::unreadable_literal)]

/// By feature.
pub(crate) const RANK: [f32; 13] =
    [3.4, 1.957, 0.2795, 0.2516, 0.07591, 0.0, 0.1561, 0.6531, 1.163, 4.155, 2.634, 2.634, 3.386];

/// By input of `confidence`, the constant last.
pub(crate) const CONFIDENCE: [f32; 8] =
    [1.412, 0.02683, 0.5863, 1.676, 0.4071, 0.6425, 2.855, -3.376];

/// The same for the worth.
pub(crate) const WORTH: [f32; 8] = [1.551, 0.1723, 0.6815, 1.909, 0.3027, 0.5821, 3.225, -3.973];
