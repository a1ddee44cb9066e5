//! The blocks of a page (headings, paragraphs, list items, table rows) and
//! their division into records at headings.
//!
//! Every reader makes blocks, so the division and the line form of
//! `Record::text` are decided once, here.

use doorstep_index::{Link, Record};

/// What a block is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Kind {
    /// A heading of a level from 1; it opens a record down to [`DEEPEST`].
    Heading(u8),
    /// The end of what the last open heading of this level or a deeper one
    /// covers (a `<details>` closed, a tab panel over); without text.
    End(u8),
    /// A paragraph.
    Para,
    /// A further line of the block above (after a `<br>`, in a list item).
    Line,
    /// An item of a list.
    Item,
    /// An item of a numbered list, with its number.
    Step(u32),
    /// A row of a table: its text is the cells between bars already.
    Row,
}

/// The deepest heading that opens a record; deeper ones stay in the text as
/// `"### "` lines, since councils use them as bold paragraphs.
pub(crate) const DEEPEST: u8 = 4;

/// One block of a page.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Block {
    /// What it is.
    pub(crate) kind: Kind,
    /// Its words.
    pub(crate) text: String,
    /// The links in it.
    pub(crate) links: Vec<Link>,
    /// Fragment that leads to it, if it has one of its own.
    pub(crate) anchor: String,
    /// Whether it starts a list or table rather than going on with one.
    pub(crate) first: bool,
}

impl Block {
    /// A block of this kind and text, without links or anchor.
    pub(crate) fn new(kind: Kind, text: impl Into<String>) -> Block {
        Block { kind, text: text.into(), links: Vec::new(), anchor: String::new(), first: false }
    }

    /// The line of `Record::text` that it becomes.
    pub(crate) fn line(&self) -> String {
        match self.kind {
            Kind::Heading(_) => format!("### {}", self.text),
            Kind::Item => format!("- {}", self.text),
            Kind::Step(number) => format!("{number}. {}", self.text),
            Kind::Row => format!("| {} |", self.text),
            Kind::Para | Kind::Line | Kind::End(_) => self.text.clone(),
        }
    }
}

/// Adds a block to a text in the line form of `Record::text`: an empty line
/// parts it from what stands before, unless it goes on with it.
pub(crate) fn append(text: &mut String, block: &Block, before: Option<Kind>) {
    let goes_on = match block.kind {
        Kind::Line => true,
        Kind::Item | Kind::Step(_) => {
            !block.first && matches!(before, Some(Kind::Item | Kind::Step(_) | Kind::Line))
        }
        Kind::Row => !block.first && before == Some(Kind::Row),
        Kind::Para | Kind::Heading(_) | Kind::End(_) => false,
    };
    if !text.is_empty() {
        text.push_str(if goes_on { "\n" } else { "\n\n" });
    }
    text.push_str(&block.line());
}

struct Open {
    level: u8,
    text: String,
    anchor: String,
    record: Option<usize>,
}

/// Divides the blocks of one page into records, one for each heading that has
/// text of its own, with the path of headings as section; text that comes back
/// to a heading after a closed `<details>` joins that heading's record.
///
/// `Record::page` is 0. Cost: one pass.
pub(crate) fn records(blocks: &[Block]) -> Vec<Record> {
    let mut records: Vec<Record> = Vec::new();
    let base = || Open { level: 0, text: String::new(), anchor: String::new(), record: None };
    let mut open = vec![base()];
    let mut before: Option<Kind> = None;
    for block in blocks {
        match block.kind {
            Kind::Heading(level) if level <= DEEPEST => {
                open.retain(|o| o.level < level);
                open.push(Open {
                    level,
                    text: block.text.clone(),
                    anchor: block.anchor.clone(),
                    record: None,
                });
                before = None;
            }
            Kind::End(level) => {
                open.retain(|o| o.level < level);
                before = None;
            }
            _ if block.text.is_empty() => {}
            _ => {
                if open.is_empty() {
                    open.push(base());
                }
                let number = open.last().and_then(|o| o.record).unwrap_or_else(|| {
                    records.push(started(&open));
                    records.len() - 1
                });
                if let Some(last) = open.last_mut() {
                    last.record = Some(number);
                }
                let record = &mut records[number];
                append(&mut record.text, block, before);
                record.links.extend(block.links.iter().cloned());
                before = Some(block.kind);
            }
        }
    }
    records
}

fn started(open: &[Open]) -> Record {
    let path: Vec<&str> = open.iter().map(|o| o.text.as_str()).filter(|t| !t.is_empty()).collect();
    let anchor = open.iter().rev().map(|o| o.anchor.as_str()).find(|a| !a.is_empty());
    Record {
        section: path.join(" > "),
        anchor: anchor.unwrap_or_default().to_owned(),
        ..Record::default()
    }
}

#[cfg(test)]
mod tests {
    //! 1. each heading with text of its own is a record; its path is the section;
    //! 2. lists and tables stand together, paragraphs apart;
    //! 3. text after a closed block returns to the heading around it;
    //! 4. deep headings stay in the text; the nearest anchor counts.

    use super::*;
    use expect_test::{Expect, expect};

    fn check(blocks: &[(Kind, &str)], expected: Expect) {
        let blocks: Vec<Block> = blocks
            .iter()
            .map(|(kind, text)| {
                let mut block = Block::new(*kind, *text);
                if let Kind::Heading(_) = kind {
                    block.anchor = text.to_lowercase();
                }
                block
            })
            .collect();
        let mut out = String::new();
        for record in records(&blocks) {
            out += &format!("[{} #{}]\n{}\n", record.section, record.anchor, record.text);
        }
        expected.assert_eq(&out);
    }

    #[test]
    fn divides_at_headings() {
        use Kind::{End, Heading, Item, Line, Para, Row, Step};
        check(
            &[
                (Para, "Intro."),
                (Heading(2), "Bins"),
                (Heading(3), "Blue"),
                (Para, "Paper:"),
                (Item, "news"),
                (Item, "card"),
                (Line, "flattened"),
                (Heading(2), "Fees"),
                (Row, "What | Cost"),
                (Row, "Bulky | £20"),
                (Heading(3), "More"),
                (Step(1), "Pay"),
                (End(3), ""),
                (Para, "Ask us."),
                (Heading(5), "Note"),
                (Para, "Deep."),
            ],
            expect![[r#"
                [ #]
                Intro.
                [Bins > Blue #blue]
                Paper:

                - news
                - card
                flattened
                [Fees #fees]
                | What | Cost |
                | Bulky | £20 |

                Ask us.

                ### Note

                Deep.
                [Fees > More #more]
                1. Pay
            "#]],
        );
    }
}
