//! Numbers of the ranker and its confidence; made by `ranker/make.py`, not by hand.
#![allow(clippy::excessive_precision, clippy::unreadable_literal)]

/// By feature.
pub(crate) const RANK: [f32; 13] =
    [5.711, 3.442, 1.019, 0.1772, 0.06955, 0.0, 0.03698, 0.1014, 0.8243, 5.396, 3.7, 3.744, 4.637];

/// By input of `confidence`, the constant last.
pub(crate) const CONFIDENCE: [f32; 10] =
    [0.8042, -0.6611, 0.4476, 0.5215, 0.299, -0.02891, 2.342, 2.764, 1.401, -4.355];

/// The same for the worth.
pub(crate) const WORTH: [f32; 10] =
    [1.037, -0.209, 0.4675, 1.298, 0.205, 0.1477, 2.556, 2.13, 1.042, -4.817];
