//! Tables of a page as rows of cells between bars.

use ego_tree::NodeRef;
use ego_tree::iter::Edge;
use scraper::{ElementRef, Node};

use super::blocks::{Block, Kind};
use super::words::Words;

/// Resolves the target of a link; `None` drops the link and keeps its words.
pub(crate) type Resolve<'a> = dyn Fn(&str) -> Option<String> + 'a;

/// Columns beyond this are not read: no council table has them, and a broken
/// `colspan` must not fill the memory.
const MOST_COLUMNS: usize = 64;

/// The table as rows, the first holding the headers; without headers, two
/// columns become a list of `name: value`. `None` if the table only lays out
/// the page (one column, headings or tables inside): its cells are then read
/// as blocks.
pub(crate) fn rows(table: ElementRef<'_>, resolve: &Resolve<'_>) -> Option<Vec<Block>> {
    if matches!(table.attr("role"), Some("presentation" | "none")) {
        return None;
    }
    let mut caption = None;
    let mut grid: Vec<Vec<(Words, bool)>> = Vec::new();
    // Cells that reach down into later rows: rows left, text.
    let mut down: Vec<(usize, String)> = Vec::new();
    let mut header_first = false;
    for node in table.descendants().filter_map(ElementRef::wrap) {
        match node.value().name() {
            "table" if node.id() != table.id() => return None,
            "h1" | "h2" | "h3" | "h4" => return None,
            "caption" => caption = Some(cell(*node, resolve)),
            "tr" => {
                let in_head = node.parent().and_then(ElementRef::wrap);
                let in_head = in_head.is_some_and(|p| p.value().name() == "thead");
                let row = row(node, &mut down, resolve);
                if row.iter().any(|(words, _)| !words.is_empty()) {
                    if grid.is_empty() {
                        header_first = in_head || row.iter().all(|(_, header)| *header);
                    }
                    grid.push(row);
                }
            }
            _ => {}
        }
    }
    let columns = grid.iter().map(Vec::len).max().unwrap_or(0);
    if columns < 2 {
        return None;
    }
    let mut blocks = Vec::new();
    if let Some(mut words) = caption {
        let (text, links) = words.take();
        blocks.push(Block { links, ..Block::new(Kind::Para, text) });
    }
    let pairs = !header_first && columns == 2;
    for (number, row) in grid.into_iter().enumerate() {
        let mut cells = Vec::with_capacity(columns);
        let mut links = Vec::new();
        for (mut words, _) in row {
            let (text, own) = words.take();
            cells.push(text.replace('|', "/"));
            links.extend(own.into_iter().map(|mut link| {
                link.text = link.text.replace('|', "/");
                link
            }));
        }
        cells.resize(columns, String::new());
        let (kind, text) = if pairs {
            cells.retain(|c| !c.is_empty());
            (Kind::Item, cells.join(": ").replace(":: ", ": "))
        } else {
            (Kind::Row, cells.join(" | "))
        };
        blocks.push(Block { links, first: number == 0, ..Block::new(kind, text) });
    }
    Some(blocks)
}

fn row(
    tr: ElementRef<'_>,
    down: &mut Vec<(usize, String)>,
    resolve: &Resolve<'_>,
) -> Vec<(Words, bool)> {
    let mut out: Vec<(Words, bool)> = Vec::new();
    let from_above = |out: &mut Vec<(Words, bool)>, down: &mut Vec<(usize, String)>| {
        while let Some((left, text)) = down.get_mut(out.len()).filter(|(left, _)| *left > 0) {
            *left -= 1;
            let mut words = Words::default();
            words.push(text);
            out.push((words, false));
        }
    };
    for td in tr.child_elements().filter(|e| matches!(e.value().name(), "td" | "th")) {
        from_above(&mut out, down);
        if out.len() >= MOST_COLUMNS {
            break;
        }
        let span = |name| td.attr(name).and_then(|v| v.trim().parse::<usize>().ok()).unwrap_or(1);
        let rows = span("rowspan").clamp(1, 1000);
        let columns = span("colspan").clamp(1, MOST_COLUMNS - out.len());
        let words = cell(*td, resolve);
        let at = out.len();
        down.resize(down.len().max(at + columns), (0, String::new()));
        if rows > 1 {
            let mut copy = cell(*td, resolve);
            down[at] = (rows - 1, copy.take().0);
        }
        let header = td.value().name() == "th";
        out.push((words, header));
        for _ in 1..columns {
            out.push((Words::default(), header));
        }
    }
    from_above(&mut out, down);
    out
}

/// The words of a node with all its blocks in one line, parted by `"; "`.
pub(crate) fn cell(node: NodeRef<'_, Node>, resolve: &Resolve<'_>) -> Words {
    let mut words = Words::default();
    let mut skipping = None;
    for edge in node.traverse() {
        match edge {
            Edge::Open(node) if skipping.is_none() => match node.value() {
                Node::Text(text) => words.push(text),
                Node::Element(element) => match element.name() {
                    "script" | "style" | "noscript" | "template" | "svg" => {
                        skipping = Some(node.id());
                    }
                    "p" | "div" | "li" | "br" | "ul" | "ol" | "dd" | "dt" => words.separate("; "),
                    "a" => {
                        if let Some(url) = element.attr("href").and_then(resolve) {
                            words.open_link(url);
                        }
                    }
                    _ => {}
                },
                _ => {}
            },
            Edge::Close(node) => {
                if skipping == Some(node.id()) {
                    skipping = None;
                }
                if node.value().as_element().is_some_and(|e| e.name() == "a") {
                    words.close_link();
                }
            }
            Edge::Open(_) => {}
        }
    }
    words
}
