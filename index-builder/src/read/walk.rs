//! From the tree of a page to its blocks, in the order of the page.

mod flush;

use std::collections::{HashMap, HashSet};

use ego_tree::iter::Edge;
use ego_tree::{NodeId, NodeRef};
use scraper::node::Element;
use scraper::{ElementRef, Html, Node};

use super::blocks::{Block, Kind};
use super::chrome;
use super::panels::{holds_questions, is_link_list_aside, panels};
use super::table::{Resolve, cell, rows};
use super::words::{Words, key};

/// The blocks below `root`, without furniture. `inside_main` as for
/// [`chrome::is_furniture`]. Cost: one pass, no recursion, so no nesting is
/// too deep.
pub(crate) fn blocks(
    html: &Html,
    root: NodeRef<'_, Node>,
    inside_main: bool,
    resolve: &Resolve<'_>,
) -> Vec<Block> {
    let panels = panels(html);
    let ids: HashSet<&str> = panels.keys().map(String::as_str).collect();
    let mut walk = Walk { resolve, ..Walk::new(resolve) };
    let mut skipping: Option<NodeId> = None;
    for edge in root.traverse() {
        match edge {
            Edge::Open(_) if skipping.is_some() => {}
            Edge::Open(node) => match node.value() {
                Node::Text(text) => walk.text(text),
                Node::Element(element) if node.id() != root.id() => {
                    let inert = chrome::is_furniture(element, &ids, inside_main)
                        || is_link_list_aside(node, element)
                        || (element.name() == "button" && !walk.in_heading());
                    if inert || walk.open(node, element, &panels) == Descend::No {
                        skipping = Some(node.id());
                    }
                }
                _ => {}
            },
            Edge::Close(node) if skipping == Some(node.id()) => {
                skipping = None;
                walk.separate();
            }
            Edge::Close(_) if skipping.is_some() => {}
            Edge::Close(node) => {
                if let Node::Element(element) = node.value() {
                    walk.close(node, element);
                }
            }
        }
    }
    walk.flush();
    walk.blocks
}

#[derive(PartialEq)]
enum Descend {
    Yes,
    No,
}

struct List {
    ordered: bool,
    next: u32,
    /// Whether an item is open, and has had its first words.
    item: Option<bool>,
    /// Whether the next item is the first of all.
    first: bool,
}

/// Where a description list stands.
#[derive(Default)]
struct Terms {
    /// Whether each open list holds questions.
    questions: Vec<bool>,
    /// The term that waits for its description.
    waiting: Option<String>,
    /// Whether a term is open.
    open: bool,
    /// Whether the next description is the first of its list.
    first: bool,
    /// Whether a description of the same term stands before.
    described: bool,
}

struct Walk<'a> {
    resolve: &'a Resolve<'a>,
    blocks: Vec<Block>,
    words: Words,
    bold: u32,
    plain_letters: usize,
    bold_letters: usize,
    lists: Vec<List>,
    heading: Option<u8>,
    /// Level of the last heading, in the innermost scope.
    level: u8,
    /// Blocks that act as sections: their element, their level, the level around.
    scopes: Vec<(NodeId, u8, u8)>,
    anchor: String,
    heading_anchor: String,
    broken: bool,
    terms: Terms,
    in_pre: u32,
}

