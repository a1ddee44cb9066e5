//! Builder.
#![forbid(unsafe_code)]
pub mod read;
pub mod report;
