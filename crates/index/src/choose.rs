//! Which word vectors a site ships, from a table of all English.
//!
//! Only the builder comes here.

use std::collections::{BTreeMap, HashMap};

use doorstep_text::{is_stop, stem};

use crate::Index;
use crate::error::{Corrupt, OpenError};
use crate::vectors::{dequantise, fits_bytes, step, write};

const MAGIC: &[u8; 4] = b"DSV1";
const HEADER: usize = 11;
const BROKEN: Corrupt = Corrupt { section: "vector table", reason: "does not fit its header" };

/// Of the vectors, the share for words that the site does not use.
const STRANGE: f32 = 0.3;
/// A word of the site's titles or headings that is this near (cosine) makes a
/// strange word worth its bytes.
const NEAR: f32 = 0.2;
/// Rarer than one in e^10 texts: nobody types it.
const TOO_RARE: f32 = 10.0;

/// A table of the pieces of English words (`WordPiece`, Wu et al. 2016,
/// arXiv:1609.08144) with a vector each.
///
/// Bytes: `"DSV1"`, dimensions (u16), bits a dimension (u8), pieces (u32); then
/// for each piece in byte order its length (u8), its letters (`##` before one
/// that goes on a word), its rarity (u8, sixteenths: the logarithm of how many
/// texts there are to one that has it), its scale (u8) and its codes, as in
/// the `vectors` section.
struct Table<'a> {
    dimensions: usize,
    bits: u32,
    numbers: HashMap<&'a str, usize>,
    pieces: Vec<(&'a str, f32)>,
    values: Vec<f32>,
}

