//! Lower case without the tables of Unicode, which would weigh 5 kB in the
//! widget: scripts with case that people write to a council keep their letters
//! in ranges where it is a sum.

/// The text in lower case, letters of Latin, Greek and Cyrillic; others stay
/// as they are. One character for each.
pub fn lower_case(text: &str) -> String {
    text.chars().map(lower).collect()
}

/// See [`lower_case`]. Blocks and offsets are Unicode's (UnicodeData.txt).
pub(crate) fn lower(c: char) -> char {
    let n = c as u32;
    let shifted = |by: u32| char::from_u32(n + by).unwrap_or(c);
    // Capital and small letters by turns, the capital first.
    let by_turns = |first: u32| shifted(u32::from((n - first).is_multiple_of(2)));
    match n {
        0x41..=0x5a | 0xc0..=0xd6 | 0xd8..=0xde | 0x391..=0x3a1 | 0x3a3..=0x3ab | 0x410..=0x42f => {
            shifted(32)
        }
        0x130 => 'i',
        0x178 => 'ÿ',
        0x1e9e => 'ß',
        0x386 => 'ά',
        0x38c => 'ό',
        0x388..=0x38a => shifted(37),
        0x38e..=0x38f => shifted(63),
        0x400..=0x40f => shifted(80),
        0x4c0 => 'ӏ',
        0x100..=0x137
        | 0x14a..=0x177
        | 0x218..=0x21b
        | 0x460..=0x481
        | 0x48a..=0x4bf
        | 0x4d0..=0x52f
        | 0x1e00..=0x1e95
        | 0x1ea0..=0x1eff => by_turns(0),
        0x139..=0x148 | 0x179..=0x17e | 0x4c1..=0x4ce => by_turns(1),
        _ => c,
    }
}

#[cfg(test)]
mod tests {
    //! 1. every letter of the blocks that are covered is that of Unicode, but
    //!    for the one whose small letter is two characters;
    //! 2. what is lower case already stays.

    use super::*;

    #[test]
    fn as_unicode_says() {
        let blocks = [0..0x180, 0x218..0x21c, 0x386..0x3cf, 0x400..0x530, 0x1e00..0x1f00];
        for c in blocks.into_iter().flatten().filter_map(char::from_u32) {
            let expected: Vec<char> = c.to_lowercase().collect();
            let expected = if c == 'İ' { vec!['i'] } else { expected };
            assert_eq!(vec![lower(c)], expected, "{c} (U+{:04X})", c as u32);
            assert_eq!(lower(lower(c)), lower(c));
        }
        assert_eq!(lower_case("Tŷ’r ŴAUN, ΣΟΦΙΑ, ЁЖ"), "tŷ’r ŵaun, σοφια, ёж");
    }
}
