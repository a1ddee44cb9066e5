//! Numbers of the ranker and its confidence; made by `ranker/make.py`, not by hand.
#![allow(clippy::excessive_precision, clippy::unreadable_literal)]

/// By feature.
pub(crate) const RANK: [f32; 13] =
    [3.403, 1.958, 0.288, 0.2598, 0.07896, 0.0, 0.1521, 0.5831, 1.154, 4.151, 2.626, 2.657, 3.381];

/// By input of `confidence`, the constant last.
pub(crate) const CONFIDENCE: [f32; 8] = [1.468, 0.1456, 0.4044, 1.665, 0.4053, 0.6402, 2.85, -3.4];

/// The same for the worth.
pub(crate) const WORTH: [f32; 8] = [1.596, 0.2721, 0.5337, 1.899, 0.3014, 0.5893, 3.225, -3.994];
