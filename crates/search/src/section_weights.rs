//! What each number of a section counts; made by `ranker/sections.py`, not by hand.

/// By number of a section.
pub(crate) const SECTION: [f32; 9] =
    [2.459, 3.336, 8.720, 8.024, 1.021, 1.342, 0.874, -2.411, 1.658];
