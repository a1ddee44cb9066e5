//! Builder.
#![forbid(unsafe_code)]
pub mod config;
pub mod read;
pub mod report;
