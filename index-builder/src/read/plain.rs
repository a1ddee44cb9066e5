//! Plain text as lines of meaning: hard-wrapped lines joined, and pages of
//! plain text as blocks.

use std::sync::LazyLock;

use regex::Regex;

use super::blocks::{Block, Kind};
use super::words::collapse;
use super::{links, pattern};

/// Lines longer than this were not wrapped by hand or by a mail program (78 is
/// the limit of RFC 5322; some wrap at 80 or 90).
const WIDEST_WRAP: usize = 92;

/// Mail programs wrap between 65 and 80; lines that are all shorter were ended
/// by their writer.
const NARROWEST_WRAP: usize = 64;

/// A line of meaning.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct TextLine {
    /// Its text, white space collapsed.
    pub(crate) text: String,
    /// Whether an empty line stands before it.
    pub(crate) apart: bool,
}

static BULLET: LazyLock<Regex> =
    LazyLock::new(|| pattern(r"^(?:(?:[-*•·‣▪●–—]|\u{f0b7})\s+|[•·‣▪●]|o\s+(?P<word>[A-Z]))"));

static NUMBERED: LazyLock<Regex> = LazyLock::new(|| {
    pattern(
        r"(?i)^(?:[(\[]?\d{1,2}\s?[a-h]?[.)\]:]|\d{1,2}\s?[a-h][ .)]|(?:q|question|answer)\s?\d)",
    )
});

/// The text of a list item if the line begins with a bullet.
pub(crate) fn bullet(text: &str) -> Option<&str> {
    let found = BULLET.captures(text)?;
    // Word's second bullet is the letter o; the word after it is the item's.
    let end = match (found.name("word"), found.get(0)) {
        (Some(word), _) => word.start(),
        (None, whole) => whole.map_or(0, |m| m.end()),
    };
    let rest = text[end..].trim_start();
    // "- 5 degrees" is an item; "-----" and "– " are rules.
    rest.chars().any(char::is_alphanumeric).then_some(rest)
}

/// The lines of a text. Inside a paragraph a line is joined to the next where
/// the text was wrapped: the next word would not have fitted, or the next line
/// begins in the middle of a sentence.
pub(crate) fn lines(text: &str) -> Vec<TextLine> {
    let mut out: Vec<TextLine> = Vec::new();
    let mut group: Vec<String> = Vec::new();
    for line in text.lines().chain([""]) {
        let line = collapse(line);
        if line.is_empty() {
            join(&mut group, &mut out);
        } else {
            group.push(line);
        }
    }
    out
}

fn join(group: &mut Vec<String>, out: &mut Vec<TextLine>) {
    let length = |line: &str| line.chars().count();
    let width = group.iter().map(|l| length(l)).max().unwrap_or(0);
    let mut apart = true;
    let mut last_length = 0;
    for line in group.drain(..) {
        let own_length = length(&line);
        let first_word = line.split(' ').next().map_or(0, length);
        let goes_on = |before: &str| {
            let numbered = NUMBERED.is_match(&line) && !is_address(&line);
            let marked = numbered || bullet(&line).is_some();
            let ended = before.ends_with(['.', '?', '!', ':', ';']);
            let in_sentence = line.starts_with(char::is_lowercase) || is_address(&line);
            // 3: white space that was collapsed, and addresses cut by the site.
            let full = last_length + 1 + first_word + 3 > width && width >= NARROWEST_WRAP;
            width <= WIDEST_WRAP && !marked && (full || (in_sentence && !ended))
        };
        match out.last_mut() {
            Some(last) if !apart && goes_on(&last.text) => {
                last.text.push(' ');
                last.text.push_str(&line);
            }
            _ => out.push(TextLine { text: line, apart }),
        }
        apart = false;
        last_length = own_length;
    }
}

fn is_address(line: &str) -> bool {
    let rest = line.trim_start_matches(|c: char| c == '[' || c == ']' || c.is_ascii_digit());
    rest.starts_with("http") || rest.starts_with("www.")
}

