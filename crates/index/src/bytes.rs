//! Reading and writing the small parts of the format, and of the data that
//! travels in it: numbers of variable length and strings with their length.

use crate::error::Corrupt;

/// Writes numbers and strings one after another.
#[derive(Default)]
pub struct Writer {
    /// What was written so far.
    pub bytes: Vec<u8>,
}

impl Writer {
    /// LEB128: seven bits a byte, the lowest first.
    pub fn number(&mut self, mut n: u32) {
        while n >= 0x80 {
            self.bytes.push(n as u8 | 0x80);
            n >>= 7;
        }
        self.bytes.push(n as u8);
    }

    /// The length in bytes, then the UTF-8.
    pub fn string(&mut self, s: &str) {
        self.number(s.len() as u32);
        self.bytes.extend_from_slice(s.as_bytes());
    }
}

/// Reads what [`Writer`] wrote; every step is checked, as the bytes may be
/// anything.
#[derive(Clone)]
pub struct Reader<'a> {
    rest: &'a [u8],
    section: &'static str,
}

impl<'a> Reader<'a> {
    /// A reader of `rest`; errors name `section`.
    pub fn new(rest: &'a [u8], section: &'static str) -> Reader<'a> {
        Reader { rest, section }
    }

    /// The error that `reason` is what is wrong here.
    pub fn error(&self, reason: &'static str) -> Corrupt {
        Corrupt { section: self.section, reason }
    }

    /// One byte.
    pub fn byte(&mut self) -> Result<u8, Corrupt> {
        let (&first, rest) = self.rest.split_first().ok_or_else(|| self.error("ends too early"))?;
        self.rest = rest;
        Ok(first)
    }

    /// What [`Writer::number`] wrote.
    pub fn number(&mut self) -> Result<u32, Corrupt> {
        let mut n = 0u32;
        for shift in [0, 7, 14, 21, 28] {
            let byte = self.byte()?;
            let bits = u32::from(byte & 0x7f);
            if shift == 28 && bits > 0xf {
                break;
            }
            n |= bits << shift;
            if byte & 0x80 == 0 {
                return Ok(n);
            }
        }
        Err(self.error("has a number of more than 32 bits"))
    }

    /// A number of things that follow, each of at least one byte: so a false
    /// number cannot make us reserve more memory than the file has bytes.
    pub fn count(&mut self) -> Result<usize, Corrupt> {
        let n = self.number()? as usize;
        if n > self.rest.len() { Err(self.error("counts more than it holds")) } else { Ok(n) }
    }

    /// The next `n` bytes.
    pub fn take(&mut self, n: usize) -> Result<&'a [u8], Corrupt> {
        if n > self.rest.len() {
            return Err(self.error("ends too early"));
        }
        let (head, rest) = self.rest.split_at(n);
        self.rest = rest;
        Ok(head)
    }

    /// What [`Writer::string`] wrote.
    pub fn string(&mut self) -> Result<&'a str, Corrupt> {
        let n = self.number()? as usize;
        let bytes = self.take(n)?;
        std::str::from_utf8(bytes).map_err(|_| self.error("holds a string that is not UTF-8"))
    }

    /// That nothing follows.
    pub fn finish(&self) -> Result<(), Corrupt> {
        if self.rest.is_empty() { Ok(()) } else { Err(self.error("has bytes after its end")) }
    }
}

#[cfg(test)]
mod tests {
    //! 1. what is written is read back, for any numbers and strings;
    //! 2. cut bytes give an error.

    use super::*;
    use proptest::prelude::*;

    proptest! {
        #[test]
        fn round_trip(numbers: Vec<u32>, text in "\\PC*") {
            let mut w = Writer::default();
            for &n in &numbers {
                w.number(n);
            }
            w.string(&text);
            let mut r = Reader::new(&w.bytes, "test");
            for &n in &numbers {
                prop_assert_eq!(r.number(), Ok(n));
            }
            prop_assert_eq!(r.string(), Ok(text.as_str()));
            prop_assert_eq!(r.finish(), Ok(()));
            let mut cut = Reader::new(&w.bytes[..w.bytes.len() - 1], "test");
            let read: Result<Vec<u32>, _> = numbers.iter().map(|_| cut.number()).collect();
            prop_assert!(read.is_err() || cut.string().is_err());
        }
    }
}
