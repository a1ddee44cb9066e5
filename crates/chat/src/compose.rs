//! From a record to the passage that is shown: the blocks that answer, whole
//! and in order, with the rest of the section at hand, the form's link first.

use doorstep_index::{Date, Link, PageKind, Record};

use crate::blocks::{Block, blocks, shared, topic_stems};
use crate::reply::Passage;
use crate::retrieve::Retrieve;

/// Words up to which a section is shown whole: what fits a phone's screen.
const WHOLE: usize = 110;
/// Words that the shown part of a longer section aims at.
const PART: usize = 80;
/// Words below which an answer says nothing without its question ("Yes",
/// "N/A", "See above").
const BARE: usize = 5;
/// Records after a short answer that may hang on it ("If so, when?").
const HANGING: u32 = 3;

/// The passage for record number `record`, with what of it answers
/// `question`.
pub(crate) fn passage<R: Retrieve>(
    site: &R,
    record: u32,
    confidence: f32,
    question: &str,
) -> Passage {
    let found = site.record(record);
    let page = site.pages().get(site.page_of(record) as usize).cloned().unwrap_or_default();
    let whole = self_contained(site, record, &found);
    let text = excerpt(&whole, question);
    let url = if found.anchor.is_empty() {
        page.url.clone()
    } else {
        [page.url.as_str(), "#", found.anchor.as_str()].concat()
    };
    Passage {
        links: links(site, record, &found),
        rest: (text.len() < whole.trim().len()).then(|| whole.clone()),
        text,
        title: page.title,
        section: found.section,
        url,
        topics: page.topics,
        owner: page.owner,
        source: page.source,
        updated: page.updated,
        confidence,
        kind: page.kind,
        why: Vec::new(),
    }
}

/// The record's text; a bare answer stands under its question and with the
/// answers that hang on it, all in the council's words.
fn self_contained<R: Retrieve>(site: &R, record: u32, found: &Record) -> String {
    if !is_bare(&found.text) || found.section.is_empty() {
        return found.text.clone();
    }
    let mut out = under_question(found);
    let page = site.page_of(record);
    for next in record + 1..=record.saturating_add(HANGING) {
        if next >= site.record_count() || site.page_of(next) != page {
            break;
        }
        let hanging = site.record(next);
        if !hangs(last_heading(&hanging.section)) {
            break;
        }
        out.push_str("\n\n");
        out.push_str(&under_question(&hanging));
    }
    out
}

fn under_question(record: &Record) -> String {
    ["### ", last_heading(&record.section), "\n", record.text.as_str()].concat()
}

fn last_heading(section: &str) -> &str {
    section.rsplit(" > ").next().unwrap_or(section)
}

/// Whether an answer says nothing by itself.
pub(crate) fn is_bare(text: &str) -> bool {
    doorstep_text::words(text).nth(BARE - 1).is_none() && !text.contains("](")
}

/// Whether a question takes its meaning from the one before ("If so, …").
fn hangs(question: &str) -> bool {
    let mut words = doorstep_text::words(question).map(doorstep_text::fold);
    let (first, second) = (words.next().unwrap_or_default(), words.next().unwrap_or_default());
    (first == "if" && matches!(second.as_str(), "so" | "yes" | "no" | "not"))
        || (first == "why" && second.is_empty())
}

/// The blocks that answer: all of a short section; of a longer one the run of
/// whole blocks that shares most words with the question, never parted from a
/// block that leans on it.
fn excerpt(text: &str, question: &str) -> String {
    let blocks = blocks(text);
    let total: usize = blocks.iter().map(|b| b.words).sum();
    if total <= WHOLE || blocks.len() < 2 {
        return text.trim().to_owned();
    }
    let stems = topic_stems(question);
    let found: Vec<usize> = blocks.iter().map(|b| shared(b.text, &stems)).collect();
    let most = found.iter().copied().max().unwrap_or(0);
    // With nothing shared, a section answers from its beginning.
    let best = found.iter().position(|&f| f == most).unwrap_or(0);
    let (mut from, mut to) = (best, best + 1);
    lean(&blocks, &mut from, &mut to);
    let mut size: usize = blocks[from..to].iter().map(|b| b.words).sum();
    // Grow towards the start first: what comes before explains what follows.
    while size < PART {
        let before = from.checked_sub(1).filter(|&b| size + blocks[b].words <= WHOLE);
        let after = Some(to).filter(|&b| b < blocks.len() && size + blocks[b].words <= WHOLE);
        match (before, after) {
            (Some(b), _) => from = b,
            (None, Some(_)) => to += 1,
            (None, None) => break,
        }
        lean(&blocks, &mut from, &mut to);
        size = blocks[from..to].iter().map(|b| b.words).sum();
    }
    let mut out = String::new();
    for block in &blocks[from..to] {
        if !out.is_empty() {
            out.push_str("\n\n");
        }
        out.push_str(block.text);
    }
    out
}

/// Widens a run so that no block is parted from one that leans on it.
fn lean(blocks: &[Block<'_>], from: &mut usize, to: &mut usize) {
    while *from > 0 && blocks[*from].goes_on {
        *from -= 1;
    }
    while *to < blocks.len() && blocks[*to].goes_on {
        *to += 1;
    }
}

/// The links of the record and the forms of its page, forms first; each
/// address once.
fn links<R: Retrieve>(site: &R, record: u32, found: &Record) -> Vec<Link> {
    let mut out: Vec<Link> = found.links.iter().filter(|l| is_form(l)).cloned().collect();
    if out.is_empty() {
        out.extend(page_form(site, record));
    }
    for link in &found.links {
        if out.iter().all(|l| l.url != link.url) {
            out.push(link.clone());
        }
    }
    out
}

/// The first form on the record's page.
fn page_form<R: Retrieve>(site: &R, record: u32) -> Option<Link> {
    let page = site.page_of(record);
    let mut first = record;
    while first > 0 && site.page_of(first - 1) == page {
        first -= 1;
    }
    (first..site.record_count())
        .take_while(|&r| site.page_of(r) == page)
        .flat_map(|r| site.record(r).links)
        .find(is_form)
}

/// Whether a link leads to something to fill in.
fn is_form(link: &Link) -> bool {
    const DOES: &[&str] =
        &["apply", "book", "join", "order", "pay", "register", "renew", "report", "request"];
    let does = |word: &str| DOES.contains(&word);
    let path = link.url.strip_prefix("https://").unwrap_or(&link.url);
    path.starts_with("forms.")
        || path.split(['/', '?', '#']).any(does)
        || doorstep_text::words(&link.text).next().is_some_and(|w| does(&doorstep_text::fold(w)))
            && !path.starts_with("mailto:")
            && !path.starts_with("tel:")
}

/// Days after which an answer to a freedom of information request is called
/// old.
const OLD: u32 = 365;

/// The day to show with a passage that was true on its day only.
pub(crate) fn dated(passage: &Passage, today: Date) -> Option<Date> {
    let updated = passage.updated?;
    let old = today.days().saturating_sub(updated.days()) > OLD;
    (passage.kind == PageKind::Foi && old).then_some(updated)
}

/// A day as people write it: "9 July 2020".
pub(crate) fn long_date(date: Date, months: &str) -> String {
    let month = months.split(' ').nth(usize::from(date.month()) - 1).unwrap_or("");
    [&*date.day().to_string(), month, &*date.year().to_string()].join(" ")
}
