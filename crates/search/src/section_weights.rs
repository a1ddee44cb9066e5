//! What each number of a section counts; made by `ranker/sections.py`, not by hand.

/// By number of a section.
pub(crate) const SECTION: [f32; 9] =
    [2.537, 3.641, 6.644, 7.787, 1.041, 1.233, 0.894, -2.446, 1.506];
