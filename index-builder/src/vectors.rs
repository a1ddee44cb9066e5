//! An index as it is published: with the word vectors and the words of the
//! thesaurus that its site needs.

use std::fmt;

use doorstep_index::{
    Collection, Index, OpenError, Synonyms, WriteError, choose_synonyms, choose_vectors, join,
    join_thesaurus, write,
};

/// The table of all English, see its README.
const TABLE: &[u8] = include_bytes!("../../crates/text/vectors/pieces.bin");

/// Vectors that even a small site may ship (some 200 kB): fewer lose answers
/// that are asked for in other words than the site's.
const FLOOR: usize = 6_000;
/// Index bytes for each vector beyond that, so that vectors stay a third of
/// what a large site ships.
const INDEX_BYTES_A_VECTOR: usize = 190;

/// The bytes of the index of a collection, with vectors and what it can use of
/// the thesaurus.
///
/// About 2 s of release-mode CPU for 6,300 sections, half of them for the
/// vectors. Same input, same bytes.
///
/// # Errors
/// The collection is out of order, or larger than the format holds.
pub fn write_index(
    collection: &Collection,
    thesaurus: &[Synonyms],
) -> Result<Vec<u8>, PublishError> {
    let mut file = write(collection)?;
    let index = Index::open(&file)?;
    if let Some(synonyms) = choose_synonyms(&index, thesaurus) {
        file = join_thesaurus(&file, synonyms)?;
    }
    let room = FLOOR.max(file.len() / INDEX_BYTES_A_VECTOR);
    Ok(join(&file, choose_vectors(&index, TABLE, room)?)?)
}

/// Why a collection cannot be published.
#[derive(Debug)]
pub enum PublishError {
    /// It cannot be written.
    Write(WriteError),
    /// What was written cannot be opened, or the table of vectors is broken: a
    /// fault of this program.
    Open(OpenError),
}

impl From<WriteError> for PublishError {
    fn from(error: WriteError) -> PublishError {
        PublishError::Write(error)
    }
}

impl From<OpenError> for PublishError {
    fn from(error: OpenError) -> PublishError {
        PublishError::Open(error)
    }
}

impl fmt::Display for PublishError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            PublishError::Write(error) => error.fmt(f),
            PublishError::Open(error) => error.fmt(f),
        }
    }
}

impl std::error::Error for PublishError {}
