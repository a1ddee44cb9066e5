//! Dates as people and machines write them on British sites.

use std::sync::LazyLock;

use doorstep_index::Date;
use regex::Regex;

use super::pattern;

static ISO: LazyLock<Regex> = LazyLock::new(|| pattern(r"\b(\d{4})-(\d{2})-(\d{2})"));
static SLASHED: LazyLock<Regex> =
    LazyLock::new(|| pattern(r"\b(\d{1,2})[/.](\d{1,2})[/.](\d{4})\b"));
static DAY_FIRST: LazyLock<Regex> = LazyLock::new(|| {
    pattern(r"(?i)\b(\d{1,2})(?:st|nd|rd|th)?(?: of)?[ ]+([a-z]{3,9})\.?,?[ ]+(\d{4})\b")
});
static MONTH_FIRST: LazyLock<Regex> =
    LazyLock::new(|| pattern(r"(?i)\b([a-z]{3,9})\.?[ ]+(\d{1,2})(?:st|nd|rd|th)?,?[ ]+(\d{4})\b"));

/// The first date in a text: `2026-11-21` (a time may follow), `21/11/2026`
/// (day first, as in Britain), `21 November 2026`, `21st Nov 2026`,
/// `November 21, 2026`; none if no such day exists.
pub(crate) fn find(text: &str) -> Option<Date> {
    let number = |m: Option<regex::Match<'_>>| m.and_then(|m| m.as_str().parse::<u16>().ok());
    let forms: [(&Regex, [usize; 3]); 4] = [
        (&ISO, [1, 2, 3]),
        (&SLASHED, [3, 2, 1]),
        (&DAY_FIRST, [3, 2, 1]),
        (&MONTH_FIRST, [3, 1, 2]),
    ];
    let mut found: Option<(usize, Date)> = None;
    for (form, [year, month, day]) in forms {
        for captures in form.captures_iter(text) {
            let month = captures.get(month).and_then(|m| month_number(m.as_str()));
            let date = number(captures.get(year))
                .zip(month)
                .zip(number(captures.get(day)))
                .and_then(|((year, month), day)| Date::new(year, month, day as u8));
            let start = captures.get(0).map_or(0, |m| m.start());
            if let Some(date) = date {
                if found.is_none_or(|(at, _)| start < at) {
                    found = Some((start, date));
                }
                break;
            }
        }
    }
    found.map(|(_, date)| date)
}

/// Months in English.
const NAMES: [&str; 12] = [
    "january",
    "february",
    "march",
    "april",
    "may",
    "june",
    "july",
    "august",
    "september",
    "october",
    "november",
    "december",
];

fn month_number(text: &str) -> Option<u8> {
    if let Ok(number) = text.parse() {
        return Some(number);
    }
    let text = text.to_lowercase();
    let at = NAMES.iter().position(|name| {
        *name == text || text == name[..3] || (text == "sept" && name.starts_with("sept"))
    })?;
    Some(at as u8 + 1)
}

/// Whether a word is the name of a month ("1 April" is no list item).
pub(crate) fn is_month(word: &str) -> bool {
    word.parse::<u8>().is_err() && month_number(word).is_some()
}

#[cfg(test)]
mod tests {
    //! 1. the forms that councils write are read, the first in the text wins;
    //! 2. days that do not exist are not dates.

    use super::*;

    fn check(text: &str, expected: &str) {
        assert_eq!(find(text).map(|d| d.to_string()).unwrap_or_default(), expected, "{text}");
    }

    #[test]
    fn reads_dates() {
        check("2026-03-05T10:00:00+01:00", "2026-03-05");
        check("Last updated: 5 March 2026", "2026-03-05");
        check("dated 10th October 2018 for", "2018-10-10");
        check("Thursday 9 July 2020", "2020-07-09");
        check("05/03/2026", "2026-03-05");
        check("March 5, 2026", "2026-03-05");
        check("3rd Sept 2025 and 2024-01-01", "2025-09-03");
        check("31 February 2026", "");
        check("13/13/2026", "");
        check("12 Bananas 2026", "");
        check("", "");
    }
}
