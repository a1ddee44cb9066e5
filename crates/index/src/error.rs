//! What can be wrong with a file that should be an index, and with a
//! collection that should become one.

use std::fmt;

use crate::VERSION;

/// Why bytes are not an index that this program can open.
#[derive(Clone, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub enum OpenError {
    /// The file does not begin as an index: it is something else.
    Foreign,
    /// The file was made by another version of the builder. Rebuild the index
    /// with the builder that belongs to this program.
    Version {
        /// The version that this program reads.
        expected: u16,
        /// The version that the file says it has.
        found: u16,
    },
    /// The file is shorter (or longer) than it says: it was cut off on its
    /// way. Copy or build it again.
    Length {
        /// Bytes that the file says it has.
        expected: u64,
        /// Bytes that are there.
        found: u64,
    },
    /// The bytes are not those that were written: the file is damaged. Copy
    /// or build it again.
    Checksum {
        /// The checksum that stands in the file.
        expected: u64,
        /// The checksum of its bytes.
        found: u64,
    },
    /// The checksum is right but the content contradicts itself: a fault of
    /// the program that wrote it.
    Corrupt {
        /// Section of the file ("vocabulary").
        section: &'static str,
        /// What is wrong there.
        reason: &'static str,
    },
}

impl fmt::Display for OpenError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            OpenError::Foreign => f.write_str(
                "not a Doorstep index: it does not begin with \"DOORSTEP\"; give the file that \
                 index-builder wrote",
            ),
            OpenError::Version { expected, found } => write!(
                f,
                "index of format version {found}, but this program reads version {expected}; \
                 build the index again with the index-builder of the same release"
            ),
            OpenError::Length { expected, found } => write!(
                f,
                "index is cut off: {found} bytes, but it says it has {expected}; copy or build it \
                 again"
            ),
            OpenError::Checksum { expected, found } => write!(
                f,
                "index is damaged: its checksum is {found:016x}, but {expected:016x} was written; \
                 copy or build it again"
            ),
            OpenError::Corrupt { section, reason } => {
                write!(
                    f,
                    "index contradicts itself: the {section} section {reason}; build it again"
                )
            }
        }
    }
}

impl std::error::Error for OpenError {}

/// A contradiction inside a section.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Corrupt {
    /// Section of the file ("vocabulary").
    pub section: &'static str,
    /// What is wrong there.
    pub reason: &'static str,
}

impl From<Corrupt> for OpenError {
    fn from(Corrupt { section, reason }: Corrupt) -> OpenError {
        OpenError::Corrupt { section, reason }
    }
}

/// Why a collection cannot become an index.
#[derive(Clone, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub enum WriteError {
    /// A record names a page that is not there, or the records of a page do
    /// not stand together in page order.
    Order {
        /// Number of the record.
        record: usize,
    },
    /// The collection is larger than the format can number (4 GiB, or 16
    /// million distinct words).
    TooLarge,
}

impl fmt::Display for WriteError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            WriteError::Order { record } => write!(
                f,
                "record {record} stands outside its page: records must follow the order of the \
                 pages"
            ),
            WriteError::TooLarge => {
                write!(f, "too large for index format version {VERSION}: split the site")
            }
        }
    }
}

impl std::error::Error for WriteError {}
