//! What the tests from outside share: where the project is, its files, its
//! dependency graphs, the builder as a web team runs it, and question lists.
#![forbid(unsafe_code)]

mod builder;
mod questions;
mod workspace;

pub use builder::{Builder, Done};
pub use questions::{Question, read_questions};
pub use workspace::{Source, eval_sets, graph, root, sources};
