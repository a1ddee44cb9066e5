//! The conversation from outside: cards, properties, the state machine,
//! replies and golden conversations on a small site of the tests' own.

// A test stops at once where the ground under it is not what it says.
#![allow(clippy::unwrap_used, clippy::expect_used)]

mod cards;
mod conversations;
mod little;
mod properties;
mod replies;
mod steps;
