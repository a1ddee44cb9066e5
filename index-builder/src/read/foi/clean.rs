//! The council's words without what a web page or mail program did to them:
//! footnote marks, addresses cut short, places where something was blacked out.

use std::sync::LazyLock;

use doorstep_index::Link;
use regex::Regex;

use super::Line;
use crate::read::words::collapse;
use crate::read::{links, pattern};

static FOOTNOTE: LazyLock<Regex> =
    LazyLock::new(|| pattern(r"\[(\d{1,2})\](\s?(?:https?://|www\.)\S+)?"));
static CUT: LazyLock<Regex> =
    LazyLock::new(|| pattern(r"\(?(?:https?://|www\.)\S*?(?:\.\.\.|…)\)?[.,;]?"));
static LEAD: LazyLock<Regex> = LazyLock::new(|| {
    pattern(
        r"(?xi) [\s,;:–(-]* \b (?:
            (?: (?:and|but|or)\s+ )? (?: (?:please|you\ can|can\ be|also)\s+ )*
            (?: see | refer\ to | visit | go\ to | follow | click | view | found )
            (?: \s+ (?: the | our | this | following | link | links | website | page | at | on | below | here | via | on ) )*
          | (?: at | via | on | from | here ) (?: \s+ (?: the | this | following | link | links | below ) )*
          ) [\s:–-]* \x01",
    )
});
static BLACKED: LazyLock<Regex> = LazyLock::new(|| {
    pattern(
        r"(?i)\[[^\[\]]{0,60}\b(?:e-?mail|request|address|name|names|phone|telephone|number|mobile|redacted|removed)\b[^\[\]]{0,40}\]|\b(?:foi|ref|reference)[ :]*x{3,}\b|\[\s*(?:redacted|…|\.\.\.)\s*\]",
    )
});

/// The sentences of a text, each with the white space after it.
pub(crate) fn sentences(text: &str) -> Vec<&str> {
    let mut out = Vec::new();
    let mut start = 0;
    let mut chars = text.char_indices().peekable();
    while let Some((at, c)) = chars.next() {
        if !matches!(c, '.' | '?' | '!') {
            continue;
        }
        let mut end = at + c.len_utf8();
        let mut spaced = false;
        while let Some((next, c)) = chars.peek().copied() {
            if c.is_whitespace() {
                spaced = true;
            } else if spaced || !matches!(c, '.' | '?' | '!' | ')' | '"' | '”' | '’' | '\'') {
                break;
            }
            end = next + c.len_utf8();
            chars.next();
        }
        // A small letter goes on with the sentence ("e.g. bins"), but not after
        // a question mark.
        let starts = chars
            .peek()
            .is_none_or(|(_, c)| !c.is_lowercase() || matches!(text.as_bytes()[at], b'?' | b'!'));
        if spaced && starts {
            out.push(&text[start..end]);
            start = end;
        }
    }
    if start < text.len() {
        out.push(&text[start..]);
    }
    out
}

/// The line's words and links as they can be shown, `None` if nothing is left.
/// `notes` are the addresses of footnotes.
pub(crate) fn clean(line: &Line, notes: &[(u32, String)]) -> Option<(String, Vec<Link>)> {
    let text = FOOTNOTE.replace_all(&line.text, |c: &regex::Captures<'_>| {
        let address = c.get(2).map_or("", |m| m.as_str().trim());
        let number = c[1].parse::<u32>().ok();
        let whole = notes.iter().find(|(n, _)| Some(*n) == number).map(|(_, a)| a.as_str());
        match whole {
            Some(whole) if links::is_truncated(address) => whole.to_owned(),
            _ => address.to_owned(),
        }
    });
    let mut text = collapse(&text);
    if CUT.is_match(&text) || BLACKED.is_match(&text) {
        let cut = CUT.replace_all(&text, "\u{1}");
        let kept: String = sentences(&cut).into_iter().filter(|s| !BLACKED.is_match(s)).collect();
        let kept = collapse(&LEAD.replace_all(&kept, " ").replace('\u{1}', " "));
        let kept = kept.replace(" .", ".").replace(" ,", ",");
        // Elsewhere the words stand as they are, to the last semicolon.
        kept.trim_matches([' ', ',', ';', '–', '-']).clone_into(&mut text);
    }
    if !text.chars().any(char::is_alphanumeric) {
        return None;
    }
    let (text, mut found) = links::find(&text, None, None);
    let mut links: Vec<Link> =
        line.links.iter().filter(|l| text.contains(&l.text)).cloned().collect();
    found.retain(|f| !links.iter().any(|l| l.text.contains(&f.text)));
    links.extend(found);
    Some((text, links))
}

#[cfg(test)]
mod tests {
    //! 1. cut addresses go with the words that lead to them;
    //! 2. footnotes give back the whole address;
    //! 3. a sentence with something blacked out goes, the others stay;
    //! 4. whole addresses are links; nothing left is nothing.

    use super::*;
    use crate::read::foi::LineKind;

    fn check(text: &str, expected: Option<&str>) {
        let line = Line::new(LineKind::Para, text);
        let notes = [(3, "https://www.larkmere.example/fees/".to_owned())];
        assert_eq!(clean(&line, &notes).map(|(text, _)| text).as_deref(), expected, "{text}");
    }

    #[test]
    fn cleans() {
        check(
            "It is in our policy - please see [1]http://www.a.example/do-it-onl...",
            Some("It is in our policy"),
        );
        check(
            "Please see [2]http://www.a.example/do... If the lid broke, tell us.",
            Some("If the lid broke, tell us."),
        );
        check(
            "More is available on our website at http://www.a.example/open-d...",
            Some("More is available on our website"),
        );
        check(
            "See [3]https://www.larkmere.example/fe...",
            Some("See https://www.larkmere.example/fees/"),
        );
        check(
            "We hold it. Write to [email address] for more. It is free.",
            Some("We hold it. It is free."),
        );
        check("Quote FOI xxxx please.", None);
        check("http://a.example/b…", None);
        check("Reasons are, but not limited to;", Some("Reasons are, but not limited to;"));
        check("Bins, e.g. blue ones, cost £5.", Some("Bins, e.g. blue ones, cost £5."));
    }

    #[test]
    fn links_whole_addresses() {
        let line = Line::new(LineKind::Para, "See www.larkmere.example/bins.");
        let (_, links) = clean(&line, &[]).unwrap();
        assert_eq!(links[0].url, "https://www.larkmere.example/bins");
    }

    #[test]
    fn splits_sentences() {
        assert_eq!(
            sentences("One? Two. 3 p.m. is late e.g. now. (Four.) five? six"),
            ["One? ", "Two. ", "3 p.m. is late e.g. now. ", "(Four.) five? ", "six"]
        );
        assert_eq!(sentences(""), Vec::<&str>::new());
    }
}
