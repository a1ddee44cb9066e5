//! Answers that point to other answers ("Please see question 3 above"),
//! followed to what they point to.

use std::sync::LazyLock;

use regex::Regex;

use super::number::Key;
use super::pair::Pair;
use crate::read::pattern;

/// Where an answer points.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) enum Reference {
    /// To the answers of these numbers; `true` if it says that they are above.
    Keys(Vec<Key>, bool),
    /// To the answer before it ("As above").
    Previous,
}

/// Longer answers say something themselves, whatever they point to.
const LONGEST: usize = 24;

static POINTER: LazyLock<Regex> = LazyLock::new(|| {
    pattern(
        r"(?xi) \b (?: see | refer(?:red)?\ (?:back\ )?to | as\ per | as\ (?:in|for|at) | same\ as | covered\ (?:in|by|under|at) | answered\ (?:in|at|under|by|above\ in)
          | provided\ (?:in|at|under) | given\ (?:in|at|under)
          | (?:named|listed|stated|described|mentioned|explained|shown|outlined|set\ out)\ (?:in|at|under) | as )
          \s+ (?: the\s+ | our\s+ | my\s+ | above\s+ | previous\s+ | also\s+ )*
          (?: (?: answers? | responses? | reply | information | comments? ) \s+ (?: (?:given|provided)\s+ )? (?: to | for | at | in | under ) \s+ (?: the\s+ )? )?
          (?: questions? | q\.? | points? | items? | numbers? | no\.? | parts? | request )? \s*
          (?P<keys> \(? q?\d{1,2} \s? \(?[a-h]?\)? (?: \s* (?: , | and | & | - | to ) \s* (?: questions?\s* | q\.?\s* )? \d{1,2} \s? \(?[a-h]?\)? )* ) \)? \b
          (?: \s* (?P<above> above ) )? (?P<after> .* ) $",
    )
});
static PREVIOUS: LazyLock<Regex> = LazyLock::new(|| {
    pattern(
        r"(?i)^(?:please )?(?:see |refer to |as |same as )(?:the |our )?(?:answer |response |question )?(?:above|previous(?: (?:answer|response|question))?|immediately above)\W*$",
    )
});
static KEY: LazyLock<Regex> = LazyLock::new(|| pattern(r"(?i)(\d{1,2})\s?\(?([a-h])?\b\)?"));
static RANGE: LazyLock<Regex> =
    LazyLock::new(|| pattern(r"^\D*(\d{1,2})\s*(?:-|to)\s*(?:q\.?\s*)?(\d{1,2})\D*$"));

/// Where an answer points, if that is what it says.
pub(crate) fn reference(answer: &str) -> Option<Reference> {
    if answer.split_whitespace().count() > LONGEST {
        return None;
    }
    if PREVIOUS.is_match(answer) {
        return Some(Reference::Previous);
    }
    let found = POINTER.captures(answer)?;
    let named = found["keys"].to_lowercase();
    let whole = found.get(0).map_or("", |m| m.as_str()).to_lowercase();
    let word =
        ["question", "q", "answer", "response", "point", "item", "reply", "part", "no", "number"]
            .iter()
            .any(|w| {
                whole
                    .split(|c: char| !c.is_alphabetic())
                    .any(|part| part.trim_end_matches('s') == *w)
            });
    let above = found.name("above").is_some();
    let after = found["after"].trim_matches(|c: char| !c.is_alphanumeric());
    // "See 3" alone is a reference, "as 3 officers left" is none.
    if !word && !above && !after.is_empty() {
        return None;
    }
    let keys = match RANGE.captures(&named).map(|c| (c[1].parse::<u32>(), c[2].parse::<u32>())) {
        Some((Ok(from), Ok(to))) if from < to && to - from < 30 => {
            (from..=to).map(|number| Key { number, sub: String::new() }).collect()
        }
        _ => KEY
            .captures_iter(&named)
            .filter_map(|c| {
                let sub = c.get(2).map_or(String::new(), |m| m.as_str().to_owned());
                Some(Key { number: c[1].parse().ok()?, sub })
            })
            .collect::<Vec<_>>(),
    };
    (!keys.is_empty()).then_some(Reference::Keys(keys, above))
}

/// What the answer of a pair points to, at the end of all chains: numbers of
/// pairs, none if it points nowhere.
///
/// A number means the answer of the same section; an answer that would point
/// to itself means the one of that number in the nearest section before.
/// Errors with what is wrong: the number of no answer, or a circle.
pub(crate) fn resolve(pairs: &[Pair], from: usize) -> Result<Vec<usize>, String> {
    let mut ends = Vec::new();
    let mut trail = vec![from];
    follow(pairs, from, &mut trail, &mut ends)?;
    Ok(ends)
}

