//! What of an HTML page is not its content: navigation, banners, controls,
//! hidden blocks, and lines that only say when a page was changed.

use std::collections::HashSet;
use std::sync::LazyLock;

use doorstep_index::Date;
use regex::Regex;
use scraper::node::Element;

use super::words::key;
use super::{dates, pattern};

/// Elements whose text is never a page's words.
const NEVER: &[&str] = &[
    "script", "style", "noscript", "template", "svg", "iframe", "object", "embed", "audio",
    "video", "canvas", "head", "nav", "footer", "input", "select", "textarea", "label", "option",
    "datalist", "dialog", "progress", "meter",
];

/// ARIA roles of the page's furniture.
const ROLES: &[&str] =
    &["navigation", "banner", "contentinfo", "search", "dialog", "alertdialog", "tablist", "menu"];

/// Classes and ids of the page's furniture: whole names, or the part after the
/// last `__` or a prefix such as `govuk-`.
static NAMES: LazyLock<Regex> = LazyLock::new(|| {
    pattern(
        r"(?xi) ^ (?: [a-z0-9]+ [-_]{1,2} )? (?:
            bread-?crumbs? | skip-?(?:link|nav|to-content) s? | cookie-?(?:banner|consent|notice|bar|message|popup)
          | social-?(?:links|share|media)? | share-?(?:this|links|page|buttons)? | sharing
          | pagination | pager | back-?to-?top | page-?feedback | feedback-?(?:form|widget)? | was-this-helpful
          | visually-?hidden | sr-?only | screen-?reader-?text | print-?(?:link|page) | site-?search
          | side-?(?:bar|nav) | related-?(?:links|pages|content)? | phase-banner | no-?print | advert | language-?switcher
        ) $",
    )
});

/// Whether the element and all in it is furniture. `panels` are the ids of
/// blocks that a tab or button opens: those are content though hidden.
/// `inside_main` is whether a `<main>` was found: a `<header>` in it belongs
/// to the content.
pub(crate) fn is_furniture(element: &Element, panels: &HashSet<&str>, inside_main: bool) -> bool {
    let name = element.name();
    if NEVER.contains(&name) || (name == "header" && !inside_main) {
        return true;
    }
    let role = element.attr("role").unwrap_or("");
    if ROLES.contains(&role)
        || element.attr("data-doorstep-ignore").is_some()
        || element.attr("data-pagefind-ignore").is_some()
    {
        return true;
    }
    if is_hidden(element) && role != "tabpanel" && !element.id().is_some_and(|i| panels.contains(i))
    {
        return true;
    }
    element.id().into_iter().chain(element.classes()).any(|token| NAMES.is_match(token))
}

fn is_hidden(element: &Element) -> bool {
    let style = || {
        let style: String =
            element.attr("style").unwrap_or("").chars().filter(|c| !c.is_whitespace()).collect();
        style.contains("display:none") || style.contains("visibility:hidden")
    };
    element.attr("hidden").is_some_and(|value| value != "until-found")
        || element.attr("aria-hidden") == Some("true")
        || style()
}

static STAMP: LazyLock<Regex> = LazyLock::new(|| {
    pattern(
        r"(?xi) ^ (?: this\ )? (?: page\ | content\ | was\ )* (?: last\ )? (?: was\ )?
          (?: updated | reviewed | modified | changed | published | publication\ date | date\ published
            | date\ of\ publication ) (?: \ on )? \ ? :? \ ? (?P<rest> .* ) $",
    )
});

/// The date of a line that only says when its page was changed or published
/// ("Last updated: 3 March 2026").
pub(crate) fn stamp(text: &str) -> Option<Date> {
    // Longer than a date with the owner's name after it: a sentence.
    if text.chars().count() > 110 {
        return None;
    }
    let rest = STAMP.captures(text)?.name("rest")?.as_str();
    // The date follows at once, after the name of a day at most.
    let date = dates::find(rest.get(..rest.len().min(32)).unwrap_or(rest))?;
    let first = rest.split_whitespace().next()?;
    let day = first.starts_with(|c: char| c.is_ascii_digit())
        || dates::is_month(first.trim_matches(','))
        || first.trim_matches(',').to_lowercase().ends_with("day");
    day.then_some(date)
}

/// Lines that sites put on pages for the site's sake, as compared by [`key`].
const LINES: &[&str] = &[
    "was this page helpful",
    "was this page useful",
    "is this page useful",
    "did you find what you were looking for",
    "is there anything wrong with this page",
    "report a problem with this page",
    "share this page",
    "print this page",
    "rate this page",
    "back to top",
    "skip to main content",
    "show all sections",
    "hide all sections",
    "open all",
    "close all",
    "give us feedback",
    "listen to this page",
];

/// Whether a line stands on pages for the site's sake ("Was this page helpful?").
pub(crate) fn is_site_line(text: &str) -> bool {
    text.len() < 80 && LINES.contains(&key(text).as_str())
}

#[cfg(test)]
mod tests {
    //! 1. furniture is known by element, role, name and being hidden;
    //! 2. what a tab or button opens is content though hidden;
    //! 3. stamps give their date; sentences are no stamps.

    use super::*;
    use scraper::Html;

    fn check(html: &str, expected: bool) {
        let fragment = Html::parse_fragment(html);
        let panels = HashSet::from(["panel"]);
        let root = fragment.root_element();
        let element = root.child_elements().next().unwrap();
        assert_eq!(is_furniture(element.value(), &panels, true), expected, "{html}");
    }

    #[test]
    fn knows_furniture() {
        for html in [
            "<nav>",
            "<div role=search>",
            "<div class='govuk-breadcrumbs'>",
            "<div id=cookie-banner>",
            "<p class='x sr-only'>",
            "<p hidden>",
            "<p style='color:red; display: none'>",
            "<p aria-hidden=true>",
            "<div data-doorstep-ignore>",
            "<aside class=sidebar>",
        ] {
            check(html, true);
        }
        for html in [
            "<p>",
            "<header>",
            "<div id=panel hidden>",
            "<div role=tabpanel hidden>",
            "<div hidden=until-found>",
            "<div id=cookie-policy>",
            "<div class=shared-ownership>",
            "<section class=relatedness>",
        ] {
            check(html, false);
        }
    }

    #[test]
    fn reads_stamps() {
        for (text, expected) in [
            ("Last updated: 3 March 2026", true),
            ("Page last reviewed on Thursday 3 March 2026 Owner: Waste", true),
            ("Publication date: Thursday 9 July 2020", true),
            ("Published 2026-03-03", true),
            ("Updated fees apply from 3 March 2026", false),
            (
                "The plan was published on 3 March 2026 and holds for five years, until a new one is made by the council.",
                false,
            ),
            ("Last updated: soon", false),
        ] {
            assert_eq!(stamp(text).is_some(), expected, "{text}");
        }
    }
}