/// A page of plain text as blocks, and its title (the first line). A short
/// line that stands alone before a paragraph and does not end a sentence is a
/// heading.
pub(crate) fn page(text: &str) -> (String, Vec<Block>) {
    let lines = lines(text);
    let mut blocks = Vec::new();
    let mut title = String::new();
    for (number, line) in lines.iter().enumerate() {
        if number == 0 && line.text.chars().count() <= 150 {
            title.clone_from(&line.text);
            continue;
        }
        let next = lines.get(number + 1);
        let heads = |next: &TextLine| {
            next.apart && bullet(&next.text).is_none() && next.text.len() > line.text.len()
        };
        let short = line.text.chars().count() <= 90
            && !line.text.ends_with(['.', ',', ';', ':', '!'])
            && !line.text.contains(['@', '<']);
        let (kind, text) = if let Some(item) = bullet(&line.text) {
            (Kind::Item, item)
        } else if line.apart && short && next.is_some_and(heads) {
            (Kind::Heading(2), line.text.as_str())
        } else if line.apart {
            (Kind::Para, line.text.as_str())
        } else {
            (Kind::Line, line.text.as_str())
        };
        blocks.push(linked(kind, text));
    }
    (title, blocks)
}

/// A block with the addresses in its text as links.
pub(crate) fn linked(kind: Kind, text: &str) -> Block {
    let (text, links) = links::find(text, None, None);
    Block { links, ..Block::new(kind, text) }
}

#[cfg(test)]
mod tests {
    //! 1. wrapped lines are joined, lines that stand for themselves are not;
    //! 2. bullets are known in the forms that mail and word processors write;
    //! 3. a page of plain text has a title, headings and paragraphs.

    use super::*;

    fn check(text: &str, expected: &[&str]) {
        let got = lines(text);
        assert_eq!(got.iter().map(|l| l.text.as_str()).collect::<Vec<_>>(), expected);
    }

    #[test]
    fn joins_wrapped_lines() {
        check(
            "3.Yes - officers are trained in the handling of sacks, lids and the\nCollection of glass. These courses are held each year by the team at\nthe depot.\n\u{a0}\n4. Please see\n[2]http://www.larkmere.example/home/do-it...  If the\nlid is broken, ring us.",
            &[
                "3.Yes - officers are trained in the handling of sacks, lids and the Collection of glass. These courses are held each year by the team at the depot.",
                "4. Please see [2]http://www.larkmere.example/home/do-it... If the lid is broken, ring us.",
            ],
        );
        check("Mere House\nMarket Street\nLarkmere", &["Mere House", "Market Street", "Larkmere"]);
        check(
            "1. How many bins were there in the year and how many of them were the\n2. How many lids?\n- one\n- two",
            &[
                "1. How many bins were there in the year and how many of them were the",
                "2. How many lids?",
                "- one",
                "- two",
            ],
        );
    }

    #[test]
    fn knows_bullets() {
        for text in ["- one", "• one", "·       one", "* one", "o One", "\u{f0b7} one"] {
            assert!(bullet(text).is_some_and(|t| t.eq_ignore_ascii_case("one")), "{text}");
        }
        for text in ["one", "-----", "or one", "o one", "-5 degrees"] {
            assert_eq!(bullet(text), None, "{text}");
        }
    }

    #[test]
    fn reads_a_page() {
        let (title, blocks) = page(
            "Notice\n\nWhy we ask\n\nWe need to know your name to help you.\n\nRing us\nor write to a@b.example",
        );
        assert_eq!(title, "Notice");
        let got: Vec<_> = blocks.iter().map(|b| (b.kind, b.text.as_str(), b.links.len())).collect();
        assert_eq!(
            got,
            [
                (Kind::Heading(2), "Why we ask", 0),
                (Kind::Para, "We need to know your name to help you.", 0),
                (Kind::Para, "Ring us or write to a@b.example", 1),
            ]
        );
    }
}