fn follow(
    pairs: &[Pair],
    from: usize,
    trail: &mut Vec<usize>,
    ends: &mut Vec<usize>,
) -> Result<(), String> {
    let targets = match reference(&pairs[from].answer_text()) {
        None => {
            if trail.len() > 1 && !ends.contains(&from) {
                ends.push(from);
            }
            return Ok(());
        }
        Some(Reference::Previous) if from == 0 => {
            return Err("it points above, and nothing stands there".to_owned());
        }
        Some(Reference::Previous) => vec![from - 1],
        Some(Reference::Keys(keys, above)) => keys
            .iter()
            .map(|key| {
                find(pairs, from, key, above)
                    .ok_or_else(|| format!("it points to question {key}, which has no answer"))
            })
            .collect::<Result<_, _>>()?,
    };
    for target in targets {
        if trail.contains(&target) {
            return Err("its references lead in a circle".to_owned());
        }
        trail.push(target);
        follow(pairs, target, trail, ends)?;
        trail.pop();
    }
    Ok(())
}

fn find(pairs: &[Pair], from: usize, key: &Key, above: bool) -> Option<usize> {
    let run = pairs[from].run;
    let in_run = |run: usize| {
        pairs.iter().enumerate().position(|(n, p)| n != from && p.run == run && p.key == *key)
    };
    let own = pairs[from].key == *key;
    let here = in_run(run).filter(|at| !own && (!above || *at < from));
    here.or_else(|| (0..run).rev().find_map(in_run)).or_else(|| in_run(run).filter(|_| !own))
}

#[cfg(test)]
mod tests {
    //! 1. references are known in the ways people write them, other words are not;
    //! 2. they are followed along chains, to earlier sections, never in circles.

    use super::*;

    fn key(text: &str) -> Key {
        let digits = text.trim_end_matches(char::is_alphabetic);
        Key { number: digits.parse().unwrap(), sub: text[digits.len()..].to_owned() }
    }

    fn check(text: &str, expected: &[&str]) {
        let got = match reference(text) {
            Some(Reference::Keys(keys, _)) => keys.iter().map(ToString::to_string).collect(),
            Some(Reference::Previous) => vec!["previous".to_owned()],
            None => Vec::new(),
        };
        assert_eq!(got, expected, "{text}");
    }

    #[test]
    fn knows_references() {
        check("Please see Question 3 above", &["3"]);
        check("See 4 above", &["4"]);
        check("See 3a above.", &["3a"]);
        check("As per Q2", &["2"]);
        check("Please refer to our response to question 5.", &["5"]);
        check("Please see the answers to questions 3 and 4", &["3", "4"]);
        check("See response to Q1-3", &["1", "2", "3"]);
        check("Same as question 2(b)", &["2b"]);
        check("As above", &["previous"]);
        check("Please see above.", &["previous"]);
        check("See 6", &["6"]);
        check("Yes, for the teams named in the answer to question 1.", &["1"]);
        check("Please see attached fees policy", &[]);
        check("see exemption which applies below", &[]);
        check("See Section 40", &[]);
        check("We had 3 officers, as 4 left", &[]);
        check("As 3 officers left the post is vacant", &[]);
        check("Yes", &[]);
    }

    fn follows(rows: &[(usize, &str, &str)], from: usize, expected: Result<&[usize], &str>) {
        let pairs: Vec<Pair> =
            rows.iter().map(|(run, k, answer)| Pair::of(*run, key(k), answer)).collect();
        let expected = expected.map(<[usize]>::to_vec).map_err(str::to_owned);
        assert_eq!(resolve(&pairs, from), expected);
    }

    #[test]
    fn follows_references() {
        let rows = [
            (0, "1", "Yes"),
            (0, "2", "See 3 above"),
            (0, "3", "Ask the director."),
            (0, "3a", "See 3"),
            (0, "4", "See 3a above"),
            (1, "1", "See 2 above"),
            (1, "3", "Please see question 3 above"),
        ];
        follows(&rows, 0, Ok(&[]));
        follows(&rows, 1, Ok(&[2]));
        follows(&rows, 4, Ok(&[2]));
        follows(&rows, 5, Ok(&[2]));
        follows(&rows, 6, Ok(&[2]));
    }

    #[test]
    fn finds_circles_and_gaps() {
        let rows = [
            (0, "1", "See 2"),
            (0, "2", "See 1"),
            (0, "3", "See 3 above"),
            (0, "4", "See question 9"),
        ];
        follows(&rows, 0, Err("its references lead in a circle"));
        follows(&rows, 2, Err("it points to question 3, which has no answer"));
        follows(&rows, 3, Err("it points to question 9, which has no answer"));
        follows(&[(0, "1", "As above")], 0, Err("it points above, and nothing stands there"));
    }
}
