//! Numbers with a form or a check digit: payment cards, telephones, NHS
//! numbers, sort codes with accounts.

use super::{Known, Span};
use crate::tokens::Token;

/// A run of digits that touches no letter.
struct Group {
    start: usize,
    end: usize,
}

/// Digits of a payment card (ISO/IEC 7812-1: up to 19).
const CARD: std::ops::RangeInclusive<usize> = 13..=19;
/// Groups in which one number may be written.
const MAX_GROUPS: usize = 8;
/// Bytes within which a sort code and its account stand.
const NEAR: usize = 60;

pub(super) fn find(text: &str, _words: &[Token], known: &dyn Known) -> Vec<Span> {
    let groups = groups(text);
    let mut spans = Vec::new();
    let mut at = 0;
    while at < groups.len() {
        let mut last = at;
        while last + 1 < groups.len()
            && last + 1 - at < MAX_GROUPS
            && linked(text, groups[last].end, groups[last + 1].start)
        {
            last += 1;
        }
        // The longest number first: part of a card can look like a telephone.
        let found = (at..=last).rev().find_map(|to| {
            let digits = digits(text, groups[at].start, groups[to].end);
            kind(text, &groups[at..=to], &digits, known).map(|hide| (to, hide))
        });
        match found {
            Some((to, hide)) => {
                if hide {
                    // "+44" and "(01632)" go whole.
                    let sign = usize::from(text[..groups[at].start].ends_with(['+', '(']));
                    spans.push((groups[at].start - sign, groups[to].end));
                }
                at = to + 1;
            }
            None => at += 1,
        }
    }
    bank(text, &groups, &mut spans);
    spans
}

/// Whether these groups are one number that must be hidden; `None` if they
/// are no such number.
fn kind(text: &str, groups: &[Group], digits: &str, known: &dyn Known) -> Option<bool> {
    if CARD.contains(&digits.len()) && !digits.starts_with('0') && luhn(digits) {
        return Some(true);
    }
    let abroad = text[..groups[0].start].ends_with('+');
    let home = if abroad || digits.starts_with("0044") {
        let number = digits.trim_start_matches('0').strip_prefix("44");
        number.map(|n| ["0", n.trim_start_matches('0')].concat())
    } else {
        digits.starts_with('0').then(|| digits.to_owned())
    };
    if let Some(home) = home.filter(|h| (10..=11).contains(&h.len())) {
        return Some(!known.is_public_phone(&home));
    }
    (digits.len() == 10 && nhs(digits)).then_some(true)
}

/// A sort code (nn-nn-nn) with eight digits near it.
fn bank(text: &str, groups: &[Group], spans: &mut Vec<Span>) {
    for three in groups.windows(3) {
        let sort_code = three.iter().all(|g| g.end - g.start == 2)
            && &text[three[0].end..three[1].start] == "-"
            && &text[three[1].end..three[2].start] == "-";
        if !sort_code {
            continue;
        }
        let (start, end) = (three[0].start, three[2].end);
        for account in groups.iter().filter(|g| g.end - g.start == 8) {
            if account.start.abs_diff(end) <= NEAR || start.abs_diff(account.end) <= NEAR {
                spans.push((start, end));
                spans.push((account.start, account.end));
            }
        }
    }
}

fn groups(text: &str) -> Vec<Group> {
    let mut out: Vec<Group> = Vec::new();
    let mut letter_before = false;
    let mut chars = text.char_indices().peekable();
    while let Some((start, c)) = chars.next() {
        if !c.is_ascii_digit() {
            letter_before = c.is_alphabetic();
            continue;
        }
        let mut end = start + 1;
        while let Some(&(at, d)) = chars.peek() {
            if !d.is_ascii_digit() {
                break;
            }
            end = at + 1;
            chars.next();
        }
        let letter_after = chars.peek().is_some_and(|&(_, d)| d.is_alphabetic());
        if !letter_before && !letter_after {
            out.push(Group { start, end });
        }
        letter_before = false;
    }
    out
}

/// Whether one number may go on after a gap: "01632 960 100",
/// "(01632) 960100", "4111-1111".
fn linked(text: &str, end: usize, start: usize) -> bool {
    let gap = &text[end..start];
    !gap.is_empty() && gap.len() <= 2 && gap.bytes().all(|b| matches!(b, b' ' | b'-' | b'(' | b')'))
}

fn digits(text: &str, start: usize, end: usize) -> String {
    text[start..end].chars().filter(char::is_ascii_digit).collect()
}

/// The check digit of payment cards (Luhn; ISO/IEC 7812-1, annex B).
fn luhn(digits: &str) -> bool {
    let sum: u32 = digits
        .bytes()
        .rev()
        .enumerate()
        .map(|(i, b)| {
            let d = u32::from(b - b'0') << (i % 2);
            if d > 9 { d - 9 } else { d }
        })
        .sum();
    sum.is_multiple_of(10) && digits.bytes().any(|b| b != b'0')
}

/// The check digit of NHS numbers (NHS Data Dictionary: weights 10 to 2,
/// modulus 11).
fn nhs(digits: &str) -> bool {
    let sum: u32 =
        digits.bytes().take(9).zip((2..=10).rev()).map(|(b, w)| u32::from(b - b'0') * w).sum();
    let check = (11 - sum % 11) % 11;
    check < 10 && digits.bytes().last().is_some_and(|b| u32::from(b - b'0') == check)
}
