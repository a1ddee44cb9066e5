//! Names and addresses, by the words that lead to them. Best effort: a name
//! without such a word is a word like any other.

use doorstep_text::is_stop;

use super::{Known, Span};
use crate::tokens::Token;

/// Words that a name may have.
const NAME: usize = 3;

pub(super) fn find(text: &str, words: &[Token], known: &dyn Known) -> Vec<Span> {
    if words.len() < 2 {
        return Vec::new();
    }
    let finder = Finder {
        text,
        words,
        not_names: known.not_names(words),
        // In a text of capitals a capital says nothing.
        shouting: !text.chars().any(char::is_lowercase),
    };
    let mut spans = Vec::new();
    for at in 0..words.len() {
        spans.extend(finder.address(at));
        spans.extend(finder.name(at));
    }
    spans
}

struct Finder<'a> {
    text: &'a str,
    words: &'a [Token],
    not_names: Vec<bool>,
    shouting: bool,
}

impl Finder<'_> {
    fn word(&self, at: usize) -> &str {
        self.words.get(at).map_or("", |w| w.folded.as_str())
    }

    fn back(&self, at: usize, by: usize) -> &str {
        at.checked_sub(by).map_or("", |i| self.word(i))
    }

    fn gap(&self, at: usize) -> &str {
        match (self.words.get(at), self.words.get(at + 1)) {
            (Some(a), Some(b)) => &self.text[a.end..b.start],
            _ => "",
        }
    }

    fn capital(&self, at: usize) -> bool {
        let first = self.words.get(at).and_then(|w| self.text[w.start..].chars().next());
        !self.shouting && first.is_some_and(char::is_uppercase)
    }

    /// Whether word `at` could be part of a name at all.
    fn could_be_name(&self, at: usize) -> bool {
        let word = self.word(at);
        !word.is_empty()
            && word.chars().all(char::is_alphabetic)
            && !is_stop(word)
            && !self.not_names.get(at).copied().unwrap_or(true)
    }

    /// Words of a name from `at` on: with capitals, or (if `loose` and the
    /// first has none) at most two without.
    fn run(&self, at: usize, loose: bool) -> usize {
        let loose = loose && !self.capital(at);
        let mut len = 0;
        while len < NAME && self.could_be_name(at + len) {
            let fits = self.capital(at + len) || (loose && len < 2);
            let apart = len > 0 && !matches!(self.gap(at + len - 1), " " | "-" | ". ");
            if !fits || apart {
                break;
            }
            len += 1;
        }
        len
    }

    fn span(&self, at: usize, len: usize) -> Option<Span> {
        (len > 0).then(|| (self.words[at].start, self.words[at + len - 1].end))
    }

    /// The name that the words before `at` lead to.
    fn name(&self, at: usize) -> Option<Span> {
        let (one, two, three) = (self.back(at, 1), self.back(at, 2), self.back(at, 3));
        let own = |w: &str| {
            matches!(
                w,
                "my" | "his"
                    | "her"
                    | "full"
                    | "first"
                    | "last"
                    | "is"
                    | "husbands"
                    | "wifes"
                    | "and"
                    | "the"
            )
        };
        // "My name is Sam Patel", "name: Sam", "my names sam".
        let told = (one == "is" && matches!(two, "name" | "names") && own(three))
            || (matches!(one, "names" | "surname") && own(two))
            || (one == "name" && (matches!(two, "my" | "full") || self.gap(at - 1).contains(':')));
        if told {
            return self.span(at, self.run(at, true));
        }
        if matches!(one, "mr" | "mrs" | "ms" | "dr" | "miss" | "mx") {
            let sure = matches!(one, "mr" | "mrs") || self.capital(at);
            return self
                .span(at, if sure { self.run(at, one != "dr" && one != "miss") } else { 0 });
        }
        if relation(one) && matches!(two, "my" | "our") {
            return self.span(at, self.run(at, false));
        }
        // "Hello its Doreen Pask", "this is Doreen Pask".
        let weak = matches!(one, "its" | "im" | "from")
            || (one == "is" && two == "this")
            || (one == "am" && two == "i");
        if !weak {
            return None;
        }
        let lead = 1 + usize::from(matches!(one, "is" | "am"));
        let greeted = (0..at.saturating_sub(lead)).all(|i| greeting(self.word(i)))
            || greeting(self.back(at, lead + 1));
        let capitals = self.run(at, false);
        // "This is Wrayford Library" goes on with a capital.
        let whole = !self.capital(at + capitals) || self.gap(at + capitals - 1) != " ";
        if capitals >= 2 && (greeted || (one != "from" && whole)) {
            return self.span(at, capitals);
        }
        // "its doreen pask 31 weir close": an address makes it a name.
        let loose = self.run(at, true);
        if greeted && loose == 2 && self.address(at + 2).is_some() {
            return self.span(at, loose);
        }
        None
    }

    /// House number and street, with a flat before it and a town after it.
    fn address(&self, at: usize) -> Option<Span> {
        let number = self.word(at);
        let digits = number.trim_end_matches(|c: char| c.is_ascii_alphabetic());
        let is_number = (1..=4).contains(&digits.len())
            && digits.bytes().all(|b| b.is_ascii_digit())
            && number.len() <= digits.len() + 1;
        if !is_number {
            return None;
        }
        // One to three words, the last a word for a street.
        let to = (at + 2..=at + 4).find(|&i| street(self.word(i)))?;
        let middle_ok = (at + 1..to).all(|i| {
            !self.not_names[i]
                && !is_stop(self.word(i))
                && !self.word(i).bytes().any(|b| b.is_ascii_digit())
        });
        let together = (at..to).all(|i| matches!(self.gap(i), " " | ", "));
        if !middle_ok || !together {
            return None;
        }
        let lead = matches!(
            self.back(at, 1),
            "at" | "address" | "no" | "number" | "of" | "house" | "flat" | "hidden"
        );
        let capital = (at + 1..=to).all(|i| self.capital(i));
        let ends = to + 1 >= self.words.len() || self.gap(to).contains([',', '.', '[', ';']);
        let named = at >= 2
            && (at - 2..at).all(|i| self.could_be_name(i))
            && matches!(self.back(at, 3), "its" | "im" | "is" | "from" | "am");
        if !(lead || capital || ends || named) {
            return None;
        }
        let flat = at >= 2 && matches!(self.back(at, 2), "flat" | "apartment" | "unit");
        let start = if flat { at - 2 } else { at };
        Some((self.words[self.name_before(start)].start, self.words[self.town_after(to)].end))
    }

    /// The first word of a name in capitals that stands before word `at`
    /// ("Dave Porter, 5 Orchard Close"), else `at`.
    fn name_before(&self, at: usize) -> usize {
        let is_part = |&i: &usize| {
            self.capital(i) && self.could_be_name(i) && matches!(self.gap(i), " " | ", ")
        };
        let len = (0..at).rev().take(NAME).take_while(is_part).count();
        if len >= 2 { at - len } else { at }
    }

    /// The last word of a town that stands after an address ("Wrayford").
    fn town_after(&self, to: usize) -> usize {
        let town = self.gap(to) == ", " && self.capital(to + 1) && self.could_be_name(to + 1);
        to + usize::from(town)
    }
}

fn greeting(word: &str) -> bool {
    matches!(
        word,
        "hi" | "hiya"
            | "hello"
            | "hey"
            | "dear"
            | "good"
            | "morning"
            | "afternoon"
            | "evening"
            | "there"
            | "sir"
            | "madam"
            | "yes"
            | "ok"
    )
}

fn relation(word: &str) -> bool {
    matches!(
        word,
        "mum"
            | "mam"
            | "mother"
            | "dad"
            | "father"
            | "son"
            | "daughter"
            | "wife"
            | "husband"
            | "partner"
            | "brother"
            | "sister"
            | "nan"
            | "gran"
            | "grandad"
            | "uncle"
            | "aunt"
            | "neighbour"
            | "friend"
            | "landlord"
            | "child"
            | "baby"
            | "boyfriend"
            | "girlfriend"
    )
}

fn street(word: &str) -> bool {
    const STREETS: &[&str] = &[
        "ave", "avenue", "bank", "close", "court", "cres", "crescent", "drive", "gardens", "green",
        "grove", "hill", "lane", "ln", "mews", "parade", "park", "place", "rd", "rise", "road",
        "row", "square", "st", "street", "terrace", "view", "walk", "way",
    ];
    STREETS.binary_search(&word).is_ok()
}
