//! An index as a JavaScript module, the form in which it is shipped.
//!
//! Measured on the demo's index with its vectors (646,548 bytes, one core):
//! libdeflate level 12 gives 417,476 bytes in 0.10 s, level 9 424,233 in 0.02 s;
//! zopfli with 15 rounds 416,982 in 2.0 s; flate2 at its best 432,445 in 0.04 s.

use std::fmt;
use std::io::Read;

use flate2::read::DeflateDecoder;
use libdeflater::{CompressionLvl, Compressor};

/// The level of libdeflate that is used: near-optimal parsing.
const LEVEL: i32 = 12;

const HEAD: &str = "export default \"";
const TAIL: &str = "\";\n";
const ALPHABET: &[u8; 64] = b"ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/";

/// The module: `export default "<base64 of the raw deflate of the index>";`.
///
/// Same bytes, same module.
pub fn index_module(index: &[u8]) -> String {
    let packed = base64(&deflate(index));
    [HEAD, &packed, TAIL].concat()
}

/// Raw deflate, as small as it gets in the time there is.
fn deflate(bytes: &[u8]) -> Vec<u8> {
    let level = CompressionLvl::new(LEVEL).unwrap_or_else(|_| CompressionLvl::best());
    let mut compressor = Compressor::new(level);
    let mut out = vec![0; compressor.deflate_compress_bound(bytes.len())];
    // The bound is enough by definition; a failure would leave an empty module,
    // which the build then refuses to open.
    let length = compressor.deflate_compress(bytes, &mut out).unwrap_or(0);
    out.truncate(length);
    out
}

/// Why a module could not be unpacked.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct NotAModule;

impl fmt::Display for NotAModule {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("expected an index module as index-builder writes it")
    }
}

impl std::error::Error for NotAModule {}

/// The index in a module.
///
/// # Errors
/// `NotAModule`, if the text is not one; whether the index is sound is told
/// when it is opened.
pub fn unpack(module: &str) -> Result<Vec<u8>, NotAModule> {
    let packed = module.strip_prefix(HEAD).ok_or(NotAModule)?;
    let packed = packed.trim_end().strip_suffix("\";").ok_or(NotAModule)?;
    let bytes = unbase64(packed).ok_or(NotAModule)?;
    let mut out = Vec::new();
    DeflateDecoder::new(&bytes[..]).read_to_end(&mut out).map_err(|_| NotAModule)?;
    Ok(out)
}

/// Base64 as RFC 4648, section 4, and `atob` have it.
fn base64(bytes: &[u8]) -> String {
    let mut out = String::with_capacity(bytes.len().div_ceil(3) * 4);
    for chunk in bytes.chunks(3) {
        let bits =
            chunk.iter().fold(0u32, |bits, b| bits << 8 | u32::from(*b)) << (8 * (3 - chunk.len()));
        for place in 0..4 {
            let letter = ALPHABET[(bits >> (18 - 6 * place) & 63) as usize];
            out.push(if place <= chunk.len() { char::from(letter) } else { '=' });
        }
    }
    out
}

fn unbase64(text: &str) -> Option<Vec<u8>> {
    let letters = text.trim_end_matches('=').as_bytes();
    let mut out = Vec::with_capacity(letters.len() / 4 * 3 + 3);
    for chunk in letters.chunks(4) {
        let mut bits = 0u32;
        for letter in chunk {
            let value = ALPHABET.iter().position(|a| a == letter)?;
            bits = bits << 6 | value as u32;
        }
        bits <<= 6 * (4 - chunk.len());
        let bytes = bits.to_be_bytes();
        out.extend_from_slice(&bytes[1..chunk.len().max(1)]);
    }
    Some(out)
}

#[cfg(test)]
mod tests {
    //! 1. what is packed is unpacked;
    //! 2. what is no module is refused.

    use super::*;
    use proptest::prelude::*;

    proptest! {
        #[test]
        fn comes_back(bytes in prop::collection::vec(any::<u8>(), 0..600)) {
            prop_assert_eq!(unpack(&index_module(&bytes)).unwrap(), bytes);
        }

        #[test]
        fn other_texts_are_refused(text in "(export default \")?[A-Za-z0-9+/=]{0,40}(\";)?") {
            let _ = unpack(&text);
        }
    }

    #[test]
    fn writes_base64() {
        for (bytes, expected) in
            [("", ""), ("f", "Zg=="), ("fo", "Zm8="), ("foo", "Zm9v"), ("foob", "Zm9vYg==")]
        {
            assert_eq!(base64(bytes.as_bytes()), expected);
        }
        assert_eq!(unpack("export default {}"), Err(NotAModule));
    }
}