impl<'a> Table<'a> {
    fn read(bytes: &'a [u8]) -> Result<Table<'a>, Corrupt> {
        let header = bytes.get(..HEADER).filter(|h| h.starts_with(MAGIC)).ok_or(BROKEN)?;
        let dimensions = usize::from(u16::from_le_bytes([header[4], header[5]]));
        let bits = usize::from(header[6]);
        let count = u32::from_le_bytes([header[7], header[8], header[9], header[10]]) as usize;
        if !fits_bytes(bits as u32) || dimensions == 0 || count > bytes.len() {
            return Err(BROKEN);
        }
        let (mut numbers, mut pieces, mut values) = (HashMap::new(), Vec::new(), Vec::new());
        let mut rest = &bytes[HEADER..];
        for number in 0..count {
            let letters = usize::from(*rest.first().ok_or(BROKEN)?);
            let size = letters + 3 + (dimensions * bits).div_ceil(8);
            let entry = rest.get(..size).ok_or(BROKEN)?;
            let piece = std::str::from_utf8(&entry[1..=letters]).map_err(|_| BROKEN)?;
            numbers.insert(piece, number);
            pieces.push((piece, f32::from(entry[letters + 1]) / 16.0));
            let codes = &entry[letters + 3..];
            dequantise(codes, step(entry[letters + 2]), bits, dimensions, &mut values);
            rest = &rest[size..];
        }
        Ok(Table { dimensions, bits: bits as u32, numbers, pieces, values })
    }

    fn vector(&self, piece: usize) -> &[f32] {
        let at = piece * self.dimensions;
        &self.values[at..at + self.dimensions]
    }

    /// Adds a folded word's vector to `sum`: those of its pieces, the longest
    /// from the left. Gives its rarity, that of its rarest piece; nothing if
    /// it has no vector.
    fn add(&self, folded: &str, sum: &mut [f32]) -> Option<f32> {
        let mut pieces = Vec::new();
        let mut at = 0;
        while at < folded.len() {
            let start = if at > 0 { "##" } else { "" };
            let ends = (at + 1..=folded.len()).rev().filter(|&end| folded.is_char_boundary(end));
            let mut known = ends.filter_map(|end| {
                let piece = format!("{start}{}", &folded[at..end]);
                self.numbers.get(piece.as_str()).map(|&number| (number, end))
            });
            let (number, end) = known.next()?;
            pieces.push(number);
            at = end;
        }
        for piece in &pieces {
            for (sum, value) in sum.iter_mut().zip(self.vector(*piece)) {
                *sum += value;
            }
        }
        pieces.iter().map(|&piece| self.pieces[piece].1).reduce(f32::max)
    }
}

/// Bytes of the vectors that the site in `index` needs, at most `room` of
/// them; `table` is the table of all English.
///
/// Kept are the site's terms, the commonest first (a term's vector is the mean
/// over its words, by use), and words of English that are near in meaning to
/// those of its titles and headings. About a second of release-mode CPU for
/// 13,000 words.
pub fn choose_vectors(index: &Index, table: &[u8], room: usize) -> Result<Vec<u8>, OpenError> {
    let table = Table::read(table)?;
    let terms = index.postings().terms() as usize;
    let mut sums = vec![Vec::new(); terms];
    // Of each term, its words with a vector and their rarities added.
    let mut known = vec![(0.0, 0.0); terms];
    for word in 0..index.word_count() {
        let Some(term) = index.postings().term_of(word) else { continue };
        let sum = &mut sums[term as usize];
        if sum.is_empty() {
            *sum = vec![0.0; table.dimensions];
        }
        if let Some(rarity) = table.add(index.word_text(word), sum) {
            let known = &mut known[term as usize];
            *known = (known.0 + 1.0, known.1 + rarity);
        }
    }
    for (term, (sum, (count, rarity))) in sums.iter_mut().zip(known).enumerate() {
        if count == 0.0 {
            sum.clear();
        }
        let scale = telling(index, uses(index, term as u32), rarity / count) / count;
        for x in &mut *sum {
            *x *= scale;
        }
    }
    let strangers = strangers(index, &table, &sums);
    let for_strangers = strangers.len().min((room as f32 * STRANGE) as usize);
    let mut by_use: Vec<usize> = (0..terms).filter(|&t| !sums[t].is_empty()).collect();
    by_use.sort_by_key(|&t| {
        let term = t as u32;
        let uses = index.postings().records(term).len() + 3 * index.postings().pages(term).len();
        (std::cmp::Reverse(uses), t)
    });
    by_use.truncate(room - for_strangers);
    let mut kept = vec![false; terms];
    for &term in &by_use {
        kept[term] = true;
    }
    let strangers: BTreeMap<&str, Vec<f32>> =
        strangers.iter().take(room - by_use.len()).map(|(s, v)| (s.as_str(), v.clone())).collect();
    let strange: Vec<&str> = strangers.keys().copied().collect();
    let of_terms = sums.into_iter().zip(&kept).filter(|(_, kept)| **kept).map(|(sum, _)| sum);
    let vectors: Vec<Vec<f32>> = of_terms.chain(strangers.into_values()).collect();
    Ok(write(index, &kept, &strange, &vectors, table.bits))
}

/// Records, or pages by their titles, that have a term.
fn uses(index: &Index, term: u32) -> usize {
    index.postings().records(term).len().max(index.postings().pages(term).len())
}

/// By how much a word tells more, or less, on this site than in the texts that
/// the table was made from: what stands on every page ("council") tells no
/// record from another.
///
/// The root of its inverse document frequency here (as in
/// doi:10.1561/1500000019, section 3) over its rarity there, which has the same
/// form; the whole quotient trusts small sites too much.
fn telling(index: &Index, uses: usize, rarity: f32) -> f32 {
    let (all, uses) = (index.record_count() as f32, uses as f32);
    let here = (1.0 + (all - uses + 0.5).max(0.0) / (uses + 0.5)).ln();
    (here / rarity.max(0.5)).clamp(0.2, 3.0).sqrt()
}

/// Stems of English that the site does not have but that are near to the words
/// of its titles and headings, the most useful first.
fn strangers(index: &Index, table: &Table<'_>, sums: &[Vec<f32>]) -> Vec<(String, Vec<f32>)> {
    let pages = (0..index.pages().len() as u32).flat_map(|page| index.title_words(page));
    let records = (0..index.record_count()).flat_map(|record| index.section_words(record));
    let mut topics: Vec<u32> = pages
        .chain(records)
        .filter(|&word| !is_stop(index.word_text(word)))
        .filter_map(|word| index.postings().term_of(word))
        .collect();
    topics.sort_unstable();
    topics.dedup();
    let topics: Vec<Vec<f32>> =
        topics.into_iter().map(|t| unit(&sums[t as usize])).filter(|v| !v.is_empty()).collect();
    // By stem: sum and how many, and the commonest's rarity.
    let mut strange: BTreeMap<String, (Vec<f32>, f32, f32)> = BTreeMap::new();
    for (number, &(piece, rarity)) in table.pieces.iter().enumerate() {
        if piece.starts_with("##") || rarity > TOO_RARE || piece.bytes().any(|b| b.is_ascii_digit())
        {
            continue;
        }
        let stem = stem(piece);
        if index.postings().term_of_stem(&stem).is_some() {
            continue;
        }
        let entry =
            strange.entry(stem).or_insert_with(|| (vec![0.0; table.dimensions], 0.0, rarity));
        entry.0.iter_mut().zip(table.vector(number)).for_each(|(s, x)| *s += x);
        entry.1 += 1.0;
        entry.2 = entry.2.min(rarity);
    }
    let mut scored: Vec<(f32, String, Vec<f32>)> = Vec::new();
    for (stem, (mut sum, count, rarity)) in strange {
        let scale = telling(index, 0, rarity) / count;
        for x in &mut *sum {
            *x *= scale;
        }
        let vector = unit(&sum);
        let near = topics.iter().map(|t| dot(t, &vector)).fold(0.0, f32::max);
        if near >= NEAR {
            scored.push((near - 0.05 * rarity, stem, sum));
        }
    }
    scored.sort_by(|a, b| b.0.total_cmp(&a.0).then_with(|| a.1.cmp(&b.1)));
    scored.into_iter().map(|(_, stem, vector)| (stem, vector)).collect()
}

fn dot(a: &[f32], b: &[f32]) -> f32 {
    a.iter().zip(b).map(|(x, y)| x * y).sum()
}

fn unit(v: &[f32]) -> Vec<f32> {
    let scale = 1.0 / dot(v, v).sqrt().max(1e-9);
    v.iter().map(|x| x * scale).collect()
}

#[cfg(test)]
mod tests {
    //! 1. a word is the sum of its longest pieces, or has no vector;
    //! 2. terms of the site come first, near words of English fill the rest;
    //! 3. what was chosen is read back within the steps of its codes;
    //! 4. joined to an index and split off again it is the same, and fits no
    //!    other index;
    //! 5. broken tables and sections give an error, never a panic.

