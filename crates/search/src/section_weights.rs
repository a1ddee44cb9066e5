//! What each number of a section counts; made by `ranker/sections.py`, not by hand.

/// By number of a section.
pub(crate) const SECTION: [f32; 9] =
    [2.798, 3.858, 5.613, 8.576, 1.423, 1.121, 0.958, -2.430, 1.484];
