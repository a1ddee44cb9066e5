//! What is published: index modules, the manifest, the pages at `/ask/`.

mod ask_page;
mod blocks_html;
mod manifest;
mod module;

use std::path::Path;
use std::{fs, io};

use sha2::{Digest, Sha256};

pub use self::ask_page::ask_pages;
pub use self::manifest::{Manifest, write_manifest};
pub use self::module::{index_module, unpack};

/// A name by content: the first 64 bits of its SHA-256, in hexadecimal.
pub fn hash(bytes: &[u8]) -> String {
    use std::fmt::Write;
    let mut name = String::new();
    for byte in Sha256::digest(bytes).iter().take(8) {
        // Writing to a string cannot fail.
        let _ = write!(name, "{byte:02x}");
    }
    name
}

/// Writes a file and the folders above it.
///
/// # Errors
/// Those of the file system.
pub fn write_file(path: &Path, bytes: &[u8]) -> io::Result<()> {
    if let Some(folder) = path.parent() {
        fs::create_dir_all(folder)?;
    }
    fs::write(path, bytes)
}

/// Removes the index modules of an earlier build from a folder, since their
/// names change with what is in them.
///
/// # Errors
/// Those of the file system; a folder that is not there is none.
pub fn remove_old_indexes(folder: &Path) -> io::Result<()> {
    if !folder.is_dir() {
        return Ok(());
    }
    for entry in fs::read_dir(folder)? {
        let entry = entry?;
        let name = entry.file_name().to_string_lossy().into_owned();
        if let ["index", _, hash, "js"] = name.split('.').collect::<Vec<_>>()[..]
            && hash.len() == 16
            && hash.bytes().all(|b| b.is_ascii_hexdigit())
        {
            fs::remove_file(entry.path())?;
        }
    }
    Ok(())
}
