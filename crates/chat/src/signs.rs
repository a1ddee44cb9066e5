//! Emergencies that no pattern spells: each word of a message counts for or
//! against a card, and the sum decides. A logistic regression over thousands of
//! messages; `crates/chat/signs` holds them and the recipe.

use doorstep_text::stem;

use crate::tokens::Token;

/// The stems of a question's words, sorted, each once.
pub(crate) fn said<'t>(tokens: impl Iterator<Item = &'t Token>) -> Vec<String> {
    let mut said: Vec<String> = tokens.map(|token| stem(&token.folded)).collect();
    said.sort_unstable();
    said.dedup();
    said
}

/// What `signs`, stems with their weight ("pill=21 garden=-3", and "=-60" for
/// any question), add up to: an emergency from nought on. A pass over some
/// hundred signs.
pub(crate) fn sum(signs: &str, said: &[String]) -> i64 {
    let counts =
        |word: &str| word.is_empty() || said.binary_search_by(|one| one.as_str().cmp(word)).is_ok();
    let signs = signs.split_ascii_whitespace().filter_map(parse);
    signs.filter(|(word, _)| counts(word)).map(|(_, weight)| weight).sum()
}

/// Weights of 16 bits: no index holds so many that their sum is too large.
fn parse(sign: &str) -> Option<(&str, i64)> {
    let (word, weight) = sign.rsplit_once('=')?;
    Some((word, i64::from(weight.parse::<i16>().ok()?)))
}

/// The first of a card's signs that is none.
#[cfg(feature = "build")]
pub(crate) fn broken(signs: &str) -> Option<&str> {
    signs.split_ascii_whitespace().find(|sign| parse(sign).is_none())
}

#[cfg(test)]
mod tests {
    //! 1. words that are said count once, others not;
    //! 2. what is no sign is told.

    use super::*;
    use crate::tokens::tokens;

    fn check(signs: &str, question: &str, expected: i64) {
        assert_eq!(sum(signs, &said(tokens(question).iter())), expected, "{question}");
    }

    #[test]
    fn sums() {
        let signs = "=-10 knife=12 garden=-4";
        check(signs, "a knife", 2);
        check(signs, "knives, a KNIFE and a knife", 2);
        check(signs, "a knife for the garden", -2);
        check(signs, "", -10);
        check("", "a knife", 0);
        check(&"=32767 ".repeat(70_000), "", 32_767 * 70_000);
    }

    #[test]
    #[cfg(feature = "build")]
    fn broken_signs() {
        assert_eq!(broken("=-10 knife=10 alon=-3"), None);
        assert_eq!(broken("knife=10 alone left=1"), Some("alone"));
        assert_eq!(broken("knife=1.5"), Some("knife=1.5"));
    }
}
