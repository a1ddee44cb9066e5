//! Cleaning a question, and folding a word to what it is compared by.

use crate::case::lower;

/// Characters of a question that are read; the rest is cut off. GOV.UK Chat
/// caps at 300, a resident's worried story needs a little more.
pub const MAX_QUESTION_CHARS: usize = 500;

/// The question without what nobody meant to type: control, tag, zero-width
/// and direction characters out, runs of white space one space, cut at
/// [`MAX_QUESTION_CHARS`].
///
/// Idempotent. Does not do NFKC (see the crate's documentation).
pub fn normalise(question: &str) -> String {
    let mut out = String::with_capacity(question.len().min(4 * MAX_QUESTION_CHARS));
    let mut chars = 0;
    let mut space = false;
    for c in question.chars() {
        if c.is_whitespace() {
            space = chars > 0;
            continue;
        }
        if c.is_control() || is_invisible(c) {
            continue;
        }
        if space {
            out.push(' ');
            chars += 1;
            space = false;
        }
        if chars >= MAX_QUESTION_CHARS {
            break;
        }
        out.push(c);
        chars += 1;
    }
    let end = out.trim_end().len();
    out.truncate(end);
    out
}

/// Characters that show nothing: soft hyphen, zero-width and direction marks,
/// variation selectors, the byte order mark, and the tag characters
/// (U+E0000 to U+E007F) that can hide a text inside another.
fn is_invisible(c: char) -> bool {
    matches!(c,
        '\u{ad}' | '\u{34f}' | '\u{61c}' | '\u{180e}' | '\u{200b}'..='\u{200f}'
        | '\u{202a}'..='\u{202e}' | '\u{2060}'..='\u{206f}' | '\u{fe00}'..='\u{fe0f}'
        | '\u{feff}' | '\u{e0000}'..='\u{e0fff}')
}

/// The form by which a word is compared: lower case, Latin letters without
/// accents, no apostrophes, no possessive `'s`, no comma between digits.
///
/// `fold("Council’s") == "council"`, `fold("don't") == "dont"`,
/// `fold("1,200") == "1200"`, `fold("Tŷ") == "ty"`. Idempotent.
pub fn fold(word: &str) -> String {
    if word.bytes().all(|b| b.is_ascii_alphanumeric()) {
        return word.to_ascii_lowercase();
    }
    let mut out = String::with_capacity(word.len());
    for c in word.chars().map(lower) {
        match c {
            '\'' | '’' => out.push('\''),
            ',' | '\u{300}'..='\u{36f}' => {}
            c if c.is_ascii() => out.push(c),
            c => match latin(c) {
                Some(plain) => out.push_str(plain),
                None => out.push(c),
            },
        }
    }
    if let Some(owner) = out.strip_suffix("'s") {
        out.truncate(owner.len());
    }
    out.retain(|c| c != '\'');
    out
}

/// The plain letters of a small accented Latin letter (Latin-1 Supplement and
/// Latin Extended-A, which hold every letter of Welsh, Irish and Polish, and
/// the grave and diaeresis forms of Welsh w and y).
fn latin(c: char) -> Option<&'static str> {
    Some(match c {
        'à'..='å' | 'ā' | 'ă' | 'ą' => "a",
        'æ' => "ae",
        'ç' | 'ć' | 'ĉ' | 'ċ' | 'č' => "c",
        'ď' | 'đ' | 'ð' => "d",
        'è'..='ë' | 'ē' | 'ĕ' | 'ė' | 'ę' | 'ě' => "e",
        'ĝ' | 'ğ' | 'ġ' | 'ģ' => "g",
        'ĥ' | 'ħ' => "h",
        'ì'..='ï' | 'ĩ' | 'ī' | 'ĭ' | 'į' | 'ı' => "i",
        'ĵ' => "j",
        'ķ' => "k",
        'ĺ' | 'ļ' | 'ľ' | 'ŀ' | 'ł' => "l",
        'ñ' | 'ń' | 'ņ' | 'ň' => "n",
        'ò'..='ö' | 'ø' | 'ō' | 'ŏ' | 'ő' => "o",
        'œ' => "oe",
        'ŕ' | 'ŗ' | 'ř' => "r",
        'ś' | 'ŝ' | 'ş' | 'š' => "s",
        'ß' => "ss",
        'ţ' | 'ť' | 'ŧ' => "t",
        'þ' => "th",
        'ù'..='ü' | 'ũ' | 'ū' | 'ŭ' | 'ů' | 'ű' | 'ų' => "u",
        'ŵ' | 'ẁ' | 'ẃ' | 'ẅ' => "w",
        'ý' | 'ÿ' | 'ŷ' | 'ỳ' => "y",
        'ź' | 'ż' | 'ž' => "z",
        _ => return None,
    })
}

#[cfg(test)]
mod tests {
    //! 1. what shows nothing is gone, what shows is kept, white space is one
    //!    space;
    //! 2. a question has at most its characters, and cleaning twice changes
    //!    nothing, for any Unicode;
    //! 3. folding makes case, accents, possessives and number signs equal, and
    //!    folding twice changes nothing.

    use super::*;
    use proptest::prelude::*;

    fn check(question: &str, expected: &str) {
        assert_eq!(normalise(question), expected, "{question:?}");
    }

    fn check_fold(word: &str, expected: &str) {
        assert_eq!(fold(word), expected, "{word:?}");
    }

    #[test]
    fn cleans_questions() {
        check("  when \t is\nbin day?  ", "when is bin day?");
        check("b\u{200b}i\u{ad}n\u{e0041}\u{0}s", "bins");
        check(&"ab ".repeat(300), &"ab ".repeat(167)[..500]);
        check("\u{feff}", "");
    }

    #[test]
    fn folds_words() {
        for (word, folded) in [
            ("Council’s", "council"),
            ("DON'T", "dont"),
            ("1,200", "1200"),
            ("Tŷ", "ty"),
            ("ŁÓDŹ", "lodz"),
            ("cafe\u{301}", "cafe"),
            ("İ", "i"),
            ("Straße", "strasse"),
        ] {
            check_fold(word, folded);
        }
    }

    proptest! {
        #[test]
        fn any_question_is_bounded_and_clean(text in "\\PC*|.{0,600}") {
            let once = normalise(&text);
            prop_assert!(once.chars().count() <= MAX_QUESTION_CHARS);
            prop_assert_eq!(normalise(&once), once);
        }

        #[test]
        fn folding_twice_changes_nothing(word in "[\\p{L}'’]{0,8}") {
            let once = fold(&word);
            prop_assert_eq!(fold(&once), once);
        }
    }
}
