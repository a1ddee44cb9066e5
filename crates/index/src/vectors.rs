//! Word vectors: for words that mean the same though they look different.
//!
//! The table gives every piece of a word (`WordPiece`, Wu et al. 2016, arXiv:1609.08144) a short
//! vector of a few bits a dimension, made so that the sum over a text's pieces
//! points where a sentence model would put the text (`crates/text/vectors`
//! tells how, and from what). The whole table is the builder's; a site ships
//! only the pieces that it needs, as a section of its own that the browser may
//! load after the index.

use std::collections::HashMap;

use crate::container;
use crate::error::{Corrupt, OpenError};

const MAGIC: &[u8; 4] = b"DSV1";
const HEADER: usize = 11;
const TAG: container::Tag = *b"vect";
const BROKEN: Corrupt = Corrupt { section: "vectors", reason: "does not fit its header" };

/// Pieces of words with a vector each.
///
/// Bytes: `"DSV1"`, dimensions (u16), bits a dimension (u8), pieces (u32); then
/// for each piece in byte order its length (u8), its letters (`##` before one
/// that goes on a word), its rarity (u8, sixteenths), its scale (u8: the value
/// of code `c` is `(c - (2^bits - 1) / 2) * 2^(scale / 16 - 12)`), and the
/// codes, the lowest bit first.
pub struct Vectors {
    dimensions: usize,
    numbers: HashMap<Box<str>, u32>,
    rarities: Vec<u8>,
    values: Vec<f32>,
    longest: usize,
}

impl Vectors {
    /// The table in `bytes`; an error if they contradict themselves.
    pub fn read(bytes: &[u8]) -> Result<Vectors, OpenError> {
        let (dimensions, bits, entries) = entries(bytes)?;
        let mut out = Vectors {
            dimensions,
            numbers: HashMap::with_capacity(entries.len()),
            rarities: Vec::with_capacity(entries.len()),
            values: Vec::with_capacity(entries.len() * dimensions),
            longest: 0,
        };
        let middle = f32::from((1u16 << bits) - 1) / 2.0;
        for (number, entry) in entries.iter().enumerate() {
            out.numbers.insert(entry.piece.into(), number as u32);
            out.longest = out.longest.max(entry.piece.len());
            out.rarities.push(entry.rarity);
            let unit = 2f32.powf(f32::from(entry.scale) / 16.0 - 12.0);
            for i in 0..dimensions {
                let code = (0..usize::from(bits)).fold(0u16, |code, b| {
                    let at = i * usize::from(bits) + b;
                    code | u16::from(entry.codes[at / 8] >> (at % 8) & 1) << b
                });
                out.values.push((f32::from(code) - middle) * unit);
            }
        }
        Ok(out)
    }

    /// The table in a file that [`split`] made.
    pub fn open(file: &[u8]) -> Result<Vectors, OpenError> {
        let sections = container::unwrap(file)?;
        let missing = Corrupt { section: "vectors", reason: "is missing" };
        let (_, bytes) = sections.iter().find(|(tag, _)| *tag == TAG).ok_or(missing)?;
        Vectors::read(bytes)
    }

    /// Dimensions of each vector.
    pub fn dimensions(&self) -> usize {
        self.dimensions
    }

    /// How many pieces there are.
    pub fn len(&self) -> usize {
        self.rarities.len()
    }

    /// Whether there are none.
    pub fn is_empty(&self) -> bool {
        self.rarities.is_empty()
    }

    /// The pieces of a folded word: the longest from the left that are known;
    /// none if some letters are in no piece.
    pub fn pieces(&self, folded: &str) -> Vec<u32> {
        let mut out = Vec::new();
        let mut at = 0;
        let mut key = String::new();
        while at < folded.len() {
            let longest = folded.len().min(at + self.longest);
            let found = (at + 1..=longest)
                .rev()
                .filter(|&end| folded.is_char_boundary(end))
                .find_map(|end| {
                    key.clear();
                    if at > 0 {
                        key.push_str("##");
                    }
                    key.push_str(&folded[at..end]);
                    self.numbers.get(key.as_str()).map(|&n| (n, end))
                });
            let Some((number, end)) = found else { return Vec::new() };
            out.push(number);
            at = end;
        }
        out
    }

    /// Vector of a piece; empty if there is no such piece.
    pub fn vector(&self, piece: u32) -> &[f32] {
        let at = piece as usize * self.dimensions;
        self.values.get(at..at + self.dimensions).unwrap_or_default()
    }

    /// How rare a piece is in English at large: the logarithm of how many
    /// texts there are to one that has it.
    pub fn rarity(&self, piece: u32) -> f32 {
        self.rarities.get(piece as usize).map_or(0.0, |&r| f32::from(r) / 16.0)
    }

    /// Adds a folded word's vector to `sum`; whether the word has one.
    pub fn add(&self, folded: &str, weight: f32, sum: &mut [f32]) -> bool {
        let pieces = self.pieces(folded);
        for &piece in &pieces {
            for (sum, value) in sum.iter_mut().zip(self.vector(piece)) {
                *sum += weight * value;
            }
        }
        !pieces.is_empty()
    }
}

/// The table in `bytes` with only the pieces that `keep` wants, in the same
/// form.
pub fn keep_pieces(bytes: &[u8], mut keep: impl FnMut(&str) -> bool) -> Result<Vec<u8>, OpenError> {
    let (.., entries) = entries(bytes)?;
    let mut out = bytes[..HEADER].to_vec();
    let mut kept = 0u32;
    for entry in entries.iter().filter(|e| keep(e.piece)) {
        out.extend_from_slice(entry.whole);
        kept += 1;
    }
    out[7..HEADER].copy_from_slice(&kept.to_le_bytes());
    Ok(out)
}

