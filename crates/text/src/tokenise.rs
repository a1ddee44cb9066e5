//! Cutting a text into words and separators.

/// A piece of a text: a word, or what stands between two words.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Segment<'a> {
    /// A run of letters, digits and marks; with an apostrophe between two
    /// letters ("don't") and a point or comma between two digits ("1,200").
    Word(&'a str),
    /// Everything between two words; never empty.
    Separator(&'a str),
}

impl<'a> Segment<'a> {
    /// The characters of the piece.
    pub fn as_str(self) -> &'a str {
        match self {
            Segment::Word(s) | Segment::Separator(s) => s,
        }
    }
}

/// The words and separators of `text`, in order; joined they are `text`.
///
/// Two words never stand side by side, nor two separators. Linear time.
pub fn segments(text: &str) -> impl Iterator<Item = Segment<'_>> {
    let mut rest = text;
    std::iter::from_fn(move || {
        if rest.is_empty() {
            return None;
        }
        let word = word_len(rest);
        let end = if word > 0 { word } else { rest.find(is_word_char).unwrap_or(rest.len()) };
        let (piece, after) = rest.split_at(end);
        rest = after;
        Some(if word > 0 { Segment::Word(piece) } else { Segment::Separator(piece) })
    })
}

/// The words of `text`, in order.
pub fn words(text: &str) -> impl Iterator<Item = &str> {
    segments(text).filter_map(|s| match s {
        Segment::Word(word) => Some(word),
        Segment::Separator(_) => None,
    })
}

/// Bytes of the word that `text` begins with, 0 if it begins with none.
fn word_len(text: &str) -> usize {
    let mut chars = text.char_indices().peekable();
    let mut end = 0;
    let mut last = '\0';
    while let Some((at, c)) = chars.next() {
        if is_word_char(c) {
            end = at + c.len_utf8();
        } else {
            let next = chars.peek().map_or('\0', |&(_, n)| n);
            let inside = match c {
                '\'' | '’' => last.is_alphabetic() && next.is_alphabetic(),
                '.' | ',' => last.is_ascii_digit() && next.is_ascii_digit(),
                _ => false,
            };
            if end == 0 || !inside {
                break;
            }
        }
        last = c;
    }
    end
}

fn is_word_char(c: char) -> bool {
    // Combining marks belong to the letter before them.
    c.is_alphanumeric() || ('\u{300}'..='\u{36f}').contains(&c)
}

#[cfg(test)]
mod tests {
    //! 1. pieces joined are the text, for any Unicode;
    //! 2. words and separators take turns;
    //! 3. apostrophes and number signs stay inside their word, other signs do
    //!    not.

    use super::*;
    use proptest::prelude::*;

    fn check(text: &str, expected: &[&str]) {
        assert_eq!(words(text).collect::<Vec<_>>(), expected, "{text:?}");
    }

    #[test]
    fn words_of_council_text() {
        check(
            "Don't pay £1,200.50, it’s 9am-5pm.",
            &["Don't", "pay", "1,200.50", "it’s", "9am", "5pm"],
        );
        check("24/01234/FUL", &["24", "01234", "FUL"]);
        check("residents' bins 'now'", &["residents", "bins", "now"]);
        check("a . , 1. 2", &["a", "1", "2"]);
        check("cafe\u{301} ŷ gŵr میرا 日本", &["cafe\u{301}", "ŷ", "gŵr", "میرا", "日本"]);
        check("", &[]);
    }

    proptest! {
        #[test]
        fn joined_pieces_are_the_text(text in "\\PC*|[a-z'’.,0-9 \\n]{0,40}") {
            let pieces: Vec<_> = segments(&text).collect();
            let joined: String = pieces.iter().map(|s| s.as_str()).collect();
            prop_assert_eq!(&joined, &text);
            for pair in pieces.windows(2) {
                let kinds = (matches!(pair[0], Segment::Word(_)), matches!(pair[1], Segment::Word(_)));
                prop_assert!(kinds.0 != kinds.1, "{:?}", pair);
            }
        }
    }
}
