//! What each number of a section counts; made by `ranker/sections.py`, not by hand.

/// By number of a section.
pub(crate) const SECTION: [f32; 9] =
    [2.667, 1.179, 9.604, 7.566, 1.062, 1.364, 0.844, -2.398, 1.653];