/// The index file with the vectors as one more section.
pub fn join(index: &[u8], vectors: Vec<u8>) -> Result<Vec<u8>, OpenError> {
    let mut sections: Vec<_> =
        container::unwrap(index)?.into_iter().map(|(tag, bytes)| (tag, bytes.to_vec())).collect();
    sections.retain(|(tag, _)| *tag != TAG);
    sections.push((TAG, vectors));
    container::wrap(&sections).ok_or_else(|| BROKEN.into())
}

/// The two files that a browser loads one after the other: the index without
/// its vectors, and the vectors, if it has any.
pub fn split(index: &[u8]) -> Result<(Vec<u8>, Option<Vec<u8>>), OpenError> {
    let sections = container::unwrap(index)?.into_iter().map(|(tag, bytes)| (tag, bytes.to_vec()));
    let (vectors, rest): (Vec<_>, Vec<_>) = sections.partition(|(tag, _)| *tag == TAG);
    let rest = container::wrap(&rest).ok_or(BROKEN)?;
    let vectors = if vectors.is_empty() { None } else { container::wrap(&vectors) };
    Ok((rest, vectors))
}

struct Entry<'a> {
    piece: &'a str,
    rarity: u8,
    scale: u8,
    codes: &'a [u8],
    whole: &'a [u8],
}

fn entries(bytes: &[u8]) -> Result<(usize, u8, Vec<Entry<'_>>), OpenError> {
    let header = bytes.get(..HEADER).filter(|h| h.starts_with(MAGIC)).ok_or(BROKEN)?;
    let dimensions = usize::from(u16::from_le_bytes([header[4], header[5]]));
    let bits = header[6];
    let count = u32::from_le_bytes([header[7], header[8], header[9], header[10]]) as usize;
    if !(1..=8).contains(&bits) || dimensions == 0 || count > bytes.len() {
        return Err(BROKEN.into());
    }
    let code_bytes = (dimensions * usize::from(bits)).div_ceil(8);
    let mut out = Vec::with_capacity(count);
    let mut rest = &bytes[HEADER..];
    for _ in 0..count {
        let letters = usize::from(*rest.first().ok_or(BROKEN)?);
        let size = 1 + letters + 2 + code_bytes;
        let whole = rest.get(..size).ok_or(BROKEN)?;
        let piece = std::str::from_utf8(&whole[1..=letters]).map_err(|_| BROKEN)?;
        let (rarity, scale) = (whole[letters + 1], whole[letters + 2]);
        out.push(Entry { piece, rarity, scale, codes: &whole[letters + 3..], whole });
        rest = &rest[size..];
    }
    if rest.is_empty() { Ok((dimensions, bits, out)) } else { Err(BROKEN.into()) }
}

#[cfg(test)]
mod tests {
    //! 1. a word is cut into the longest pieces, or into none;
    //! 2. codes, scale and rarity are read as the form says;
    //! 3. a part of the table is a table;
    //! 4. joined to an index and split off again it is the same;
    //! 5. broken bytes give an error, never a panic.

    use super::*;
    use proptest::prelude::*;

    /// Two dimensions of four bits; code 15 is 7.5 units, code 0 is -7.5.
    fn table() -> Vec<u8> {
        let mut out = b"DSV1\x02\x00\x04\x03\x00\x00\x00".to_vec();
        for (piece, codes) in [("##s", 0x0f), ("bi", 0xf0), ("bin", 0xff)] {
            out.push(piece.len() as u8);
            out.extend_from_slice(piece.as_bytes());
            out.extend_from_slice(&[32, 192, codes]);
        }
        out
    }

    fn check(word: &str, expected: &[u32]) {
        let vectors = Vectors::read(&table()).expect("sound");
        assert_eq!(vectors.pieces(word), expected, "{word}");
    }

    #[test]
    fn longest_pieces() {
        check("bins", &[2, 0]);
        check("bin", &[2]);
        check("binx", &[]);
        check("s", &[]);
        check("éé", &[]);
        check("", &[]);
    }

    #[test]
    fn values_and_parts() {
        let vectors = Vectors::read(&table()).expect("sound");
        assert_eq!(vectors.vector(0), [7.5, -7.5]);
        assert_eq!(vectors.vector(9), [0f32; 0]);
        assert!((vectors.rarity(1) - 2.0).abs() < 1e-6);
        let part = keep_pieces(&table(), |p| p != "bi").expect("sound");
        assert_eq!(Vectors::read(&part).expect("sound").pieces("bins"), [1, 0]);
        let index = crate::write(&crate::Collection::default()).expect("written");
        let both = join(&index, part.clone()).expect("joined");
        let (rest, vectors) = split(&both).expect("split");
        assert_eq!(rest, index);
        assert_eq!(Vectors::open(&vectors.expect("there")).expect("sound").len(), 2);
        assert!(Vectors::open(&index).is_err());
    }

    proptest! {
        #[test]
        fn broken_tables_never_panic(at in any::<prop::sample::Index>(), value: u8, cut: bool) {
            let mut bytes = table();
            let at = at.index(bytes.len());
            if cut { bytes.truncate(at) } else { bytes[at] = value }
            if let Ok(vectors) = Vectors::read(&bytes) {
                for p in vectors.pieces("bins") {
                    let _ = vectors.vector(p).to_vec();
                }
            }
        }
    }
}
