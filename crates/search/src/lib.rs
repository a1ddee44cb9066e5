//! From a question to ranked passages with a calibrated confidence, or none.
#![forbid(unsafe_code)]

mod analyse;
mod engine;
mod query;
mod score;
mod typo;

pub use engine::Engine;
pub use query::{Explanation, Hit, Query, Ranking};
