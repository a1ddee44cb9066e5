//! Opening hours as people write them: "Monday to Friday, 9am to 5pm".

use crate::data::Hours;

const DAYS: [&str; 7] =
    ["monday", "tuesday", "wednesday", "thursday", "friday", "saturday", "sunday"];

/// The hours of a line; the error says what was expected.
///
/// Forms: `Monday to Friday, 8:30am to 5pm`, `Saturday, 9am to 12 noon`,
/// `Wednesday and Friday, 10am to 4pm`, `every day, 24 hours`.
pub(super) fn parse_hours(line: &str) -> Result<Hours, String> {
    let wrong = || {
        format!(
            "expected hours such as \"Monday to Friday, 9am to 5:30pm\" or \"every day, 24 \
             hours\", found {line:?}"
        )
    };
    let lower = line.to_lowercase();
    let (days, times) = lower.split_once(',').ok_or_else(wrong)?;
    let days = parse_days(days.trim()).ok_or_else(wrong)?;
    let times = times.trim();
    if times == "24 hours" {
        return Ok(Hours { days, from: 0, to: 1440 });
    }
    let (from, to) = times.split_once(" to ").ok_or_else(wrong)?;
    let (from, to) = (minute(from).ok_or_else(wrong)?, minute(to).ok_or_else(wrong)?);
    if from >= to {
        return Err(format!("{line:?} closes before it opens"));
    }
    Ok(Hours { days, from, to })
}

fn parse_days(text: &str) -> Option<u8> {
    if text == "every day" {
        return Some(0x7f);
    }
    let day = |name: &str| DAYS.iter().position(|d| *d == name.trim());
    if let Some((first, last)) = text.split_once(" to ") {
        let (first, last) = (day(first)?, day(last)?);
        return (first <= last).then(|| (first..=last).fold(0, |bits, d| bits | 1 << d));
    }
    text.split(" and ").try_fold(0, |bits, name| Some(bits | 1 << day(name)?))
}

fn minute(text: &str) -> Option<u16> {
    let text = text.trim();
    if matches!(text, "noon" | "12 noon") {
        return Some(720);
    }
    if text == "midnight" {
        return Some(1440);
    }
    let (clock, after) = match (text.strip_suffix("am"), text.strip_suffix("pm")) {
        (Some(clock), _) => (clock, 0),
        (_, Some(clock)) => (clock, 720),
        _ => return None,
    };
    let (hour, minute) = clock.trim().split_once(':').unwrap_or((clock.trim(), "0"));
    let (hour, minute): (u16, u16) = (hour.parse().ok()?, minute.parse().ok()?);
    ((1..=12).contains(&hour) && minute < 60).then(|| hour % 12 * 60 + minute + after)
}

#[cfg(test)]
mod tests {
    //! 1. hours as councils write them are read;
    //! 2. what is none is refused with the form that was expected.

    use super::*;

    fn check(line: &str, expected: Option<(u8, u16, u16)>) {
        let found = parse_hours(line).ok().map(|h| (h.days, h.from, h.to));
        assert_eq!(found, expected, "{line}");
    }

    #[test]
    fn reads_hours() {
        check("Monday to Friday, 9am to 5pm", Some((0x1f, 540, 1020)));
        check("Monday to Friday, 8:30am to 5:30pm", Some((0x1f, 510, 1050)));
        check("Saturday, 9am to 12 noon", Some((0x20, 540, 720)));
        check("Wednesday and Friday, 12:15pm to midnight", Some((0x14, 735, 1440)));
        check("Every day, 24 hours", Some((0x7f, 0, 1440)));
    }

    #[test]
    fn refuses_what_is_none() {
        for line in
            ["", "weekdays", "Monday, 5pm to 9am", "Monday, 9 to 5", "Friday to Monday, 9am to 5pm"]
        {
            check(line, None);
        }
        assert!(parse_hours("soon").unwrap_err().contains("Monday to Friday"));
    }
}
