//! Word vectors: for words that mean the same though they look different.
//!
//! Every term of the site that is worth it, and some words that the site does
//! not use but its residents may, have a short vector of a few bits a
//! dimension, made so that the sum over a text's words points where a sentence
//! model would put the text ([`choose_vectors`](crate::choose_vectors) takes
//! them from a table of all English; `crates/text/vectors` tells how that is
//! made). They are keyed by term, so a corrected word has the vector of what
//! was meant. In the file they are a section of their own, which the browser
//! may load after the index.
//!
//! ```text
//! dimensions, bits, terms of the index   numbers of variable length
//! checksum of the index's vocabulary     u64
//! one bit a term: whether it has one     (terms + 7) / 8 bytes, lowest first
//! strange stems, how many and each       strings, in byte order
//! scales                                 a byte each, terms first
//! codes                                  dimensions x 1, 2, 4 or 8 bits each,
//!                                        lowest first
//! ```

use crate::Index;
use crate::bytes::{Reader, Writer};
use crate::container;
use crate::error::{Corrupt, OpenError};

const TAG: container::Tag = *b"vect";

/// Vectors of terms, for one index.
pub struct Vectors {
    dimensions: usize,
    /// Of each term, the number of its vector.
    of_term: Vec<Option<u32>>,
    /// Stems that the site does not have, in byte order; their vectors follow
    /// those of the terms.
    strange: Vec<String>,
    /// As in the file, an eighth of what the values would take: a vector is
    /// unpacked when it is asked for.
    bits: usize,
    scales: Vec<u8>,
    codes: Vec<u8>,
    /// [`step`] of each scale.
    steps: Vec<f32>,
}

impl Vectors {
    /// The vectors in a file that [`split`] made, for `index`; an error if
    /// they belong to another index or are damaged.
    pub fn open(file: &[u8], index: &Index) -> Result<Vectors, OpenError> {
        let sections = container::unwrap(file)?;
        let missing = Corrupt { section: "vectors", reason: "is missing" };
        let (_, bytes) = sections.iter().find(|(tag, _)| *tag == TAG).ok_or(missing)?;
        Ok(Vectors::read(bytes, index.postings().terms(), index.vocabulary_checksum())?)
    }

    pub(crate) fn read(bytes: &[u8], terms: u32, checksum: u64) -> Result<Vectors, Corrupt> {
        let mut r = Reader::new(bytes, "vectors");
        let (dimensions, bits) = (r.number()? as usize, r.number()?);
        let fits = (1..=1024).contains(&dimensions) && fits_bytes(bits);
        if !fits || r.number()? != terms || r.take(8)? != checksum.to_le_bytes() {
            return Err(r.error("belongs to another index"));
        }
        let mut kept = 0;
        let bitmap = r.take((terms as usize).div_ceil(8))?;
        let of_term: Vec<Option<u32>> = (0..terms as usize)
            .map(|term| {
                let has = bitmap[term / 8] >> (term % 8) & 1 == 1;
                has.then(|| {
                    kept += 1;
                    kept - 1
                })
            })
            .collect();
        let mut strange = Vec::new();
        for _ in 0..r.count()? {
            strange.push(r.string()?.to_owned());
        }
        if !strange.is_sorted() {
            return Err(r.error("has its strange words out of order"));
        }
        let count = kept as usize + strange.len();
        let scales = r.take(count)?.to_vec();
        let bits = bits as usize;
        let size = (dimensions * bits).div_ceil(8);
        let codes = r.take(count.saturating_mul(size))?.to_vec();
        r.finish()?;
        let steps = (0..=u8::MAX).map(step).collect();
        Ok(Vectors { dimensions, of_term, strange, bits, scales, codes, steps })
    }

    /// Dimensions of each vector.
    pub fn dimensions(&self) -> usize {
        self.dimensions
    }

    /// Unpacks the vector of a term of the site into `out`, in place of what
    /// was there; empty if it has none.
    pub fn of_term(&self, term: u32, out: &mut Vec<f32>) {
        self.unpack(self.of_term.get(term as usize).copied().flatten(), out);
    }

    /// The same for a stem that the site does not have.
    pub fn of_stem(&self, stem: &str, out: &mut Vec<f32>) {
        let strange = self.strange.binary_search_by(|s| s.as_str().cmp(stem)).ok();
        let terms = self.scales.len() - self.strange.len();
        self.unpack(strange.map(|at| (terms + at) as u32), out);
    }

    /// Whether a stem that the site does not have has a vector.
    pub fn knows(&self, stem: &str) -> bool {
        self.strange.binary_search_by(|s| s.as_str().cmp(stem)).is_ok()
    }

    fn unpack(&self, number: Option<u32>, out: &mut Vec<f32>) {
        out.clear();
        let Some(number) = number else { return };
        let size = (self.dimensions * self.bits).div_ceil(8);
        let scale = self.scales.get(number as usize).copied().unwrap_or_default();
        let codes = self.codes.get(number as usize * size..).unwrap_or_default();
        dequantise(codes, self.steps[usize::from(scale)], self.bits, self.dimensions, out);
    }
}

