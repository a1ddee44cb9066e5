//! The council's text as people read it: the line blocks of `Record::text`
//! become paragraphs, lists, tables and headings, and its links are put back
//! where their words stand. Text stays text: no markup is ever read from it.

use doorstep_index::Link;
use yew::prelude::*;

use crate::labels::Labels;

/// The blocks of `text`, with the links that stand in it taken out of `links`.
///
/// `level` is the level of a heading inside the text, 5 or 6.
pub(crate) fn blocks(text: &str, links: &mut Links<'_>, level: u8, words: &Labels) -> Html {
    let mut html = Vec::new();
    let mut lines = text.lines().peekable();
    while let Some(line) = lines.next() {
        let kind = Kind::of(line);
        let mut group = vec![line];
        if kind.runs_on() {
            while let Some(next) = lines.next_if(|next| Kind::of(next).same_run(&kind)) {
                group.push(next);
            }
        }
        html.push(match kind {
            Kind::Empty => continue,
            Kind::Paragraph => html! { <p>{ links.place(line) }</p> },
            Kind::Heading => heading(level, links.place(&line[4..])),
            Kind::Bullet => html! { <ul>{ items(&group, links) }</ul> },
            Kind::Number(start) => {
                html! { <ol start={(start != 1).then(|| start.to_string())}>{ items(&group, links) }</ol> }
            }
            Kind::Row => table(&group, links, words),
        });
    }
    html.into_iter().collect()
}

/// A heading of a level that depends on where it stands.
pub(crate) fn heading(level: u8, content: Html) -> Html {
    match level {
        4 => html! { <h4>{ content }</h4> },
        5 => html! { <h5>{ content }</h5> },
        _ => html! { <h6>{ content }</h6> },
    }
}

#[derive(PartialEq)]
enum Kind {
    Empty,
    Paragraph,
    Heading,
    Bullet,
    Number(u32),
    Row,
}

impl Kind {
    fn of(line: &str) -> Kind {
        let digits = line.bytes().take_while(u8::is_ascii_digit).count();
        if line.trim().is_empty() {
            Kind::Empty
        } else if line.starts_with("### ") {
            Kind::Heading
        } else if line.starts_with("- ") {
            Kind::Bullet
        } else if line.starts_with('|') {
            Kind::Row
        } else if line[digits..].starts_with(". ") {
            // More than nine digits is no list number: a paragraph.
            line[..digits].parse().map_or(Kind::Paragraph, Kind::Number)
        } else {
            Kind::Paragraph
        }
    }

    fn runs_on(&self) -> bool {
        matches!(self, Kind::Bullet | Kind::Number(_) | Kind::Row)
    }

    fn same_run(&self, first: &Kind) -> bool {
        self == first || matches!((self, first), (Kind::Number(_), Kind::Number(_)))
    }
}

fn items(lines: &[&str], links: &mut Links<'_>) -> Html {
    let item = |line: &&str| {
        let text = line.split_once(' ').map_or("", |(_, text)| text);
        html! { <li>{ links.place(text) }</li> }
    };
    lines.iter().map(item).collect()
}

/// The first row holds the headers. Wide tables scroll in a box of their own,
/// which the keyboard reaches.
fn table(lines: &[&str], links: &mut Links<'_>, words: &Labels) -> Html {
    let mut rows = lines.iter().map(|line| {
        let line = line.trim().trim_start_matches('|');
        line.strip_suffix('|').unwrap_or(line).split('|').map(str::trim).collect::<Vec<_>>()
    });
    let head = rows.next().unwrap_or_default();
    let header = |cell: &str| {
        if cell.is_empty() {
            html! { <td></td> }
        } else {
            html! { <th scope="col">{ cell }</th> }
        }
    };
    html! {
        <div class="wide" role="region" aria-label={words.table} tabindex="0">
            <table>
                <thead><tr>{ for head.into_iter().map(header) }</tr></thead>
                <tbody>
                    { for rows.map(|row| html! {
                        <tr>{ for row.into_iter().map(|cell| html! { <td>{ links.place(cell) }</td> }) }</tr>
                    }) }
                </tbody>
            </table>
        </div>
    }
}

/// The links of a passage that have not been put back yet.
pub(crate) struct Links<'a> {
    left: Vec<(&'a str, &'a str)>,
}

