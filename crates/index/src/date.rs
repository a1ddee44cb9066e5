//! A day of the calendar, without a clock.

use std::fmt;
use std::str::FromStr;

/// A day in the Gregorian calendar, from year 1 to 9999; written and read as
/// `2026-11-21`.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Date {
    year: u16,
    month: u8,
    day: u8,
}

/// Why a text is not a [`Date`]: it is not `YYYY-MM-DD`, or there is no such
/// day.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct NotADate;

impl fmt::Display for NotADate {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("expected a day of the calendar as YYYY-MM-DD")
    }
}

impl std::error::Error for NotADate {}

impl Date {
    /// The day, or `None` where there is no such day.
    pub fn new(year: u16, month: u8, day: u8) -> Option<Date> {
        let known = (1..=9999).contains(&year) && (1..=12).contains(&month);
        (known && day >= 1 && day <= days_in(year, month)).then_some(Date { year, month, day })
    }

    /// Year, 1 to 9999.
    pub fn year(self) -> u16 {
        self.year
    }

    /// Month, 1 to 12.
    pub fn month(self) -> u8 {
        self.month
    }

    /// Day of the month, 1 to 31.
    pub fn day(self) -> u8 {
        self.day
    }

    /// Days since 0001-01-01 (which is day 0).
    ///
    /// Source: the proleptic Gregorian rule of leap years, summed.
    pub fn days(self) -> u32 {
        let before = u32::from(self.year) - 1;
        let leap_days = before / 4 - before / 100 + before / 400;
        let months: u32 = (1..self.month).map(|m| u32::from(days_in(self.year, m))).sum();
        before * 365 + leap_days + months + u32::from(self.day) - 1
    }

    /// Day of the week, 0 for Monday to 6 for Sunday (0001-01-01 was a
    /// Monday).
    pub fn weekday(self) -> u8 {
        (self.days() % 7) as u8
    }
}

fn days_in(year: u16, month: u8) -> u8 {
    let leap = year.is_multiple_of(4) && (!year.is_multiple_of(100) || year.is_multiple_of(400));
    match month {
        2 if leap => 29,
        2 => 28,
        4 | 6 | 9 | 11 => 30,
        _ => 31,
    }
}

impl fmt::Display for Date {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{:04}-{:02}-{:02}", self.year, self.month, self.day)
    }
}

impl FromStr for Date {
    type Err = NotADate;

    fn from_str(s: &str) -> Result<Date, NotADate> {
        let b = s.as_bytes();
        if b.len() != 10 || b[4] != b'-' || b[7] != b'-' {
            return Err(NotADate);
        }
        let number = |part: &[u8]| {
            part.iter().try_fold(0u16, |n, c| {
                c.is_ascii_digit().then(|| n * 10 + u16::from(c - b'0')).ok_or(NotADate)
            })
        };
        let (year, month, day) = (number(&b[..4])?, number(&b[5..7])?, number(&b[8..])?);
        Date::new(year, month as u8, day as u8).ok_or(NotADate)
    }
}

#[cfg(feature = "serde")]
impl serde::Serialize for Date {
    fn serialize<S: serde::Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.collect_str(self)
    }
}

#[cfg(feature = "serde")]
impl<'de> serde::Deserialize<'de> for Date {
    fn deserialize<D: serde::Deserializer<'de>>(deserializer: D) -> Result<Date, D::Error> {
        let text = <std::borrow::Cow<'de, str>>::deserialize(deserializer)?;
        text.parse().map_err(serde::de::Error::custom)
    }
}

#[cfg(test)]
mod tests {
    //! 1. what is printed is read back;
    //! 2. days that do not exist are refused;
    //! 3. the day of the week agrees with known days.

    use super::*;

    fn check(text: &str, expected: Option<(u32, u8)>) {
        let date = text.parse::<Date>().ok();
        assert_eq!(date.map(|d| (d.days(), d.weekday())), expected, "{text}");
        if let Some(date) = date {
            assert_eq!(date.to_string(), text);
        }
    }

    #[test]
    fn reads_prints_and_knows_the_weekday() {
        check("0001-01-01", Some((0, 0)));
        check("1970-01-01", Some((719_162, 3)));
        check("2024-02-29", Some((738_944, 3)));
        check("2026-11-21", Some((739_940, 5)));
    }

    #[test]
    fn refuses_what_is_no_day() {
        for text in
            ["", "2026-11-31", "2023-02-29", "2026-00-10", "21-11-2026", "2026-1-1", "٢٠٢٦-11-21"]
        {
            check(text, None);
        }
    }
}
