//! Back from a module to the bytes in it: what is measured and asked is what
//! is published.

use std::io::Read;

use anyhow::{Context, bail};
use flate2::read::DeflateDecoder;

use crate::Result;

/// The bytes of a module of the form `export default "<base64 of raw
/// deflate>";`.
///
/// # Errors
/// The module has another form.
pub(crate) fn unpack(module: &str) -> Result<Vec<u8>> {
    let text = module
        .trim_end()
        .strip_prefix("export default \"")
        .and_then(|rest| rest.strip_suffix("\";"))
        .context("expected `export default \"…\";`")?;
    let mut bytes = Vec::new();
    let packed = decode(text)?;
    DeflateDecoder::new(&packed[..]).read_to_end(&mut bytes).context("expected raw deflate")?;
    Ok(bytes)
}

/// Bytes from base64 with padding (RFC 4648, section 4).
fn decode(text: &str) -> Result<Vec<u8>> {
    let digits = text.trim_end_matches('=');
    if !text.len().is_multiple_of(4) || text.len() - digits.len() > 2 {
        bail!("expected base64 in groups of four");
    }
    let mut bytes = Vec::with_capacity(text.len() / 4 * 3);
    let (mut group, mut bits) = (0u32, 0);
    for digit in digits.bytes() {
        let value = match digit {
            b'A'..=b'Z' => digit - b'A',
            b'a'..=b'z' => digit - b'a' + 26,
            b'0'..=b'9' => digit - b'0' + 52,
            b'+' => 62,
            b'/' => 63,
            _ => bail!("expected base64, found {:?}", char::from(digit)),
        };
        group = group << 6 | u32::from(value);
        bits += 6;
        if bits >= 8 {
            bits -= 8;
            bytes.push((group >> bits & 0xff) as u8);
        }
    }
    Ok(bytes)
}

#[cfg(test)]
mod tests {
    //! 1. What was packed comes back, whatever its length.
    //! 2. Another form is refused.
    use super::*;
    use crate::pack;

    #[test]
    fn packed_bytes_come_back() {
        for length in 0..9 {
            let bytes: Vec<u8> = (0..length).map(|n| n * 37 + 201).collect();
            // A stored block: its header says the length twice, inverted once.
            let stored = |bytes: &[u8]| {
                let n = bytes.len() as u16;
                let header = [[1].as_slice(), &n.to_le_bytes(), &(!n).to_le_bytes()].concat();
                [&header, bytes].concat()
            };
            let module = pack::index_module(&bytes, stored);
            assert_eq!(unpack(&module).unwrap(), bytes, "{module}");
        }
    }

    #[test]
    fn other_forms_are_refused() {
        for (module, expected) in [
            ("export default 1;", "expected `export default"),
            ("export default \"Zg=\";", "groups of four"),
            ("export default \"Zm9v!m9v\";", "found '!'"),
            ("export default \"Zm9v\";", "raw deflate"),
        ] {
            let error = unpack(module).unwrap_err().to_string();
            assert!(error.contains(expected), "{module}: {error}");
        }
    }
}
