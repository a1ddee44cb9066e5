//! What the tests from outside share: where the project is, its files, its
//! dependency graphs, the builder as a web team runs it, question lists, and
//! seeded chance.
#![forbid(unsafe_code)]

mod builder;
mod chance;
mod questions;
mod workspace;

pub use builder::{Builder, Done};
pub use chance::{Chance, disturbed};
pub use questions::{Question, read_questions};
pub use workspace::{Source, eval_sets, graph, root, sources};
