//! The index file: one a language, holding a site's records so that the text
//! is the index.
//!
//! An answer's text must ship anyway, so it ships as a stream of word numbers
//! ([`write()`]); [`Index::open`] walks the stream once and builds the inverted
//! index in memory. Compared with shipping postings beside the text this
//! halves the download, at the price of some 20 ms when the index is opened.
//! The file itself is not compressed: it travels deflated inside a JavaScript
//! module, and byte-aligned numbers let deflate find repeated phrases.
//!
//! What a record is, is said in [`Record`]; how the bytes stand, in the modules
//! `container`, `vocabulary` and `numbers`.
//!
//! Not its job: ranking, compression, files.
//!
//! ```
//! use doorstep_index::{Collection, Index, Page, Record, write};
//! let collection = Collection {
//!     lang: "en".into(),
//!     pages: vec![Page { url: "/bins/".into(), title: "Bins".into(), ..Page::default() }],
//!     records: vec![Record { text: "We empty bins weekly.".into(), ..Record::default() }],
//!     data: Vec::new(),
//! };
//! let index = Index::open(&write(&collection)?)?;
//! assert_eq!(index.record(0), collection.records[0]);
//! # Ok::<(), Box<dyn std::error::Error>>(())
//! ```
#![forbid(unsafe_code)]

pub mod bytes;
mod choose;
mod container;
mod date;
mod dump;
mod error;
mod numbers;
mod open;
mod postings;
mod record;
mod synonyms;
mod terms;
mod thesaurus;
mod vectors;
mod vocabulary;
mod write;

pub use choose::choose_vectors;
pub use container::VERSION;
pub use date::{Date, NotADate};
pub use error::{Corrupt, OpenError, WriteError};
pub use open::Index;
pub use postings::{Field, Lengths, PagePosting, Posting, Postings};
pub use record::{Collection, Link, Page, PageKind, Record};
pub use synonyms::{Synonyms, choose_synonyms, phrase_key};
pub use thesaurus::{MOST_WORDS, Member, Thesaurus, join_thesaurus};
pub use vectors::{Vectors, join, split};
pub use write::write;

#[cfg(test)]
mod tests;
