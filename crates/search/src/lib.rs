//! From a question to ranked passages with a calibrated confidence, or none.
#![forbid(unsafe_code)]

mod analyse;
mod confidence;
mod engine;
mod explain;
mod features;
mod query;
mod rank;
mod score;
mod section;
mod section_weights;
mod semantic;
mod synonyms;
mod typo;
mod weights;

pub use engine::Engine;
#[doc(hidden)]
pub const FEATURES: &[&str] = &features::NAMES;

pub use query::{Explanation, Hit, Query, Ranking};
