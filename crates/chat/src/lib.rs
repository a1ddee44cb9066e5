//! The conversation: from what a resident typed to a [`Reply`], all local and
//! deterministic, in one order of decisions (see `ARCHITECTURE.md`).
//!
//! [`Assistant`] holds an opened index and the council's data; [`Assistant::reply`]
//! answers one question after the turns before it; [`step()`] is the whole
//! conversation as a state machine, which the widget runs. Both are pure: the
//! day's date and the page are inputs, storing and announcing are effects
//! handed back.
//!
//! What a council may word itself stands in data files (`data/` holds the
//! defaults): cards, small talk, frames, other bodies, contacts, languages.
//! They are read by the builder (feature `build`) and travel compiled in the
//! index ([`Data`]).
#![forbid(unsafe_code)]

mod assistant;
mod blocks;
mod book;
#[cfg(feature = "build")]
pub mod build;
mod compose;
mod contact;
mod data;
mod decide;
mod language;
mod mask;
mod memory;
mod pattern;
mod reading;
mod reply;
mod retrieve;
mod signs;
mod split;
mod state;
mod step;
mod tokens;
mod topic;

pub use assistant::{Assistant, OpenError};
pub use data::{CardRule, ContactEntry, Data, Group, Hours, Language, Message, Review, Role, Rule};
pub use pattern::PatternError;
pub use reply::{Card, Choice, Contact, Kind, Notice, Part, Passage, Phone, Reply};
pub use retrieve::Retrieve;
pub use state::{Asked, Effect, Event, How, Now, State, Target};
pub use step::step;
