//! The Snowball English ("Porter2") stemmer.
//!
//! Source: M. F. Porter, "The English (Porter2) stemming algorithm",
//! snowballstem.org/algorithms/english/stemmer.html. Written here rather than
//! taken from a library because the generated code of all libraries weighs
//! several times as much in the browser; a test holds it equal to
//! `rust-stemmers`.

/// The stem of a folded word: `stem("recycling") == "recycl"`.
///
/// Words with other letters than a to z, and words of one or two letters, are
/// their own stem. Linear time.
pub fn stem(folded: &str) -> String {
    if folded.len() <= 2 || !folded.bytes().all(|b| b.is_ascii_lowercase()) {
        return folded.to_owned();
    }
    // All words of the site are stemmed when it is opened: so most of the
    // comparisons below are of one letter.
    let first = folded.as_bytes()[0];
    let same = |word: &str| word.as_bytes()[0] == first && word == folded;
    if let Some(&(_, stem)) = EXCEPTIONS.iter().find(|(word, _)| same(word)) {
        return stem.to_owned();
    }
    let mut word = Word::new(folded);
    word.step_1a();
    if !UNTOUCHED.iter().any(|other| other.as_bytes()[0] == first && *other == word.text()) {
        word.step_1b();
        word.step_1c();
        word.step_2();
        word.step_3();
        word.step_4();
        word.step_5();
    }
    word.text().to_ascii_lowercase()
}

const EXCEPTIONS: &[(&str, &str)] = &[
    ("skis", "ski"),
    ("skies", "sky"),
    ("dying", "die"),
    ("lying", "lie"),
    ("tying", "tie"),
    ("idly", "idl"),
    ("gently", "gentl"),
    ("ugly", "ugli"),
    ("early", "earli"),
    ("only", "onli"),
    ("singly", "singl"),
    ("sky", "sky"),
    ("news", "news"),
    ("howe", "howe"),
    ("atlas", "atlas"),
    ("cosmos", "cosmos"),
    ("bias", "bias"),
    ("andes", "andes"),
];

/// Left as they are after step 1a.
const UNTOUCHED: &[&str] =
    &["inning", "outing", "canning", "herring", "earring", "proceed", "exceed", "succeed"];

const STEP_2: &[(&str, &str)] = &[
    ("ational", "ate"),
    ("fulness", "ful"),
    ("iveness", "ive"),
    ("ization", "ize"),
    ("ousness", "ous"),
    ("biliti", "ble"),
    ("lessli", "less"),
    ("tional", "tion"),
    ("alism", "al"),
    ("aliti", "al"),
    ("ation", "ate"),
    ("entli", "ent"),
    ("fulli", "ful"),
    ("iviti", "ive"),
    ("ousli", "ous"),
    ("abli", "able"),
    ("alli", "al"),
    ("anci", "ance"),
    ("ator", "ate"),
    ("enci", "ence"),
    ("izer", "ize"),
    ("bli", "ble"),
    ("ogi", "og"),
    ("li", ""),
];

const STEP_3: &[(&str, &str)] = &[
    ("ational", "ate"),
    ("tional", "tion"),
    ("alize", "al"),
    ("ative", ""),
    ("icate", "ic"),
    ("iciti", "ic"),
    ("ical", "ic"),
    ("ness", ""),
    ("ful", ""),
];

const STEP_4: &[&str] = &[
    "ement", "able", "ance", "ence", "ible", "ment", "ant", "ate", "ent", "ion", "ism", "iti",
    "ive", "ize", "ous", "al", "er", "ic",
];

/// A word on its way to its stem; `Y` is a y that is a consonant.
struct Word {
    letters: Vec<u8>,
    /// Where the regions R1 and R2 begin.
    r1: usize,
    r2: usize,
}

impl Word {
    fn new(folded: &str) -> Word {
        let mut letters = folded.as_bytes().to_vec();
        for i in 0..letters.len() {
            if letters[i] == b'y' && (i == 0 || is_vowel(letters[i - 1])) {
                letters[i] = b'Y';
            }
        }
        let r1 = ["gener", "commun", "arsen"]
            .iter()
            .find(|start| folded.starts_with(**start))
            .map_or_else(|| region(&letters, 0), |start| start.len());
        let r2 = region(&letters, r1);
        Word { letters, r1, r2 }
    }

    fn text(&self) -> &str {
        // Only ASCII letters are ever written, see `stem`.
        std::str::from_utf8(&self.letters).unwrap_or_default()
    }

    fn ends(&self, suffix: &str) -> bool {
        self.letters.last() == suffix.as_bytes().last() && self.letters.ends_with(suffix.as_bytes())
    }

    /// Where `suffix`, which the word ends with, begins.
    fn start(&self, suffix: &str) -> usize {
        self.letters.len() - suffix.len()
    }

    fn replace(&mut self, suffix: &str, by: &str) {
        self.letters.truncate(self.start(suffix));
        self.letters.extend_from_slice(by.as_bytes());
    }

    fn letter_before(&self, at: usize) -> u8 {
        at.checked_sub(1).map_or(0, |i| self.letters[i])
    }

    fn has_vowel_before(&self, at: usize) -> bool {
        self.letters[..at].iter().any(|&c| is_vowel(c))
    }

    /// Whether the letters before `at` end in a short syllable.
    fn short_syllable_before(&self, at: usize) -> bool {
        let w = &self.letters[..at];
        match *w {
            [first, last] => is_vowel(first) && !is_vowel(last),
            [.., a, b, c] => {
                !is_vowel(a) && is_vowel(b) && !is_vowel(c) && !matches!(c, b'w' | b'x' | b'Y')
            }
            _ => false,
        }
    }

