//! One built HTML page: what it says about itself and the blocks of its main
//! content.

use std::path::Path;
use std::sync::LazyLock;

use ego_tree::NodeRef;
use scraper::{ElementRef, Html, Node, Selector};
use url::Url;

use super::blocks::{Block, Kind};
use super::meta::{Meta, Unfit, primary_language};
use super::words::{collapse, key};
use super::{chrome, dates, jsonld, links, walk};
use crate::report::{Finding, Severity};

/// A page as read, before lines that repeat over the site are taken out.
#[derive(Debug)]
pub(crate) struct HtmlPage {
    /// What it says about itself; `url` is absolute or from the site's root.
    pub(crate) meta: Meta,
    /// Its main content.
    pub(crate) blocks: Vec<Block>,
    /// What a person should know about it.
    pub(crate) findings: Vec<Finding>,
}

/// Where a page stands and whose it is.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Place<'a> {
    /// The file, for findings.
    pub(crate) file: &'a Path,
    /// Address of the page by its file name.
    pub(crate) url: Option<&'a Url>,
    /// Address of the site.
    pub(crate) site: Option<&'a Url>,
    /// Name of the site, as it stands in titles.
    pub(crate) site_name: &'a str,
}

/// Reads a page. Never fails: any text is some HTML.
pub(crate) fn read(source: &str, place: &Place<'_>) -> HtmlPage {
    let html = Html::parse_document(source);
    let mut findings = Vec::new();
    let mut meta = Meta::default();
    let title = head(&html, source, place, &mut meta, &mut findings);
    let page_url = canonical(&html, place);
    let base = first_attr(&html, &BASE, "href")
        .and_then(|href| page_url.as_ref().and_then(|url| url.join(&href).ok()))
        .or_else(|| page_url.clone());
    if meta.url.is_empty()
        && let Some(url) = &page_url
    {
        meta.url = links::shorten(url, place.site);
    }
    let resolve = |href: &str| links::resolve(href, base.as_ref(), place.site);
    let (root, inside_main) = main_content(&html);
    let mut blocks = walk::blocks(&html, root, inside_main, &resolve);
    if !has_words(&blocks) && inside_main {
        blocks = walk::blocks(&html, html.tree.root(), false, &resolve);
    }
    let heading = h1(&html);
    drop_own_title(&mut blocks, &heading);
    drop_stamps(&mut blocks, &mut meta);
    add_faq(&html, source, place, &mut blocks, &mut findings, &resolve);
    if meta.title.is_empty() {
        meta.title = page_title(&title, &heading, &[place.site_name, &meta.source]);
    }
    HtmlPage { meta, blocks, findings }
}

/// The blocks of a piece of HTML, such as an answer in JSON-LD.
pub(crate) fn fragment(source: &str, resolve: &super::table::Resolve<'_>) -> Vec<Block> {
    let html = Html::parse_fragment(source);
    walk::blocks(&html, html.tree.root(), true, resolve)
}

fn has_words(blocks: &[Block]) -> bool {
    blocks.iter().any(|b| !matches!(b.kind, Kind::Heading(_)) && !b.text.is_empty())
}

macro_rules! selector {
    ($name:ident, $css:literal) => {
        static $name: LazyLock<Option<Selector>> = LazyLock::new(|| Selector::parse($css).ok());
    };
}
selector!(BASE, "base[href]");
selector!(CANONICAL, "link[rel~=canonical][href]");
selector!(TITLE, "head > title");
selector!(H1, "h1");
selector!(MAIN, "main:not([hidden]), [role=main]");
selector!(ARTICLE, "article");
selector!(CONTENT, "#main-content, #maincontent, #main, #content");
selector!(BODY, "body");
selector!(META, "meta[content]");
selector!(ROOT, "html");
selector!(JSON_LD, "script[type='application/ld+json']");

fn select<'a>(
    html: &'a Html,
    selector: &'a LazyLock<Option<Selector>>,
) -> impl Iterator<Item = ElementRef<'a>> {
    selector.as_ref().into_iter().flat_map(|s| html.select(s))
}

fn first_attr(
    html: &Html,
    selector: &'static LazyLock<Option<Selector>>,
    attr: &str,
) -> Option<String> {
    select(html, selector).next().and_then(|e| e.attr(attr)).map(str::to_owned)
}

/// Fills `meta` from the head; returns the `<title>`.
fn head(
    html: &Html,
    source: &str,
    place: &Place<'_>,
    meta: &mut Meta,
    findings: &mut Vec<Finding>,
) -> String {
    if let Some(lang) = first_attr(html, &ROOT, "lang") {
        meta.lang = primary_language(&lang);
    }
    let mut changed = None;
    let mut published = None;
    for tag in select(html, &META) {
        let name = tag.attr("name").or_else(|| tag.attr("property")).unwrap_or("");
        let content = tag.attr("content").unwrap_or("");
        let name = name.trim().to_lowercase();
        if let Some(own) = name.strip_prefix("doorstep:") {
            if let Err(Unfit(expected)) = meta.set(own, content) {
                findings.push(
                    Finding::new(
                        Severity::Attention,
                        place.file,
                        format!("`{name}` cannot be \"{content}\""),
                    )
                    .at(line_of(source, &tag.html(), content))
                    .expected(expected)
                    .todo("correct the meta tag; the page was built without it"),
                );
            }
            continue;
        }
        match name.as_str() {
            "robots" | "googlebot" => {
                let content = content.to_lowercase();
                meta.noindex |= content.contains("noindex") || content.trim() == "none";
            }
            "dcterms.modified"
            | "dc.date.modified"
            | "article:modified_time"
            | "last-modified"
            | "dateupdated"
            | "dcterms.date"
            | "dc.date" => {
                changed = changed.max(dates::find(content));
            }
            "dcterms.issued"
            | "dcterms.created"
            | "dc.date.issued"
            | "dc.date.created"
            | "article:published_time" => published = published.max(dates::find(content)),
            "og:site_name" | "dcterms.publisher" if meta.source.is_empty() => {}
            _ => {}
        }
    }
    meta.updated = meta.updated.or(changed).or(published);
    select(html, &TITLE).next().map(|t| collapse(&t.text().collect::<String>())).unwrap_or_default()
}

