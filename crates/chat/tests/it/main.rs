//! The conversation from outside: cards, properties, the state machine,
//! golden conversations on a small site of the tests' own.

mod cards;
mod little;
mod properties;
mod replies;
mod steps;