    fn step_1a(&mut self) {
        if self.ends("sses") {
            self.replace("sses", "ss");
        } else if self.ends("ied") || self.ends("ies") {
            let by = if self.letters.len() > 4 { "i" } else { "ie" };
            self.replace("ies", by);
        } else if self.ends("s") && !self.ends("us") && !self.ends("ss") {
            let at = self.letters.len() - 1;
            if at >= 1 && self.has_vowel_before(at - 1) {
                self.letters.pop();
            }
        }
    }

    fn step_1b(&mut self) {
        for suffix in ["eedly", "eed"] {
            if self.ends(suffix) {
                if self.start(suffix) >= self.r1 {
                    self.replace(suffix, "ee");
                }
                return;
            }
        }
        let Some(suffix) = ["ingly", "edly", "ing", "ed"].into_iter().find(|s| self.ends(s)) else {
            return;
        };
        if !self.has_vowel_before(self.start(suffix)) {
            return;
        }
        self.replace(suffix, "");
        let doubled = match *self.letters {
            [.., a, b] if a == b => {
                matches!(a, b'b' | b'd' | b'f' | b'g' | b'm' | b'n' | b'p' | b'r' | b't')
            }
            _ => false,
        };
        if self.ends("at") || self.ends("bl") || self.ends("iz") {
            self.letters.push(b'e');
        } else if doubled {
            self.letters.pop();
        } else if self.letters.len() <= self.r1 && self.short_syllable_before(self.letters.len()) {
            self.letters.push(b'e');
        }
    }

    fn step_1c(&mut self) {
        let len = self.letters.len();
        if len > 2
            && matches!(self.letters[len - 1], b'y' | b'Y')
            && !is_vowel(self.letters[len - 2])
        {
            self.letters[len - 1] = b'i';
        }
    }

    fn step_2(&mut self) {
        let Some(&(suffix, by)) = STEP_2.iter().find(|(s, _)| self.ends(s)) else { return };
        let at = self.start(suffix);
        let fits = match suffix {
            "ogi" => self.letter_before(at) == b'l',
            "li" => b"cdeghkmnrt".contains(&self.letter_before(at)),
            _ => true,
        };
        if at >= self.r1 && fits {
            self.replace(suffix, by);
        }
    }

    fn step_3(&mut self) {
        let Some(&(suffix, by)) = STEP_3.iter().find(|(s, _)| self.ends(s)) else { return };
        let at = self.start(suffix);
        if at >= self.r1 && (suffix != "ative" || at >= self.r2) {
            self.replace(suffix, by);
        }
    }

    fn step_4(&mut self) {
        let Some(suffix) = STEP_4.iter().find(|s| self.ends(s)) else { return };
        let at = self.start(suffix);
        let fits = *suffix != "ion" || matches!(self.letter_before(at), b's' | b't');
        if at >= self.r2 && fits {
            self.replace(suffix, "");
        }
    }

    fn step_5(&mut self) {
        let at = self.letters.len() - 1;
        let goes = match self.letters[at] {
            b'e' => at >= self.r2 || (at >= self.r1 && !self.short_syllable_before(at)),
            b'l' => at >= self.r2 && self.letter_before(at) == b'l',
            _ => false,
        };
        if goes {
            self.letters.pop();
        }
    }
}

/// Where the region after the first consonant that follows a vowel begins,
/// looking from `from`.
fn region(letters: &[u8], from: usize) -> usize {
    let after =
        (from + 1..letters.len()).find(|&i| is_vowel(letters[i - 1]) && !is_vowel(letters[i]));
    after.map_or(letters.len(), |i| i + 1)
}

fn is_vowel(letter: u8) -> bool {
    matches!(letter, b'a' | b'e' | b'i' | b'o' | b'u' | b'y')
}

#[cfg(test)]
mod tests {
    //! 1. the inflections of council words share a stem;
    //! 2. equal to the reference implementation for any word of a to z, and
    //!    for words put together from English suffixes;
    //! 3. other scripts are left as they are.

    use super::*;
    use proptest::prelude::*;
    use rust_stemmers::{Algorithm, Stemmer};

    fn check(words: &[&str], expected: &str) {
        for word in words {
            assert_eq!(stem(word), expected, "{word}");
        }
    }

    #[test]
    fn inflections_share_a_stem() {
        check(&["recycle", "recycled", "recycling", "recycles"], "recycl");
        check(&["bin", "bins"], "bin");
        check(&["apply", "applies", "applied"], "appli");
        check(&["library", "libraries"], "librari");
        check(&["tŷ"], "tŷ");
        for word in ["a", "is", "2026", "b12"] {
            check(&[word], word);
        }
    }

    proptest! {
        #![proptest_config(ProptestConfig::with_cases(20_000))]
        #[test]
        fn equals_the_reference(
            start in "[a-z]{1,7}|[bcdst][aeiouy][bdlnrst]{1,2}",
            end in "|s|es|ed|edly|ing|ingly|ies|ied|ational|ization|fulness|ousli|ly|ally|bly|ement|ative|ogy|ogi|icate|eed|eedly|y|e|ll|ion|ism|ator|iviti",
        ) {
            let word = format!("{start}{end}");
            prop_assume!(word.len() > 2);
            let reference = Stemmer::create(Algorithm::English);
            prop_assert_eq!(stem(&word), reference.stem(&word).into_owned(), "{}", word);
        }
    }
}
