//! From the tree of a page to its blocks, in the order of the page.

use std::collections::{HashMap, HashSet};

use ego_tree::iter::Edge;
use ego_tree::{NodeId, NodeRef};
use scraper::node::Element;
use scraper::{ElementRef, Html, Node};

use super::blocks::{Block, Kind};
use super::chrome;
use super::table::{Resolve, cell, rows};
use super::words::{Words, collapse, key};

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

/// Ids of the blocks that tabs and accordion buttons open, with their labels.
fn panels(html: &Html) -> HashMap<String, String> {
    let mut labels = HashMap::new();
    let mut by_id = HashMap::new();
    for element in html.tree.nodes().filter_map(ElementRef::wrap) {
        let value = element.value();
        if let Some(id) = value.id() {
            by_id.entry(id.to_owned()).or_insert(element);
        }
        let tab = value.attr("role") == Some("tab");
        let target = match value.attr("aria-controls") {
            Some(target) if tab || value.name() == "button" => Some(target),
            _ if value.name() == "a" && (tab || is_tab_link(element)) => {
                value.attr("href").and_then(|href| href.strip_prefix('#'))
            }
            _ => None,
        };
        if let Some(target) = target {
            let label = collapse(&element.text().collect::<String>());
            labels.entry(target.to_owned()).or_insert(label);
        }
    }
    for element in html.tree.nodes().filter_map(ElementRef::wrap) {
        let value = element.value();
        if let (Some("tabpanel"), Some(id), Some(label)) =
            (value.attr("role"), value.id(), value.attr("aria-labelledby"))
        {
            if let Some(label) = by_id.get(label) {
                let label = collapse(&label.text().collect::<String>());
                labels.entry(id.to_owned()).or_insert(label);
            }
        }
    }
    labels
}

fn is_tab_link(link: ElementRef<'_>) -> bool {
    link.ancestors().take(4).filter_map(ElementRef::wrap).any(|a| {
        a.value().attr("role") == Some("tablist")
            || a.value().classes().any(|c| {
                matches!(c.rsplit("__").next(), Some("tabs" | "nav-tabs" | "tab-list"))
                    || c == "govuk-tabs__list"
            })
    })
}

/// An `<aside>` that is mostly links leads elsewhere; one with words is a
/// call-out that belongs to the page.
fn is_link_list_aside(node: NodeRef<'_, Node>, element: &Element) -> bool {
    if element.name() != "aside" {
        return false;
    }
    let (mut all, mut linked) = (0, 0);
    let mut inside = 0usize;
    for edge in node.traverse() {
        match edge {
            Edge::Open(n) => match n.value() {
                Node::Element(e) if e.name() == "a" => inside += 1,
                Node::Text(text) => {
                    let length = text.trim().len();
                    all += length;
                    linked += if inside > 0 { length } else { 0 };
                }
                _ => {}
            },
            Edge::Close(n) if n.value().as_element().is_some_and(|e| e.name() == "a") => {
                inside = inside.saturating_sub(1);
            }
            Edge::Close(_) => {}
        }
    }
    linked * 2 > all
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
    term: Option<String>,
    in_term: bool,
    /// Whether the next description is the first of its list, and whether one
    /// of the same term stands before it.
    first_description: bool,
    described: bool,
    questions: Vec<bool>,
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
            term: None,
            in_term: false,
            first_description: false,
            described: false,
            questions: Vec::new(),
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
                self.questions.push(holds_questions(node));
                self.first_description = true;
            }
            "dt" => {
                self.flush();
                self.in_term = true;
                self.described = false;
                if self.questions.last() == Some(&true) {
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
        let own = node.descendants().filter_map(ElementRef::wrap).find(|e| {
            matches!(e.value().name(), "h1" | "h2" | "h3" | "h4" | "h5" | "h6")
        });
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
            "h1" | "h2" | "h3" | "h4" | "h5" | "h6" | "summary" => self.flush(),
            "dt" => {
                self.flush();
                self.in_term = false;
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
                self.term = None;
            }
            "dl" => {
                self.flush();
                self.questions.pop();
                self.term = None;
                self.described = false;
            }
            "td" | "th" | "tr" | "caption" => self.flush(),
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

    /// Ends the block being collected.
    fn flush(&mut self) {
        let broken = std::mem::take(&mut self.broken);
        let all_bold = self.plain_letters == 0 && self.bold_letters > 0;
        self.plain_letters = 0;
        self.bold_letters = 0;
        if self.words.is_empty() {
            // White space between blocks must not lead the next one.
            let _ = self.words.take();
            return;
        }
        let (text, links) = self.words.take();
        if let Some(level) = self.heading.take() {
            self.level = level;
            let anchor = std::mem::take(&mut self.heading_anchor);
            self.blocks.push(Block { anchor, ..Block::new(Kind::Heading(level), text) });
            return;
        }
        if self.in_term {
            let term = self.term.take().map_or(text.clone(), |before| format!("{before} / {text}"));
            self.term = Some(term);
            return;
        }
        let (mut kind, mut first) = (Kind::Para, false);
        let mut words = text;
        if let Some(term) = self.term.take() {
            words = format!("{}: {words}", term.trim_end_matches(':'));
            kind = Kind::Item;
            first = std::mem::take(&mut self.first_description);
            self.described = true;
        } else if self.described {
            kind = Kind::Line;
        } else if let Some(list) = self.lists.last_mut() {
            match list.item {
                Some(false) => {
                    kind = if list.ordered { Kind::Step(list.next) } else { Kind::Item };
                    list.next = list.next.saturating_add(u32::from(list.ordered));
                    list.item = Some(true);
                    first = std::mem::take(&mut list.first);
                }
                Some(true) => kind = Kind::Line,
                None => {}
            }
        } else if broken {
            kind = Kind::Line;
        } else if all_bold && is_like_heading(&words) {
            kind = Kind::Heading(super::blocks::DEEPEST + 1);
        }
        self.blocks.push(Block { links, first, ..Block::new(kind, words) });
    }
}

/// Whether a paragraph that is bold throughout is meant as a heading: a short
/// one that is no sentence, or a question.
fn is_like_heading(text: &str) -> bool {
    let length = text.chars().count();
    let asks = text.ends_with('?') || text.starts_with("Please ");
    (length <= 80 && !text.ends_with(['.', ',', ';', '!'])) || (length <= 300 && asks)
}

/// Whether most terms of a description list are questions.
fn holds_questions(dl: NodeRef<'_, Node>) -> bool {
    let terms: Vec<bool> = dl
        .descendants()
        .filter_map(ElementRef::wrap)
        .filter(|e| e.value().name() == "dt")
        .map(|dt| dt.text().collect::<String>().trim_end().ends_with('?'))
        .collect();
    !terms.is_empty() && terms.iter().filter(|q| **q).count() * 2 >= terms.len()
}

fn is_block(name: &str) -> bool {
    matches!(
        name,
        "p" | "div" | "section" | "article" | "main" | "header" | "aside" | "blockquote"
            | "address" | "figure" | "figcaption" | "fieldset" | "legend" | "details" | "form"
            | "center" | "body" | "tbody" | "thead" | "tfoot" | "tr" | "td" | "th" | "hgroup"
    )
}
