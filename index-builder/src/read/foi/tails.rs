//! The parts of a response that are not answers: exemptions, the public
//! interest test, re-use, complaints, closings.

use std::sync::LazyLock;

use regex::Regex;

use crate::read::pattern;

/// What a paragraph after the answers is about.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(crate) enum Tail {
    /// Why something was not released.
    Exemption,
    /// The weighing of public interest: reasons for lawyers, never an answer.
    Interest,
    /// Who may use the information, and how.
    Reuse,
    /// Internal review and the Information Commissioner.
    Unhappy,
    /// Thanks, offers of help.
    Closing,
    /// Anything else after the last answer.
    More,
}

static INTEREST: LazyLock<Regex> = LazyLock::new(|| {
    pattern(
        r"(?i)^(?:the )?public interest (?:test|in|to|considerations|arguments)|(?:stronger|greater|balance of the|factors in favour of) public interest|public interest (?:in maintaining|to maintain|outweighs)",
    )
});
static EXEMPTION: LazyLock<Regex> = LazyLock::new(|| {
    pattern(
        r"(?i)\bexempt(?:ion|ions|ed)?\b.{0,80}\b(?:appl(?:y|ies|ied)|contained|section|under|engaged)|\babsolute exemption|^(?:exemption|section \d{2})\b|\b(?:withheld|refused?) under (?:section|regulation)|unable to provide (?:in full )?the information",
    )
});
static REUSE: LazyLock<Regex> = LazyLock::new(|| {
    pattern(
        r"(?i)^you are free to (?:re-?)?use|\bre-?use of (?:this|the|public)|\bcopyright (?:is|owner|in|of)|open government licen[cs]e|public sector information regulations",
    )
});
static UNHAPPY: LazyLock<Regex> = LazyLock::new(|| {
    pattern(
        r"(?i)internal review|information commissioner|\bICO\b|^if you (?:are|remain) (?:un|dis|not )|^(?:should|if) you (?:have|require) any (?:further )?(?:quer|question|concern|information)|section 50 of the|unhappy about the way|right (?:of appeal|to complain)|^further information (?:explaining|on|about)\b.{0,60}\brequests?\b|^complaints?(?: procedure)?:?$|^wycliffe house|^water lane|^wilmslow|^sk9 5af|^helpline:",
    )
});
static CLOSING: LazyLock<Regex> = LazyLock::new(|| {
    pattern(
        r"(?i)^(?:i|we) (?:trust|hope) (?:that )?(?:this|the|you)|^if you need (?:any )?further assistance|^please (?:do not hesitate|feel free|quote\b)|^thank you (?:again )?for",
    )
});

/// What a paragraph is about, if it is no answer.
pub(crate) fn tail(text: &str) -> Option<Tail> {
    // The interest test names the exemption, so it is asked first.
    [
        (&INTEREST, Tail::Interest),
        (&REUSE, Tail::Reuse),
        (&UNHAPPY, Tail::Unhappy),
        (&CLOSING, Tail::Closing),
        (&EXEMPTION, Tail::Exemption),
    ]
    .into_iter()
    .find(|(pattern, _)| pattern.is_match(text))
    .map(|(_, tail)| tail)
}

/// An exemption of the Freedom of Information Act that a response names.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Exemption {
    /// The section as cited ("40(2)").
    pub(crate) section: String,
    /// What it protects.
    pub(crate) title: &'static str,
    /// Whether no public interest test applies.
    pub(crate) absolute: bool,
}

static SECTION: LazyLock<Regex> =
    LazyLock::new(|| pattern(r"(?i)\bsection\s+(\d{2})\s*(?:[,(]\s*(\d)\)?)?"));

/// Sections of the Freedom of Information Act 2000, Part II and sections 12
/// and 14, with section 2(3) on which are absolute.
const SECTIONS: &[(&str, &str, bool)] = &[
    ("12", "the cost would be too high", true),
    ("14", "vexatious or repeated requests", true),
    ("21", "already available elsewhere", true),
    ("22", "to be published later", false),
    ("23", "security bodies", true),
    ("24", "national security", false),
    ("30", "investigations", false),
    ("31", "law enforcement", false),
    ("32", "court records", true),
    ("36", "conduct of public affairs", false),
    ("38", "health and safety", false),
    ("40", "personal information", true),
    ("41", "given in confidence", true),
    ("42", "legal advice", false),
    ("43", "commercial interests", false),
    ("44", "forbidden by other law", true),
];

/// The first exemption that a text cites.
pub(crate) fn exemption(text: &str) -> Option<Exemption> {
    SECTION.captures_iter(text).find_map(|c| {
        let (_, title, absolute) = SECTIONS.iter().find(|(number, ..)| *number == &c[1])?;
        let part = c.get(2).map_or(String::new(), |m| format!("({})", m.as_str()));
        Some(Exemption { section: format!("{}{part}", &c[1]), title, absolute: *absolute })
    })
}

#[cfg(test)]
mod tests {
    //! 1. paragraphs after the answers are told apart;
    //! 2. an exemption is known by its section.

    use super::*;

    fn check(text: &str, expected: Option<Tail>) {
        assert_eq!(tail(text), expected, "{text}");
    }

    #[test]
    fn tells_paragraphs() {
        check(
            "We do hold it but an absolute exemption applies. (Section 40,2)",
            Some(Tail::Exemption),
        );
        check("Section 31 Law Enforcement", Some(Tail::Exemption));
        check("Public interest in disclosure:", Some(Tail::Interest));
        check("Copyright is owned by Larkmere Council.", Some(Tail::Reuse));
        check("You may wish to write to the Information Commissioner.", Some(Tail::Unhappy));
        check("I hope this helps.", Some(Tail::Closing));
        check("I hope that this answers your request.", Some(Tail::Closing));
        check("We emptied 4,000 bins.", None);
        check("Residents may be exempt from the charge.", None);
    }

    #[test]
    fn knows_sections() {
        let found = exemption("Personal Information (Section 40,2)").unwrap();
        assert_eq!((found.section.as_str(), found.absolute), ("40(2)", true));
        assert_eq!(exemption("Section 31 Law Enforcement").unwrap().section, "31");
        assert_eq!(exemption("section 99"), None);
    }
}