impl<'a> Walk<'a> {
    fn new(resolve: &'a Resolve<'a>) -> Walk<'a> {
        Walk {
            resolve,
            blocks: Vec::new(),
            words: Words::default(),
            bold: 0,
            plain_letters: 0,
            bold_letters: 0,
            lists: Vec::new(),
            heading: None,
            level: 1,
            scopes: Vec::new(),
            anchor: String::new(),
            heading_anchor: String::new(),
            broken: false,
            terms: Terms::default(),
            in_pre: 0,
        }
    }

    fn in_heading(&self) -> bool {
        self.heading.is_some()
    }

    fn text(&mut self, text: &str) {
        if self.in_pre > 0 && text.contains('\n') {
            for (number, line) in text.split('\n').enumerate() {
                if number > 0 {
                    self.line_break();
                }
                self.words.push(line);
            }
            return;
        }
        let letters = text.chars().filter(|c| !c.is_whitespace()).count();
        if self.bold > 0 {
            self.bold_letters += letters;
        } else {
            self.plain_letters += letters;
        }
        if letters > 0 && self.heading.is_none() {
            self.anchor.clear();
        }
        self.words.push(text);
    }

    fn separate(&mut self) {
        self.words.push(" ");
    }

    fn line_break(&mut self) {
        if self.in_heading() {
            self.separate();
        } else if self.words.is_empty() {
            self.broken = false;
        } else {
            self.flush();
            self.broken = true;
        }
    }

    fn open(
        &mut self,
        node: NodeRef<'_, Node>,
        element: &Element,
        panels: &HashMap<String, String>,
    ) -> Descend {
        if let Some(id) = element.id().or_else(|| element.attr("name")) {
            if self.in_heading() {
                if self.heading_anchor.is_empty() {
                    id.clone_into(&mut self.heading_anchor);
                }
            } else if self.words.is_empty() {
                id.clone_into(&mut self.anchor);
            }
        }
        match element.name() {
            "a" => {
                if let Some(url) = element.attr("href").and_then(self.resolve) {
                    self.words.open_link(url);
                }
            }
            "b" | "strong" => self.bold += 1,
            "br" | "hr" => self.line_break(),
            "pre" => {
                self.flush();
                self.in_pre += 1;
            }
            "h1" | "h2" | "h3" | "h4" | "h5" | "h6" => {
                self.flush();
                let level = element.name().as_bytes()[1] - b'0';
                // A second h1 is a section of the page, as people see it.
                self.begin_heading(level.max(2));
            }
            "summary" => {
                self.flush();
                let level = self.level.saturating_add(1);
                if let Some(details) = node.parent() {
                    self.scopes.push((details.id(), level, self.level));
                }
                self.heading = Some(level);
                self.heading_anchor = std::mem::take(&mut self.anchor);
            }
            "ul" | "ol" | "menu" => {
                self.flush();
                let start = element.attr("start").and_then(|s| s.trim().parse().ok());
                let ordered = element.name() == "ol";
                let first = self.lists.is_empty();
                self.lists.push(List { ordered, next: start.unwrap_or(1), item: None, first });
            }
            "li" => {
                self.flush();
                if let Some(list) = self.lists.last_mut() {
                    if let Some(value) = element.attr("value").and_then(|v| v.trim().parse().ok()) {
                        list.next = value;
                    }
                    list.item = Some(false);
                }
            }
            "dl" => {
                self.flush();
                self.terms.questions.push(holds_questions(node));
                self.terms.first = true;
            }
            "dt" => {
                self.flush();
                self.terms.open = true;
                self.terms.described = false;
                if self.terms.questions.last() == Some(&true) {
                    self.end_scope_of_question(node);
                    let level = self.level.saturating_add(1);
                    let parent = node.parent().map_or(node.id(), |p| p.id());
                    self.scopes.push((parent, level, self.level));
                    self.heading = Some(level);
                    self.heading_anchor = std::mem::take(&mut self.anchor);
                }
            }
            "dd" => {
                self.flush();
            }
            "table" => {
                self.flush();
                let table = ElementRef::wrap(node).and_then(|t| rows(t, self.resolve));
                if let Some(rows) = table {
                    self.blocks.extend(rows);
                    return Descend::No;
                }
            }
            name if is_block(name) => {
                self.flush();
                if let Some(label) = element.id().and_then(|id| panels.get(id)) {
                    self.open_panel(node, element.id().unwrap_or(""), label);
                }
            }
            _ => {}
        }
        Descend::Yes
    }

    fn begin_heading(&mut self, level: u8) {
        let least = self.scopes.last().map_or(2, |(_, level, _)| level.saturating_add(1));
        self.level = level.max(least);
        self.heading = Some(self.level);
        self.heading_anchor = std::mem::take(&mut self.anchor);
    }

    /// A panel gets its label as heading, unless it (or the accordion's own
    /// heading before it) says the same.
    fn open_panel(&mut self, node: NodeRef<'_, Node>, id: &str, label: &str) {
        let own = node
            .descendants()
            .filter_map(ElementRef::wrap)
            .find(|e| matches!(e.value().name(), "h1" | "h2" | "h3" | "h4" | "h5" | "h6"));
        let said = |text: &str| key(text) == key(label);
        let before = self.blocks.last();
        if label.is_empty()
            || own.is_some_and(|h| said(&cell(*h, self.resolve).take().0))
            || before.is_some_and(|b| matches!(b.kind, Kind::Heading(_)) && said(&b.text))
        {
            return;
        }
        let level = self.level.saturating_add(1);
        self.scopes.push((node.id(), level, self.level));
        self.level = level;
        let anchor = id.to_owned();
        self.blocks.push(Block { anchor, ..Block::new(Kind::Heading(level), label) });
    }

    fn close(&mut self, node: NodeRef<'_, Node>, element: &Element) {
        match element.name() {
            "a" => self.words.close_link(),
            "b" | "strong" => self.bold = self.bold.saturating_sub(1),
            "pre" => {
                self.flush();
                self.in_pre = self.in_pre.saturating_sub(1);
            }
            "h1" | "h2" | "h3" | "h4" | "h5" | "h6" | "summary" | "td" | "th" | "tr"
            | "caption" => {
                self.flush();
            }
            "dt" => {
                self.flush();
                self.terms.open = false;
            }
            "ul" | "ol" | "menu" => {
                self.flush();
                self.lists.pop();
            }
            "li" => {
                self.flush();
                if let Some(list) = self.lists.last_mut() {
                    list.item = None;
                }
            }
            "dd" => {
                self.flush();
                self.terms.waiting = None;
            }
            "dl" => {
                self.flush();
                self.terms.questions.pop();
                self.terms.waiting = None;
                self.terms.described = false;
            }
            name if is_block(name) => self.flush(),
            _ => {}
        }
        while self.scopes.last().is_some_and(|(id, ..)| *id == node.id()) {
            self.end_scope();
        }
    }

    fn end_scope_of_question(&mut self, dt: NodeRef<'_, Node>) {
        let parent = dt.parent().map(|p| p.id());
        while self.scopes.last().is_some_and(|(id, ..)| Some(*id) == parent) {
            self.end_scope();
        }
    }

    fn end_scope(&mut self) {
        if let Some((_, level, around)) = self.scopes.pop() {
            self.blocks.push(Block::new(Kind::End(level), ""));
            self.level = around;
        }
    }
}

fn is_block(name: &str) -> bool {
    matches!(
        name,
        "p" | "div"
            | "section"
            | "article"
            | "main"
            | "header"
            | "aside"
            | "blockquote"
            | "address"
            | "figure"
            | "figcaption"
            | "fieldset"
            | "legend"
            | "details"
            | "form"
            | "center"
            | "body"
            | "tbody"
            | "thead"
            | "tfoot"
            | "tr"
            | "td"
            | "th"
            | "hgroup"
    )
}
