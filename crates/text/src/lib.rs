//! Words: how a text is cut into them, and when two of them are the same.
//!
//! A text is cut by [`segments`] into words and the separators between them,
//! so that the pieces joined give the text back byte for byte: the index
//! stores exactly these pieces. A word is compared by its [`fold`] (lower
//! case, no accents, no possessive) and found by its [`stem()`]. The builder
//! and the browser run this same code, so both mean the same by "word".
//!
//! Not its job: NFKC. The tables for it would weigh more than the rest of the
//! widget's search; every platform that calls us has them already
//! (`String.prototype.normalize`, the builder's library), so a question
//! arrives in NFKC and [`normalise()`] does what no platform does.
//!
//! ```
//! use doorstep_text::{fold, stem, words};
//! let stems: Vec<String> = words("The Council's bins").map(|w| stem(&fold(w))).collect();
//! assert_eq!(stems, ["the", "council", "bin"]);
//! ```
#![forbid(unsafe_code)]

mod case;
mod distance;
mod normalise;
mod spelling;
mod stem;
mod stop;
mod tokenise;

pub use case::lower_case;
pub use distance::edit_distance;
pub use normalise::{MAX_QUESTION_CHARS, fold, normalise};
pub use spelling::other_spelling;
pub use stem::stem;
pub use stop::{is_negation, is_question_word, is_stop};
pub use tokenise::{Segment, segments, words};
