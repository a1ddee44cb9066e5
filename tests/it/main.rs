//! Tests of the whole from outside, in one program:
//!
//! - `walls`: which crate may know which;
//! - `pure`: the crates that a browser runs touch nothing outside themselves;
//! - `tidy`: what every file and manifest keeps to;
//! - `command`: the forms and exit codes of `index-builder`;
//! - `same_bytes`: the same sources make the same files.
// A test stops where the ground under it is not what it says.
#![allow(clippy::unwrap_used, clippy::expect_used, clippy::print_stdout)]

mod command;
mod fixture;
mod pure;
mod same_bytes;
mod tidy;
mod walls;
