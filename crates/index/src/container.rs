//! The frame of the file: magic, version, length, checksum, named sections.
//!
//! ```text
//!  0  "DOORSTEP"
//!  8  version          u16, little-endian like all that follow
//! 10  sections         u16
//! 12  length           u32, of the whole file
//! 16  checksum         u64, of all other bytes
//! 24  table            sections x (4 letters, u32 length)
//!     the sections, in the table's order
//! ```

use crate::error::OpenError;

const MAGIC: &[u8; 8] = b"DOORSTEP";
const HEADER: usize = 24;

/// Version of the format that this crate writes and reads; any change of the
/// bytes' meaning raises it. There is no reading of older ones: an index is
/// built with the widget that reads it, in one run.
pub const VERSION: u16 = 1;

/// A section's four letters.
pub(crate) type Tag = [u8; 4];

pub(crate) fn wrap(sections: &[(Tag, Vec<u8>)]) -> Option<Vec<u8>> {
    let body: usize = sections.iter().map(|(_, bytes)| bytes.len() + 8).sum();
    let length = u32::try_from(HEADER + body).ok()?;
    let mut out = Vec::with_capacity(HEADER + body);
    out.extend_from_slice(MAGIC);
    out.extend_from_slice(&VERSION.to_le_bytes());
    out.extend_from_slice(&(sections.len() as u16).to_le_bytes());
    out.extend_from_slice(&length.to_le_bytes());
    out.extend_from_slice(&[0; 8]);
    for (tag, bytes) in sections {
        out.extend_from_slice(tag);
        out.extend_from_slice(&(bytes.len() as u32).to_le_bytes());
    }
    for (_, bytes) in sections {
        out.extend_from_slice(bytes);
    }
    let sum = checksum(&out);
    out[16..HEADER].copy_from_slice(&sum.to_le_bytes());
    Some(out)
}

/// The sections of the file, in order, or what is wrong with it.
pub(crate) fn unwrap(file: &[u8]) -> Result<Vec<(Tag, &[u8])>, OpenError> {
    let corrupt = OpenError::Corrupt { section: "table", reason: "does not fit the file" };
    if !file.starts_with(&MAGIC[..file.len().min(8)]) || file.is_empty() {
        return Err(OpenError::Foreign);
    }
    if file.len() < HEADER {
        return Err(OpenError::Length { expected: HEADER as u64, found: file.len() as u64 });
    }
    let u16_at = |at: usize| u16::from_le_bytes([file[at], file[at + 1]]);
    let u32_at =
        |at: usize| u32::from_le_bytes([file[at], file[at + 1], file[at + 2], file[at + 3]]);
    if u16_at(8) != VERSION {
        return Err(OpenError::Version { expected: VERSION, found: u16_at(8) });
    }
    if u32_at(12) as usize != file.len() {
        return Err(OpenError::Length {
            expected: u64::from(u32_at(12)),
            found: file.len() as u64,
        });
    }
    let expected = u64::from(u32_at(16)) | u64::from(u32_at(20)) << 32;
    let found = checksum(file);
    if expected != found {
        return Err(OpenError::Checksum { expected, found });
    }
    let count = usize::from(u16_at(10));
    let mut at = HEADER + 8 * count;
    let mut sections = Vec::with_capacity(count);
    if at > file.len() {
        return Err(corrupt);
    }
    for entry in file[HEADER..at].chunks_exact(8) {
        let tag = [entry[0], entry[1], entry[2], entry[3]];
        let length = u32::from_le_bytes([entry[4], entry[5], entry[6], entry[7]]) as usize;
        let end = at.checked_add(length).filter(|&end| end <= file.len());
        let end = end.ok_or_else(|| corrupt.clone())?;
        sections.push((tag, &file[at..end]));
        at = end;
    }
    if at == file.len() { Ok(sections) } else { Err(corrupt) }
}

/// Checksum of the file without the eight bytes that hold it.
fn checksum(file: &[u8]) -> u64 {
    let head = add_to_checksum(file.len() as u64, &file[..16]);
    add_to_checksum(head, &file[HEADER..])
}

/// Checksum of some bytes.
pub(crate) fn checksum_of(bytes: &[u8]) -> u64 {
    add_to_checksum(bytes.len() as u64, bytes)
}

/// FNV-1a (draft-eastlake-fnv) on eight bytes at a time, with a rotation, as
/// its multiplication carries nothing downwards.
///
/// Each step maps states one to one, so bytes that differ within eight always
/// give another sum; others do but for one chance in 2^64. A CRC promises a
/// little more, but takes a table in every resident's download and, byte by
/// byte in code that is not yet optimised, a tenth of the time of opening.
fn add_to_checksum(sum: u64, bytes: &[u8]) -> u64 {
    let step =
        |sum: u64, eight| (sum ^ u64::from_le_bytes(eight)).wrapping_mul(PRIME).rotate_left(29);
    let (whole, rest) = bytes.as_chunks::<8>();
    let sum = whole.iter().fold(sum, |sum, &eight| step(sum, eight));
    // Noughts cannot pass for bytes: every sum begins with a length.
    let mut last = [0; 8];
    last[..rest.len()].copy_from_slice(rest);
    step(sum, last)
}

/// The prime of FNV for 64 bits.
const PRIME: u64 = 0x0100_0000_01b3;
