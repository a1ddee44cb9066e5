//! What each number of a section counts; made by `ranker/sections.py`, not by hand.

/// By number of a section.
pub(crate) const SECTION: [f32; 9] =
    [2.920, 3.847, 5.321, 8.829, 1.405, 1.293, 0.963, -2.426, 1.501];
