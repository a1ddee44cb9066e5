//! The line form of a record's text as HTML.

use std::fmt::Write;

use doorstep_index::Link;

/// Text as HTML text or attribute value.
pub(super) fn escape(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    for c in text.chars() {
        match c {
            '&' => out.push_str("&amp;"),
            '<' => out.push_str("&lt;"),
            '>' => out.push_str("&gt;"),
            '"' => out.push_str("&quot;"),
            c => out.push(c),
        }
    }
    out
}

/// Writes to a string, which cannot fail.
macro_rules! put {
    ($out:expr, $($args:tt)*) => {{
        let _ = write!($out, $($args)*);
    }};
}

#[derive(Clone, Copy, PartialEq)]
enum Open {
    Nothing,
    Paragraph,
    Bullets,
    Steps,
    Table,
}

/// The text of a record as HTML blocks with its links. `heading` is the level
/// of the headings inside it (at most 6). `label` names its tables.
pub(super) fn to_html(text: &str, links: &[Link], heading: usize, label: &str) -> String {
    let mut out = String::new();
    let mut open = Open::Nothing;
    let mut links = links.iter().peekable();
    for line in text.lines() {
        if line.trim().is_empty() {
            close(&mut out, &mut open);
            continue;
        }
        if let Some(words) = line.strip_prefix("### ") {
            close(&mut out, &mut open);
            let level = heading.min(6);
            let words = linked(words, &mut links);
            put!(out, "<h{level}>{words}</h{level}>\n");
        } else if let Some(words) = line.strip_prefix("- ") {
            enter(&mut out, &mut open, Open::Bullets, "<ul>\n");
            put!(out, "<li>{}</li>\n", linked(words, &mut links));
        } else if let Some((number, words)) = step(line) {
            enter(&mut out, &mut open, Open::Steps, "<ol>\n");
            put!(out, "<li value=\"{number}\">{}</li>\n", linked(words, &mut links));
        } else if let Some(cells) = line.strip_prefix("| ").map(|l| l.trim_end_matches('|')) {
            let header = open != Open::Table;
            let start = format!(
                "<div class=\"table-region\" role=\"region\" tabindex=\"0\" aria-label=\"Table: {}\"><table>\n",
                escape(label)
            );
            enter(&mut out, &mut open, Open::Table, &start);
            let cell = if header { ("<th scope=\"col\">", "</th>") } else { ("<td>", "</td>") };
            out += "<tr>";
            for words in cells.split(" | ") {
                out += cell.0;
                out += &linked(words.trim(), &mut links);
                out += cell.1;
            }
            out += "</tr>\n";
        } else {
            let words = linked(line, &mut links);
            match open {
                Open::Paragraph => put!(out, "<br>\n{words}"),
                // A line after an item goes on with it.
                Open::Bullets | Open::Steps => {
                    out.truncate(out.len() - "</li>\n".len());
                    put!(out, "<br>\n{words}</li>\n");
                }
                Open::Nothing | Open::Table => {
                    enter(&mut out, &mut open, Open::Paragraph, "<p>");
                    out += &words;
                }
            }
        }
    }
    close(&mut out, &mut open);
    out
}

fn enter(out: &mut String, open: &mut Open, wanted: Open, start: &str) {
    if *open != wanted {
        close(out, open);
        out.push_str(start);
        *open = wanted;
    }
}

fn close(out: &mut String, open: &mut Open) {
    out.push_str(match open {
        Open::Nothing => "",
        Open::Paragraph => "</p>\n",
        Open::Bullets => "</ul>\n",
        Open::Steps => "</ol>\n",
        Open::Table => "</table></div>\n",
    });
    *open = Open::Nothing;
}

fn step(line: &str) -> Option<(u32, &str)> {
    let (number, words) = line.split_once(". ")?;
    Some((number.parse().ok()?, words))
}

/// Escapes a line; the next links, in their order, become links where their
/// words stand.
fn linked<'a>(
    line: &str,
    links: &mut std::iter::Peekable<impl Iterator<Item = &'a Link>>,
) -> String {
    let mut out = String::new();
    let mut rest = line;
    while let Some(link) = links.peek() {
        let Some(at) = rest.find(&link.text).filter(|_| !link.text.is_empty()) else { break };
        out += &escape(&rest[..at]);
        put!(out, "<a href=\"{}\">{}</a>", escape(&link.url), escape(&link.text));
        rest = &rest[at + link.text.len()..];
        links.next();
    }
    out + &escape(rest)
}

#[cfg(test)]
mod tests {
    //! 1. each block has its element; 2. links stand at their words; 3. all is escaped.

    use super::*;

    fn check(text: &str, links: &[(&str, &str)], expected: &str) {
        let links: Vec<Link> = links
            .iter()
            .map(|(text, url)| Link { text: (*text).into(), url: (*url).into() })
            .collect();
        assert_eq!(to_html(text, &links, 5, "Fees").replace('\n', ""), expected);
    }

    #[test]
    fn renders() {
        check("One\ntwo\n\nThree", &[], "<p>One<br>two</p><p>Three</p>");
        check(
            "- a\n- b\nmore\n\n3. c",
            &[],
            "<ul><li>a</li><li>b<br>more</li></ul><ol><li value=\"3\">c</li></ol>",
        );
        check("### So\nx", &[], "<h5>So</h5><p>x</p>");
        check(
            "| A | B |\n| 1 |  |",
            &[],
            "<div class=\"table-region\" role=\"region\" tabindex=\"0\" aria-label=\"Table: Fees\"><table><tr><th scope=\"col\">A</th><th scope=\"col\">B</th></tr><tr><td>1</td><td></td></tr></table></div>",
        );
        check(
            "See a & b or a.",
            &[("a & b", "/x?1&2"), ("a", "/y")],
            "<p>See <a href=\"/x?1&amp;2\">a &amp; b</a> or <a href=\"/y\">a</a>.</p>",
        );
        check("<script>\"", &[], "<p>&lt;script&gt;&quot;</p>");
    }
}