/// The line on which a value stands, found again in the source, since a parsed
/// page keeps no lines; 1 if it is not found.
fn line_of(source: &str, tag: &str, value: &str) -> u32 {
    let at = source.find(tag).or_else(|| source.find(value)).unwrap_or(0);
    source[..at].bytes().filter(|b| *b == b'\n').count() as u32 + 1
}

fn canonical(html: &Html, place: &Place<'_>) -> Option<Url> {
    let named = first_attr(html, &CANONICAL, "href").and_then(|href| match place.url {
        Some(base) => base.join(href.trim()).ok(),
        None => Url::parse(href.trim()).ok(),
    });
    named.filter(|url| matches!(url.scheme(), "http" | "https")).or_else(|| place.url.cloned())
}

/// The element that holds the main content, and whether it is marked as such.
fn main_content(html: &Html) -> (NodeRef<'_, Node>, bool) {
    if let Some(main) = select(html, &MAIN).next() {
        return (*main, true);
    }
    let mut articles = select(html, &ARTICLE);
    if let (Some(article), None) = (articles.next(), articles.next()) {
        return (*article, true);
    }
    if let Some(content) = select(html, &CONTENT).next() {
        return (*content, true);
    }
    (select(html, &BODY).next().map_or(html.tree.root(), |body| *body), false)
}

fn h1(html: &Html) -> String {
    select(html, &H1)
        .map(|h| collapse(&h.text().collect::<String>()))
        .find(|t| !t.is_empty())
        .unwrap_or_default()
}

/// The page's own title is no section of it.
fn drop_own_title(blocks: &mut Vec<Block>, heading: &str) {
    let own = |b: &Block| matches!(b.kind, Kind::Heading(2)) && b.text == heading;
    if let Some(at) = blocks.iter().position(own) {
        blocks.remove(at);
    }
}

fn drop_stamps(blocks: &mut Vec<Block>, meta: &mut Meta) {
    let mut stamped = None;
    blocks.retain(|block| {
        let date = match block.kind {
            Kind::Row => None,
            _ => chrome::stamp(&block.text),
        };
        stamped = stamped.max(date);
        date.is_none() && !chrome::is_site_line(&block.text)
    });
    meta.updated = meta.updated.or(stamped);
}

/// Adds the questions of JSON-LD that do not stand on the page as headings.
fn add_faq(
    html: &Html,
    source: &str,
    place: &Place<'_>,
    blocks: &mut Vec<Block>,
    findings: &mut Vec<Finding>,
    resolve: &super::table::Resolve<'_>,
) {
    for script in select(html, &JSON_LD) {
        let json: String = script.text().collect();
        match jsonld::pairs(&json) {
            Ok(pairs) => {
                for pair in pairs {
                    let question = collapse(
                        &fragment(&pair.question, resolve)
                            .iter()
                            .map(|b| b.text.as_str())
                            .collect::<Vec<_>>()
                            .join(" "),
                    );
                    let asked = key(&question);
                    if blocks.iter().any(|b| key(&b.text) == asked) {
                        continue;
                    }
                    blocks.push(Block::new(Kind::Heading(2), question));
                    blocks.extend(fragment(&pair.answer, resolve));
                }
            }
            Err(error) => {
                let start = line_of(source, json.trim(), "application/ld+json");
                findings.push(
                    Finding::new(Severity::Attention, place.file, format!("JSON-LD: {error}"))
                        .at(start.saturating_add(error.line() as u32).saturating_sub(1))
                        .expected("JSON in <script type=\"application/ld+json\">")
                        .todo("correct the script; the page was built without it"),
                );
            }
        }
    }
}

/// The title of a page without its site's name: the first heading if `<title>`
/// begins with it, else `<title>` less the parts at its end that name the site.
pub(crate) fn page_title(title: &str, heading: &str, site_names: &[&str]) -> String {
    if title.is_empty() || (!heading.is_empty() && key(title).starts_with(&key(heading))) {
        return heading.to_owned();
    }
    let mut rest = title;
    while let Some((before, last)) = split_last(rest) {
        let last = key(last);
        let names_site = site_names.iter().any(|name| !name.is_empty() && key(name) == last);
        if !names_site && !last.ends_with(" council") && !last.ends_with(" gov uk") {
            break;
        }
        rest = before;
    }
    rest.trim().to_owned()
}

fn split_last(title: &str) -> Option<(&str, &str)> {
    [" - ", " | ", " – ", " — ", " :: ", " · ", " » ", " • "]
        .iter()
        .filter_map(|sep| title.rfind(sep).map(|at| (at, sep.len())))
        .max()
        .map(|(at, length)| (&title[..at], &title[at + length..]))
}

#[cfg(test)]
mod tests;
