//! What stands behind the elements of a page: which blocks are opened by tabs
//! and buttons, which asides lead elsewhere, which lists hold questions.

use std::collections::HashMap;

use ego_tree::NodeRef;
use ego_tree::iter::Edge;
use scraper::node::Element;
use scraper::{ElementRef, Html, Node};

use super::words::collapse;

/// Ids of the blocks that tabs and accordion buttons open, with their labels.
pub(super) fn panels(html: &Html) -> HashMap<String, String> {
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
            && let Some(label) = by_id.get(label)
        {
            let label = collapse(&label.text().collect::<String>());
            labels.entry(id.to_owned()).or_insert(label);
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
pub(super) fn is_link_list_aside(node: NodeRef<'_, Node>, element: &Element) -> bool {
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

/// Whether most terms of a description list are questions.
pub(super) fn holds_questions(dl: NodeRef<'_, Node>) -> bool {
    let terms: Vec<bool> = dl
        .descendants()
        .filter_map(ElementRef::wrap)
        .filter(|e| e.value().name() == "dt")
        .map(|dt| dt.text().collect::<String>().trim_end().ends_with('?'))
        .collect();
    !terms.is_empty() && terms.iter().filter(|q| **q).count() * 2 >= terms.len()
}
