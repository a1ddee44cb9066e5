//! The shapes of the council's files. Every key but the id is optional, so
//! that a later file names only what it changes; unknown keys are errors.

use std::collections::BTreeMap;

use serde::Deserialize;
use toml::Spanned;
use toml::value::Datetime;

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct File {
    #[serde(default)]
    pub(super) groups: BTreeMap<Spanned<String>, String>,
    #[serde(default)]
    pub(super) correct: Option<String>,
    #[serde(default)]
    pub(super) closed: Vec<Spanned<Datetime>>,
    #[serde(default)]
    pub(super) messages: BTreeMap<String, String>,
    #[serde(default)]
    pub(super) card: Vec<RawCard>,
    #[serde(default)]
    pub(super) contact: Vec<RawContact>,
    #[serde(default)]
    pub(super) language: Vec<RawLanguage>,
    #[serde(default)]
    pub(super) thesaurus: Vec<RawSynonyms>,
    #[serde(default)]
    pub(super) smalltalk: Vec<RawRule>,
    #[serde(default)]
    pub(super) case: Vec<RawRule>,
    #[serde(default)]
    pub(super) eligibility: Vec<RawRule>,
    #[serde(default)]
    pub(super) body: Vec<RawRule>,
    #[serde(default)]
    pub(super) decline: Vec<RawRule>,
    #[serde(default)]
    pub(super) broad: Vec<RawRule>,
    #[serde(default)]
    pub(super) abuse: Vec<RawRule>,
    #[serde(default)]
    pub(super) injection: Vec<RawRule>,
    #[serde(default)]
    pub(super) sensitive: Vec<RawRule>,
    #[serde(default)]
    pub(super) private: Vec<RawRule>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct RawLink {
    pub(super) text: String,
    pub(super) url: String,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct RawPhone {
    /// By which a later file changes it.
    pub(super) id: Spanned<String>,
    pub(super) name: Option<String>,
    pub(super) number: Option<String>,
    pub(super) hours: Option<String>,
    /// Whether it is for text messages.
    pub(super) text: Option<bool>,
    /// Where the number is published; for whoever confirms it.
    #[serde(rename = "source")]
    pub(super) _source: Option<String>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct RawCard {
    pub(super) id: Spanned<String>,
    pub(super) lang: Option<String>,
    pub(super) title: Option<String>,
    pub(super) lines: Option<Vec<String>>,
    #[serde(default)]
    pub(super) phones: Vec<RawPhone>,
    pub(super) page: Option<RawLink>,
    pub(super) safeguarding: Option<bool>,
    pub(super) alone: Option<bool>,
    pub(super) when: Option<Vec<Spanned<String>>>,
    pub(super) unless: Option<Vec<Spanned<String>>>,
    pub(super) signs: Option<Spanned<String>>,
    pub(super) owner: Option<String>,
    pub(super) review_by: Option<Spanned<Datetime>>,
    pub(super) confirmed: Option<String>,
    #[serde(default)]
    pub(super) remove: bool,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct RawRule {
    pub(super) id: Spanned<String>,
    pub(super) when: Option<Vec<Spanned<String>>>,
    pub(super) unless: Option<Vec<Spanned<String>>>,
    pub(super) text: Option<String>,
    pub(super) link: Option<RawLink>,
    pub(super) topics: Option<Vec<String>>,
    pub(super) lang: Option<String>,
    pub(super) owner: Option<String>,
    pub(super) review_by: Option<Spanned<Datetime>>,
    /// Where the facts in the text are published.
    pub(super) source: Option<String>,
    pub(super) confirmed: Option<String>,
    #[serde(default)]
    pub(super) remove: bool,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct RawContact {
    pub(super) name: Spanned<String>,
    pub(super) phone: Option<String>,
    pub(super) email: Option<String>,
    pub(super) url: Option<String>,
    /// Lines such as "Monday to Friday, 9am to 5pm".
    pub(super) open: Option<Vec<Spanned<String>>>,
    /// Added to the hours in words ("out of hours 01632 960 161").
    pub(super) also: Option<String>,
    pub(super) topics: Option<Vec<String>>,
    pub(super) lang: Option<String>,
    pub(super) review_by: Option<Spanned<Datetime>>,
    #[serde(default)]
    pub(super) remove: bool,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct RawLanguage {
    pub(super) lang: Spanned<String>,
    /// Name in English, for whoever edits the file.
    #[serde(rename = "name")]
    pub(super) _name: Option<String>,
    pub(super) words: Option<String>,
    pub(super) letters: Option<String>,
    /// First and last character of its script.
    pub(super) script: Option<Spanned<String>>,
    pub(super) text: Option<String>,
    pub(super) contact: Option<String>,
    #[serde(default)]
    pub(super) glossary: BTreeMap<String, String>,
    #[serde(rename = "owner")]
    pub(super) _owner: Option<String>,
    pub(super) review_by: Option<Spanned<Datetime>>,
    #[serde(default)]
    pub(super) remove: bool,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct RawSynonyms {
    pub(super) id: Spanned<String>,
    pub(super) lang: Option<String>,
    pub(super) owner: Option<String>,
    /// Mean the same, both ways.
    pub(super) words: Option<Vec<Spanned<String>>>,
    /// One way: who says one of `from` is also shown what is called `to`.
    pub(super) from: Option<Vec<Spanned<String>>>,
    pub(super) to: Option<Vec<Spanned<String>>>,
    /// Phrases in which the words are not meant.
    pub(super) except: Option<Vec<Spanned<String>>>,
    #[serde(default)]
    pub(super) remove: bool,
}
