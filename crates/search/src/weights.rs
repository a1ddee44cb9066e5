//! Numbers of the ranker and its confidence; made by `ranker/make.py`, not by hand.
#![allow(clippy::excessive_precision, clippy::unreadable_literal)]

/// By feature.
pub(crate) const RANK: [f32; 13] =
    [3.462, 2.002, 0.2811, 0.2936, 0.1166, 0.0, 0.09723, 0.5697, 1.12, 4.139, 2.56, 2.469, 3.357];

/// By input of `confidence`, the constant last.
pub(crate) const CONFIDENCE: [f32; 8] =
    [1.465, -1.228, 0.8479, 3.271, 0.5176, 0.9832, 5.026, -4.948];
