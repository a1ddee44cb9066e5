//! What a page says about itself, whichever way it says it: `doorstep:*` meta
//! tags, front matter and columns of a question-and-answer file share one set
//! of keys.

use doorstep_index::{Date, Page, PageKind};

use super::dates;
use super::words::collapse;

/// What a page says about itself; empty or `None` where it says nothing.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(crate) struct Meta {
    pub(crate) title: String,
    pub(crate) url: String,
    pub(crate) lang: String,
    pub(crate) source: String,
    pub(crate) owner: String,
    pub(crate) topics: Vec<String>,
    pub(crate) aliases: Vec<String>,
    pub(crate) kind: Option<PageKind>,
    pub(crate) updated: Option<Date>,
    pub(crate) review_by: Option<Date>,
    pub(crate) valid_from: Option<Date>,
    pub(crate) valid_to: Option<Date>,
    pub(crate) noindex: bool,
}

/// A value that its key cannot have: what was expected.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Unfit(pub(crate) &'static str);

const A_DATE: &str = "a day of the calendar such as 2026-11-21 or 21 November 2026";

impl Meta {
    /// Takes one value; keys are compared without case, `-`, `_` and spaces.
    /// Returns whether the key is known.
    pub(crate) fn set(&mut self, name: &str, value: &str) -> Result<bool, Unfit> {
        let name: String = name
            .chars()
            .filter(|c| !matches!(c, '-' | '_' | ' '))
            .flat_map(char::to_lowercase)
            .collect();
        let text = collapse(value);
        if text.is_empty() {
            return Ok(KEYS.contains(&name.as_str()));
        }
        let date = || dates::find(&text).ok_or(Unfit(A_DATE));
        match name.as_str() {
            "title" => self.title = text,
            "url" | "permalink" | "canonical" => self.url = text,
            "lang" | "language" => self.lang = primary_language(&text),
            "source" | "site" => self.source = text,
            "owner" | "servicearea" => self.owner = text,
            "topic" | "topics" => {
                for topic in text.split([';', ',', ' ']).filter(|t| !t.is_empty()) {
                    if !self.topics.iter().any(|t| t == topic) {
                        self.topics.push(topic.to_owned());
                    }
                }
            }
            "alias" | "aliases" => self.aliases.extend(parts(value, &[';', ',', '|', '\n'])),
            "kind" => self.kind = Some(kind(&text)?),
            "updated" | "modified" | "date" | "published" => self.updated = Some(date()?),
            "reviewby" => self.review_by = Some(date()?),
            "validfrom" => self.valid_from = Some(date()?),
            "validto" => self.valid_to = Some(date()?),
            "noindex" | "draft" => self.noindex = truth(&text)?,
            _ => return Ok(false),
        }
        Ok(true)
    }

    /// The page that this describes; what it does not say comes from `default`.
    pub(crate) fn into_page(self, default: &Page) -> Page {
        let or = |own: String, default: &String| if own.is_empty() { default.clone() } else { own };
        Page {
            url: or(self.url, &default.url),
            title: or(self.title, &default.title),
            source: or(self.source, &default.source),
            owner: or(self.owner, &default.owner),
            topics: if self.topics.is_empty() { default.topics.clone() } else { self.topics },
            aliases: self.aliases,
            kind: self.kind.unwrap_or(default.kind),
            updated: self.updated.or(default.updated),
            review_by: self.review_by.or(default.review_by),
            valid_from: self.valid_from.or(default.valid_from),
            valid_to: self.valid_to.or(default.valid_to),
        }
    }
}

const KEYS: &[&str] = &[
    "title",
    "url",
    "permalink",
    "canonical",
    "lang",
    "language",
    "source",
    "site",
    "owner",
    "servicearea",
    "topic",
    "topics",
    "alias",
    "aliases",
    "kind",
    "updated",
    "modified",
    "date",
    "published",
    "reviewby",
    "validfrom",
    "validto",
    "noindex",
    "draft",
];

/// The parts of a list in one value, without empty ones.
pub(crate) fn parts(value: &str, separators: &[char]) -> Vec<String> {
    value.split(separators).map(collapse).filter(|part| !part.is_empty()).collect()
}

/// The first part of a language tag, in lower case ("en-GB" is "en").
pub(crate) fn primary_language(tag: &str) -> String {
    tag.split(['-', '_']).next().unwrap_or("").trim().to_lowercase()
}

fn kind(text: &str) -> Result<PageKind, Unfit> {
    match text.to_lowercase().as_str() {
        "page" => Ok(PageKind::Page),
        "faq" => Ok(PageKind::Faq),
        "foi" => Ok(PageKind::Foi),
        _ => Err(Unfit("one of page, faq, foi")),
    }
}

fn truth(text: &str) -> Result<bool, Unfit> {
    match text.to_lowercase().as_str() {
        "true" | "yes" | "1" => Ok(true),
        "false" | "no" | "0" => Ok(false),
        _ => Err(Unfit("true or false")),
    }
}

#[cfg(test)]
mod tests {
    //! 1. each key is taken in the spellings that sources use;
    //! 2. values that do not fit say what was expected; unknown keys are told;
    //! 3. what a page does not say comes from its source's defaults.

    use super::*;

    fn check(pairs: &[(&str, &str)], expected: &Meta) {
        let mut meta = Meta::default();
        for (key, value) in pairs {
            assert_eq!(meta.set(key, value), Ok(true), "{key}");
        }
        assert_eq!(&meta, expected);
    }

    #[test]
    fn takes_values() {
        check(
            &[
                ("Topics", "lgsl-1; lgsl-2 lgsl-1"),
                ("review-by", "2027-01-31"),
                ("valid_from", "1 April 2026"),
                ("aliases", "bins; rubbish, tips"),
                ("kind", "FOI"),
                ("lang", "en-GB"),
                ("owner", ""),
                ("draft", "true"),
            ],
            &Meta {
                topics: vec!["lgsl-1".into(), "lgsl-2".into()],
                review_by: Date::new(2027, 1, 31),
                valid_from: Date::new(2026, 4, 1),
                aliases: vec!["bins".into(), "rubbish".into(), "tips".into()],
                kind: Some(PageKind::Foi),
                lang: "en".into(),
                noindex: true,
                ..Meta::default()
            },
        );
    }

    #[test]
    fn refuses_and_ignores() {
        let mut meta = Meta::default();
        assert_eq!(meta.set("review-by", "soon"), Err(Unfit(A_DATE)));
        assert_eq!(meta.set("kind", "blog"), Err(Unfit("one of page, faq, foi")));
        assert_eq!(meta.set("layout", "x"), Ok(false));
    }

    #[test]
    fn fills_from_defaults() {
        let default = Page { owner: "Waste".into(), title: "T".into(), ..Page::default() };
        let page = Meta { title: "Own".into(), ..Meta::default() }.into_page(&default);
        assert_eq!((page.title.as_str(), page.owner.as_str()), ("Own", "Waste"));
    }
}
