//! The builder: a council's pages in, an index and its pages out.
//!
//! [`read`] turns sources into documents (a page with its records), [`build`]
//! turns documents into indexes and products, [`products`] writes them, and
//! [`report`] says what a person should know. [`ask`], [`eval`] and [`inspect`]
//! are the command's other verbs, on an index that was built.
//!
//! Why one crate: all of it runs natively, once a publication, and none of it
//! may reach the browser.
//!
//! Not its job: ranking and replies (`search` and `chat`, the same code as in
//! the browser), the widget.
#![forbid(unsafe_code)]
// Snapshots are written by expect-test with hashes, and are built line by line.
#![cfg_attr(
    test,
    allow(
        clippy::format_collect,
        clippy::format_push_string,
        clippy::needless_pass_by_value,
        clippy::needless_raw_string_hashes
    )
)]

pub mod ask;
pub mod build;
pub mod config;
pub mod eval;
pub mod inspect;
pub mod products;
pub mod read;
pub mod report;
pub mod vectors;
