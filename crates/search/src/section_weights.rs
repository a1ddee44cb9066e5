//! What each number of a section counts; made by `ranker/sections.py`, not by hand.

/// By number of a section.
pub(crate) const SECTION: [f32; 9] =
    [2.923, 3.437, 5.906, 8.785, 1.221, 1.599, 0.902, -2.482, 1.554];
