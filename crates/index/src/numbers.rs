//! A stream of word numbers as bytes: one byte for the commonest 192, two for
//! the next 15,872, three and four beyond. Bytes, not bits, so that deflate
//! still sees repeated phrases.

use crate::error::Corrupt;

/// Numbers below this take one byte.
pub(crate) const ONE_BYTE: u32 = 192;
const TWO_BYTES: u32 = ONE_BYTE + 62 * 256;
const THREE_BYTES: u32 = TWO_BYTES + 65_536;
/// Numbers from here on cannot be written.
pub(crate) const LIMIT: u32 = 1 << 24;

pub(crate) fn write(out: &mut Vec<u8>, n: u32) {
    if n < ONE_BYTE {
        out.push(n as u8);
    } else if n < TWO_BYTES {
        let m = n - ONE_BYTE;
        out.extend_from_slice(&[192 + (m >> 8) as u8, m as u8]);
    } else if n < THREE_BYTES {
        let m = n - TWO_BYTES;
        out.extend_from_slice(&[254, (m >> 8) as u8, m as u8]);
    } else {
        out.extend_from_slice(&[255, (n >> 16) as u8, (n >> 8) as u8, n as u8]);
    }
}

/// The number that begins at `at`, and where the next begins; `None` past the
/// end.
#[inline]
pub(crate) fn read(bytes: &[u8], at: usize) -> Option<(u32, usize)> {
    let first = *bytes.get(at)?;
    if u32::from(first) < ONE_BYTE {
        return Some((u32::from(first), at + 1));
    }
    let byte = |i: usize| bytes.get(at + i).map(|&b| u32::from(b));
    Some(match first {
        254 => (TWO_BYTES + (byte(1)? << 8 | byte(2)?), at + 3),
        255 => (byte(1)? << 16 | byte(2)? << 8 | byte(3)?, at + 4),
        _ => (ONE_BYTE + ((u32::from(first) - 192) << 8 | byte(1)?), at + 2),
    })
}

pub(crate) const ENDS_EARLY: Corrupt = Corrupt { section: "text", reason: "ends too early" };

#[cfg(test)]
mod tests {
    //! 1. any number below the limit is read back;
    //! 2. cut bytes give nothing.

    use super::*;
    use proptest::prelude::*;

    proptest! {
        #[test]
        fn round_trip(n in prop_oneof![0..300u32, 15_000..17_000u32, 80_000..83_000u32, 0..LIMIT]) {
            let mut bytes = vec![7];
            write(&mut bytes, n);
            prop_assert_eq!(read(&bytes, 1), Some((n, bytes.len())));
            prop_assert_eq!(read(&bytes[..bytes.len() - 1], 1), None);
        }
    }
}