/// Bytes of the section; `vectors` are those of the terms in `kept`, then
/// those of the stems in `strange`, which is sorted.
pub(crate) fn write(
    index: &Index,
    kept: &[bool],
    strange: &[&str],
    vectors: &[Vec<f32>],
    bits: u32,
) -> Vec<u8> {
    let mut w = Writer::default();
    w.number(vectors.first().map_or(1, Vec::len) as u32);
    w.number(bits);
    w.number(index.postings().terms());
    w.bytes.extend_from_slice(&index.vocabulary_checksum().to_le_bytes());
    for eight in kept.chunks(8) {
        w.bytes.push(eight.iter().enumerate().fold(0, |byte, (i, &k)| byte | u8::from(k) << i));
    }
    w.number(strange.len() as u32);
    for stem in strange {
        w.string(stem);
    }
    let coded: Vec<(u8, Vec<u8>)> = vectors.iter().map(|v| quantise(v, bits)).collect();
    w.bytes.extend(coded.iter().map(|(scale, _)| scale));
    for (_, codes) in &coded {
        w.bytes.extend_from_slice(codes);
    }
    w.bytes
}

/// Value of one step at a scale: a sixteenth of an octave a number.
pub(crate) fn step(scale: u8) -> f32 {
    2f32.powf(f32::from(scale) / 16.0 - 12.0)
}

/// Appends a vector: the value of code `c` is `(c - (2^bits - 1) / 2)` steps.
/// `bits` are what [`fits_bytes`]; a function of its own for fast code, as
/// `scatter` is.
#[inline(never)]
pub(crate) fn dequantise(
    codes: &[u8],
    step: f32,
    bits: usize,
    dimensions: usize,
    out: &mut Vec<f32>,
) {
    let mask = (1u16 << bits) - 1;
    let middle = f32::from(mask) / 2.0;
    let start = out.len();
    out.resize(start + dimensions, 0.0);
    for (values, &byte) in out[start..].chunks_mut(8 / bits).zip(codes) {
        let mut byte = u16::from(byte);
        for value in values {
            *value = (f32::from(byte & mask) - middle) * step;
            byte >>= bits;
        }
    }
}

/// Whether the format has codes of so many bits: those of which none lies in
/// two bytes.
pub(crate) fn fits_bytes(bits: u32) -> bool {
    matches!(bits, 1 | 2 | 4 | 8)
}

/// The scale with the least squared error, of those around the vector's
/// spread, and the codes.
fn quantise(v: &[f32], bits: u32) -> (u8, Vec<u8>) {
    let top = ((1u32 << bits) - 1) as f32;
    let spread = (v.iter().map(|x| x * x).sum::<f32>() / v.len() as f32).sqrt().max(1e-6);
    let code = |x: f32, scale: u8| (x / step(scale) + top / 2.0).round().clamp(0.0, top);
    let error = |scale: u8| -> f32 {
        v.iter().map(|&x| ((code(x, scale) - top / 2.0) * step(scale) - x).powi(2)).sum()
    };
    // The middle guess is the step that a normal distribution wants.
    let guess = ((spread * 4.0 / top).log2() + 12.0) * 16.0;
    let around = (-12..=12).map(|d| (guess as i32 + d).clamp(0, 255) as u8);
    let scale = around.min_by(|&a, &b| error(a).total_cmp(&error(b))).unwrap_or(0);
    let mut codes = vec![0u8; (v.len() * bits as usize).div_ceil(8)];
    for (i, &x) in v.iter().enumerate() {
        let code = code(x, scale) as u8;
        for b in 0..bits as usize {
            let at = i * bits as usize + b;
            codes[at / 8] |= (code >> b & 1) << (at % 8);
        }
    }
    (scale, codes)
}

/// The index file with the vectors as one more section.
pub fn join(index: &[u8], vectors: Vec<u8>) -> Result<Vec<u8>, OpenError> {
    with_section(index, TAG, "vectors", vectors)
}

/// The index file with the section `tag`, called `name` in errors, as its last.
pub(crate) fn with_section(
    index: &[u8],
    tag: container::Tag,
    name: &'static str,
    bytes: Vec<u8>,
) -> Result<Vec<u8>, OpenError> {
    let mut sections: Vec<_> =
        container::unwrap(index)?.into_iter().map(|(tag, bytes)| (tag, bytes.to_vec())).collect();
    sections.retain(|(other, _)| *other != tag);
    sections.push((tag, bytes));
    let too_large = Corrupt { section: name, reason: "is too large" };
    container::wrap(&sections).ok_or_else(|| too_large.into())
}

/// The two files that a browser loads one after the other: the index without
/// its vectors, and the vectors, if it has any.
pub fn split(index: &[u8]) -> Result<(Vec<u8>, Option<Vec<u8>>), OpenError> {
    let sections = container::unwrap(index)?.into_iter().map(|(tag, bytes)| (tag, bytes.to_vec()));
    let (vectors, rest): (Vec<_>, Vec<_>) = sections.partition(|(tag, _)| *tag == TAG);
    let too_large = Corrupt { section: "vectors", reason: "is too large" };
    let rest = container::wrap(&rest).ok_or(too_large)?;
    let vectors = if vectors.is_empty() { None } else { container::wrap(&vectors) };
    Ok((rest, vectors))
}