impl<'a> Links<'a> {
    /// The links that may be followed; others are dropped.
    pub(crate) fn new(links: &'a [Link]) -> Self {
        let usable = |link: &'a Link| {
            let text = link.text.trim();
            safe(&link.url).filter(|_| !text.is_empty()).map(|url| (text, url))
        };
        Links { left: links.iter().filter_map(usable).collect() }
    }

    /// What was not placed, in order.
    pub(crate) fn left(&self) -> impl Iterator<Item = (&'a str, &'a str)> + '_ {
        self.left.iter().copied()
    }

    /// `text` with the links that stand in it. Of links that could begin at
    /// several places, the first place wins, there the longest words, then
    /// the page's order; a link is used once.
    fn place(&mut self, text: &str) -> Html {
        let mut html = Vec::new();
        let mut rest = text;
        while let Some((at, number)) = self.next_in(rest) {
            let (words, url) = self.left.remove(number);
            html.push(html! { { &rest[..at] } });
            html.push(anchor(url, words));
            rest = &rest[at + words.len()..];
        }
        html.push(html! { { rest } });
        html.into_iter().collect()
    }

    fn next_in(&self, text: &str) -> Option<(usize, usize)> {
        let place = |(number, (words, _)): (usize, &(&str, &str))| {
            let at = whole(text, words)?;
            Some((at, usize::MAX - words.len(), number))
        };
        self.left.iter().enumerate().filter_map(place).min().map(|(at, _, number)| (at, number))
    }
}

/// Where `words` stand in `text` as whole words.
fn whole(text: &str, words: &str) -> Option<usize> {
    let inside = |c: Option<char>| c.is_some_and(char::is_alphanumeric);
    text.match_indices(words).map(|(at, _)| at).find(|&at| {
        !inside(text[..at].chars().next_back()) && !inside(text[at + words.len()..].chars().next())
    })
}

/// A link in the same tab.
pub(crate) fn anchor(url: &str, words: &str) -> Html {
    html! { <a href={url.to_owned()}>{ words }</a> }
}

/// The address, if it is of a kind that a council's text may lead to.
pub(crate) fn safe(url: &str) -> Option<&str> {
    const SCHEMES: [&str; 5] = ["https://", "http://", "mailto:", "tel:", "sms:"];
    let from_root = url.starts_with('/') && !url[1..].starts_with(['/', '\\']);
    let known = from_root || SCHEMES.iter().any(|scheme| url.starts_with(scheme));
    (known && !url.contains(char::is_control)).then_some(url)
}

#[cfg(test)]
mod tests {
    //! 1. each kind of block becomes its element, runs of lines one list or
    //!    table;
    //! 2. links are put back at whole words, the first place and the longest
    //!    words first, each once;
    //! 3. only known kinds of address are followed;
    //! 4. markup in the text is shown as text.

    use super::*;
    use crate::golden::html;

    fn check(text: &str, links: &[(&str, &str)], expected: &str) {
        let links: Vec<Link> = links
            .iter()
            .map(|(text, url)| Link { text: (*text).into(), url: (*url).into() })
            .collect();
        let view = blocks(text, &mut Links::new(&links), 5, Labels::of("en"));
        assert_eq!(html(view), expected, "{text}");
    }

    #[test]
    fn blocks_become_elements() {
        check("One.\nTwo.\n\nThree.", &[], "<p>One.</p><p>Two.</p><p>Three.</p>");
        check("- a\n- b\n\n- c", &[], "<ul><li>a</li><li>b</li></ul><ul><li>c</li></ul>");
        check("3. c\n4. d", &[], r#"<ol start="3"><li>c</li><li>d</li></ol>"#);
        check("### Fees\n12.50 pounds", &[], "<h5>Fees</h5><p>12.50 pounds</p>");
        check("99999999999. x", &[], "<p>99999999999. x</p>");
        check(
            "| Band | Charge |\n| A | £1 |",
            &[],
            "<div role=\"region\" aria-label=\"Table, scrolls sideways\" tabindex=\"0\" \
             class=\"wide\"><table><thead><tr><th scope=\"col\">Band</th><th scope=\"col\">Charge</th>\
             </tr></thead><tbody><tr><td>A</td><td>£1</td></tr></tbody></table></div>",
        );
        check("", &[], "");
    }

    #[test]
    fn links_stand_where_their_words_stand() {
        check(
            "Report it or report it online.",
            &[("report it", "/r/"), ("report it online", "/o/")],
            "<p>Report it or <a href=\"/o/\">report it online</a>.</p>",
        );
        check(
            "Binary bin, bin.",
            &[("bin", "/1/"), ("bin", "/2/"), ("bin", "/3/")],
            "<p>Binary <a href=\"/1/\">bin</a>, <a href=\"/2/\">bin</a>.</p>",
        );
    }

    #[test]
    fn only_known_addresses() {
        for url in ["javascript:x", "data:text/html,x", "//else.example/", "/\\else", "x", "/a\nb"]
        {
            check("Go there.", &[("there", url)], "<p>Go there.</p>");
        }
        check(
            "Ring us.",
            &[("us", "tel:01632960100")],
            "<p>Ring <a href=\"tel:01632960100\">us</a>.</p>",
        );
    }

    #[test]
    fn markup_stays_text() {
        check("<b onclick=x>", &[], "<p>&lt;b onclick=x&gt;</p>");
    }
}