    use super::*;
    use crate::{Collection, Page, Record, Vectors, join, split, write as write_index};
    use proptest::prelude::*;

    /// Two dimensions of four bits; code 15 is 7.5 steps, code 0 is -7.5.
    fn table() -> Vec<u8> {
        let mut out = b"DSV1\x02\x00\x04\x04\x00\x00\x00".to_vec();
        for (piece, codes) in [("##s", 0x0f), ("bi", 0xf0), ("bin", 0xff), ("trash", 0xff)] {
            out.push(piece.len() as u8);
            out.extend_from_slice(piece.as_bytes());
            out.extend_from_slice(&[32, 192, codes]);
        }
        out
    }

    fn index_of(title: &str) -> (Vec<u8>, Index) {
        let bytes = write_index(&Collection {
            pages: vec![Page { title: title.into(), ..Page::default() }],
            records: vec![Record { text: "zzz".into(), ..Record::default() }],
            ..Collection::default()
        })
        .expect("written");
        let index = Index::open(&bytes).expect("opens");
        (bytes, index)
    }

    #[test]
    fn words_are_sums_of_their_longest_pieces() {
        let bytes = table();
        let table = Table::read(&bytes).expect("sound");
        let check = |word: &str, expected: Option<[f32; 2]>| {
            let mut sum = [0.0; 2];
            let known = table.add(word, &mut sum);
            assert_eq!(known.map(|_| sum), expected, "{word}");
        };
        check("bin", Some([7.5, 7.5]));
        check("bins", Some([15.0, 0.0]));
        check("binx", None);
        check("é", None);
        check("", None);
    }

    #[test]
    fn chosen_vectors_are_read_back() {
        let (bytes, index) = index_of("Bin");
        let chosen = choose_vectors(&index, &table(), 9).expect("chosen");
        let (rest, file) = split(&join(&bytes, chosen).expect("joined")).expect("split");
        assert_eq!(rest, bytes);
        let file = file.expect("vectors");
        let vectors = Vectors::open(&file, &index).expect("sound");
        let term = index.word("bin").and_then(|w| index.postings().term_of(w)).expect("known");
        // The table's 7.5, as far as the word tells here.
        let check = |v: &[f32], uses| {
            let expected = 7.5 * telling(&index, uses, 2.0);
            let near = v.iter().all(|x| (x - expected).abs() < 0.3);
            assert!(near && v.len() == vectors.dimensions(), "{v:?} of {uses} uses");
        };
        let mut vector = Vec::new();
        vectors.of_term(term, &mut vector);
        check(&vector, 1);
        vectors.of_stem("trash", &mut vector);
        check(&vector, 0);
        vectors.of_stem("bi", &mut vector);
        assert!(vector.is_empty() && vectors.knows("trash") && !vectors.knows("bi"));
        let (_, other) = index_of("Tax");
        assert!(Vectors::open(&file, &other).is_err() && Vectors::open(&bytes, &index).is_err());
    }

    proptest! {
        #[test]
        fn broken_bytes_never_panic(at in any::<prop::sample::Index>(), value: u8, cut: bool) {
            let (_, index) = index_of("Bin");
            let broken = |mut bytes: Vec<u8>| {
                let at = at.index(bytes.len());
                if cut { bytes.truncate(at) } else { bytes[at] = value }
                bytes
            };
            let _ = choose_vectors(&index, &broken(table()), 9);
            let section = broken(choose_vectors(&index, &table(), 9).expect("chosen"));
            if let Ok(vectors) = Vectors::read(&section, index.postings().terms(), index.vocabulary_checksum()) {
                let mut vector = Vec::new();
                for term in 0..index.postings().terms() {
                    vectors.of_term(term, &mut vector);
                }
                vectors.of_stem("trash", &mut vector);
            }
        }
    }
}
