//! Numbers of the ranker and its confidence; made by `ranker/make.py`, not by hand.
#![allow(clippy::excessive_precision, clippy::unreadable_literal)]

/// By feature.
pub(crate) const RANK: [f32; 13] =
    [5.875, 3.541, 1.162, 0.3402, 0.1919, 0.0, 0.1326, 0.2117, 0.7154, 5.392, 4.491, 4.193, 4.765];

/// By input of `confidence`, the constant last.
pub(crate) const CONFIDENCE: [f32; 11] =
    [0.0, -0.2867, 0.735, 0.238, 0.3197, 1.033, 11.77, 2.446, 1.362, 3.644, -4.463];

/// The same for the worth.
pub(crate) const WORTH: [f32; 11] =
    [1.008, -0.02371, 0.564, 1.183, 0.2129, 0.3158, 8.976, 2.045, 0.9294, 3.085, -4.907];
