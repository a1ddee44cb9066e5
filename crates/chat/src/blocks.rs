//! A record's text as blocks that belong together: a paragraph, a list or a
//! table with the line that leads in to it.

use doorstep_text::{fold, is_stop, stem, words};

/// A run of lines that must be shown whole.
#[derive(Debug, PartialEq, Eq)]
pub(crate) struct Block<'a> {
    /// Its lines, as they stand in the text.
    pub(crate) text: &'a str,
    /// How many words it has.
    pub(crate) words: usize,
    /// Whether it goes on from what stands before it ("However, …"), so that
    /// neither may be shown without the other.
    pub(crate) goes_on: bool,
}

/// What kind of line it is.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Line {
    Empty,
    Paragraph,
    Item,
    Step,
    Row,
    Heading,
}

fn kind(line: &str) -> Line {
    let digits = line.bytes().take_while(u8::is_ascii_digit).count();
    if line.trim().is_empty() {
        Line::Empty
    } else if line.starts_with("- ") {
        Line::Item
    } else if digits > 0 && line[digits..].starts_with(". ") {
        Line::Step
    } else if line.starts_with('|') {
        Line::Row
    } else if line.starts_with("### ") {
        Line::Heading
    } else {
        Line::Paragraph
    }
}

/// The blocks of `text`, in order; together they hold every line that says
/// anything.
pub(crate) fn blocks(text: &str) -> Vec<Block<'_>> {
    let mut spans: Vec<(usize, usize)> = Vec::new();
    let mut before = Line::Empty;
    let mut leads = false;
    let mut at = 0;
    for line in text.split_inclusive('\n') {
        let (start, end) = (at, at + line.len());
        at = end;
        let now = kind(line);
        if now == Line::Empty {
            continue;
        }
        // A list stays with its kind; a line that leads in stays with what it
        // leads to.
        let same = now == before && matches!(now, Line::Item | Line::Step | Line::Row);
        match spans.last_mut() {
            Some(last) if same || leads => last.1 = end,
            _ => spans.push((start, end)),
        }
        leads = now == Line::Heading || (now == Line::Paragraph && line.trim_end().ends_with(':'));
        before = now;
    }
    spans
        .into_iter()
        .map(|(start, end)| {
            let text = text[start..end].trim_end();
            Block { text, words: words(text).count(), goes_on: goes_on(text) }
        })
        .collect()
}

/// Words by which a block leans on the one before it: exceptions, conditions,
/// and pronouns for what was just said.
fn goes_on(text: &str) -> bool {
    const LEANING: &[&str] = &[
        "although",
        "and",
        "but",
        "except",
        "however",
        "if",
        "it",
        "otherwise",
        "or",
        "so",
        "that",
        "their",
        "then",
        "these",
        "they",
        "this",
        "those",
        "unless",
        "until",
        "you",
    ];
    let first = words(text).next().map(fold).unwrap_or_default();
    // "If" and "you" begin most paragraphs; only with a "not" or "also" near
    // do they limit the one before.
    if matches!(first.as_str(), "if" | "you") {
        return words(text).take(5).map(fold).any(|w| {
            matches!(
                w.as_str(),
                "not" | "also" | "cannot" | "cant" | "dont" | "must" | "only" | "still"
            )
        });
    }
    LEANING.binary_search(&first.as_str()).is_ok() && first != "their"
}

/// How many different topic words of the question (stems) stand in `text`.
pub(crate) fn shared(text: &str, stems: &[String]) -> usize {
    let mut found = vec![false; stems.len()];
    for word in words(text) {
        let word = stem(&fold(word));
        if let Some(at) = stems.iter().position(|s| *s == word) {
            found[at] = true;
        }
    }
    found.into_iter().filter(|f| *f).count()
}

/// The stems of the question's topic words.
pub(crate) fn topic_stems(question: &str) -> Vec<String> {
    let mut out: Vec<String> =
        words(question).map(fold).filter(|w| !is_stop(w)).map(|w| stem(&w)).collect();
    out.sort_unstable();
    out.dedup();
    out
}

#[cfg(test)]
mod tests {
    //! 1. lists, steps and tables stay whole and with the line that leads in;
    //! 2. every line that says anything is in one block;
    //! 3. what leans on the block before is known.

    use super::*;

    fn check(text: &str, expected: &[&str]) {
        let found: Vec<&str> = blocks(text).iter().map(|b| b.text).collect();
        assert_eq!(found, expected);
    }

    #[test]
    fn keeps_what_belongs_together() {
        check(
            "Intro.\n\nYou need:\n- a\n- b\nAfter.\n\n| A | B |\n| 1 | 2 |\n1. x\n2. y",
            &["Intro.", "You need:\n- a\n- b", "After.", "| A | B |\n| 1 | 2 |", "1. x\n2. y"],
        );
        check("### Fees\n\n| A |\n| 1 |", &["### Fees\n\n| A |\n| 1 |"]);
        check("", &[]);
    }

    #[test]
    fn knows_what_leans() {
        for (text, expected) in [
            ("However, we may refuse.", true),
            ("Unless you are 75.", true),
            ("You cannot do this on Sundays.", true),
            ("You can apply online.", false),
            ("Apply online.", false),
        ] {
            assert_eq!(goes_on(text), expected, "{text}");
        }
    }

    #[test]
    fn counts_shared_topic_words() {
        let stems = topic_stems("how much does a garden bin cost");
        assert_eq!(shared("Garden bins cost £50; a second bin £40.", &stems), 3);
    }
}
