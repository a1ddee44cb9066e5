//! Markdown with front matter, through HTML, so that one reader knows blocks.

use pulldown_cmark::{Event, Options, Parser, Tag, TagEnd, html};
use serde_yaml_ng::Value;

use super::meta::{Meta, Unfit};

/// A Markdown file taken apart.
#[derive(Debug)]
pub(crate) struct Markdown {
    /// What the front matter says.
    pub(crate) meta: Meta,
    /// The rest as HTML.
    pub(crate) html: String,
    /// Front matter that was not understood: line, what, what was expected.
    pub(crate) faults: Vec<(u32, String, &'static str)>,
}

/// Reads a Markdown file.
///
/// # Errors
/// The line and the reason, when the front matter is not YAML or does not end.
pub(crate) fn read(source: &str) -> Result<Markdown, (u32, String)> {
    let source = source.replace("\r\n", "\n");
    let mut meta = Meta::default();
    let mut faults = Vec::new();
    let body = match source.strip_prefix("---\n") {
        None => source.as_str(),
        Some(rest) => {
            let (front, body) = divide(rest).ok_or((
                1,
                "the front matter does not end: expected a line `---` after it".to_owned(),
            ))?;
            front_matter(front, &mut meta, &mut faults)?;
            body
        }
    };
    Ok(Markdown { meta, html: to_html(body), faults })
}

fn divide(rest: &str) -> Option<(&str, &str)> {
    if let Some(body) = rest.strip_prefix("---\n") {
        return Some(("", body));
    }
    for end in ["\n---\n", "\n...\n"] {
        if let Some(at) = rest.find(end) {
            return Some((&rest[..=at], &rest[at + end.len()..]));
        }
    }
    rest.strip_suffix("\n---").map(|front| (front, ""))
}

fn front_matter(
    front: &str,
    meta: &mut Meta,
    faults: &mut Vec<(u32, String, &'static str)>,
) -> Result<(), (u32, String)> {
    // Line 1 is the opening `---`.
    let value: Value = serde_yaml_ng::from_str(front).map_err(|error| {
        let line = error.location().map_or(2, |l| l.line() as u32 + 1);
        (line, format!("front matter: {error}"))
    })?;
    let fields = match value {
        Value::Mapping(fields) => fields,
        Value::Null => return Ok(()),
        _ => return Err((2, "front matter: expected lines such as `title: Bins`".to_owned())),
    };
    for (key, value) in fields {
        let Some(key) = key.as_str() else { continue };
        let line = || {
            let of = |l: &str| {
                l.trim_start().strip_prefix(key).is_some_and(|r| r.trim_start().starts_with(':'))
            };
            front.lines().position(of).map_or(2, |at| at as u32 + 2)
        };
        for text in texts(&value) {
            if let Err(Unfit(expected)) = meta.set(key, &text) {
                faults.push((line(), format!("`{key}` cannot be \"{text}\""), expected));
            }
        }
    }
    Ok(())
}

fn texts(value: &Value) -> Vec<String> {
    match value {
        Value::String(text) => vec![text.clone()],
        Value::Bool(truth) => vec![truth.to_string()],
        Value::Number(number) => vec![number.to_string()],
        Value::Sequence(items) => items.iter().flat_map(texts).collect(),
        Value::Null | Value::Mapping(_) | Value::Tagged(_) => Vec::new(),
    }
}

/// Markdown as HTML, each heading with the anchor that static site generators
/// give it.
pub(crate) fn to_html(markdown: &str) -> String {
    let options = Options::ENABLE_TABLES
        | Options::ENABLE_HEADING_ATTRIBUTES
        | Options::ENABLE_STRIKETHROUGH
        | Options::ENABLE_DEFINITION_LIST;
    let mut events: Vec<Event<'_>> = Parser::new_ext(markdown, options).collect();
    let mut taken: Vec<String> = Vec::new();
    let mut open: Option<(usize, String)> = None;
    for at in 0..events.len() {
        match &events[at] {
            Event::Start(Tag::Heading { .. }) => open = Some((at, String::new())),
            Event::Text(text) | Event::Code(text) => {
                if let Some((_, words)) = &mut open {
                    words.push_str(text);
                }
            }
            Event::End(TagEnd::Heading(_)) => {
                let Some((start, words)) = open.take() else { continue };
                if let Event::Start(Tag::Heading { id, .. }) = &mut events[start] {
                    if id.is_none() {
                        *id = Some(anchor(&words, &taken).into());
                    }
                    taken.extend(id.as_ref().map(ToString::to_string));
                }
            }
            _ => {}
        }
    }
    let mut out = String::new();
    html::push_html(&mut out, events.into_iter());
    out
}

/// The anchor of a heading: its letters and digits in lower case with hyphens
/// between words, numbered if taken.
fn anchor(words: &str, taken: &[String]) -> String {
    let words = words.replace(['\'', '’', '‘'], "");
    let base = super::words::key(&words).replace(' ', "-");
    let base = if base.is_empty() { "section".to_owned() } else { base };
    if !taken.contains(&base) {
        return base;
    }
    let mut number = 2;
    loop {
        let anchor = format!("{base}-{number}");
        if !taken.contains(&anchor) {
            return anchor;
        }
        number += 1;
    }
}

#[cfg(test)]
mod tests {
    //! 1. front matter is read, in each form of list;
    //! 2. headings get anchors, each its own;
    //! 3. broken front matter names its line.

    use super::*;

    fn check(source: &str, expected: Result<(&str, &str), u32>) {
        let got = read(source);
        let got = got.as_ref().map(|m| (m.meta.title.as_str(), m.html.as_str()));
        assert_eq!(got.map_err(|(line, _)| *line), expected, "{source}");
    }

    #[test]
    fn reads_front_matter_and_body() {
        check(
            "---\ntitle: Bins\ntopics: [a, b]\n---\n## What's on\n\nText.\n\n## What's on {#own}\n\n## What's on",
            Ok((
                "Bins",
                "<h2 id=\"whats-on\">What's on</h2>\n<p>Text.</p>\n<h2 id=\"own\">What's on</h2>\n<h2 id=\"whats-on-2\">What's on</h2>\n",
            )),
        );
        check("No front matter", Ok(("", "<p>No front matter</p>\n")));
        check("---\n---\nEmpty", Ok(("", "<p>Empty</p>\n")));
        check("---\r\ntitle: A\r\n---\r\nB", Ok(("A", "<p>B</p>\n")));
    }

    #[test]
    fn names_lines_of_faults() {
        check("---\ntitle: A\n", Err(1));
        check("---\ntitle: A\nowner: [x\n---\n", Err(4));
        check("---\njust words\n---\n", Err(2));
        let faults = read("---\ntitle: A\nreview_by: soon\n---\n").unwrap().faults;
        assert_eq!(faults[0].0, 3);
    }
}
