//! Personal data with letters in it, or known by the word before it: National
//! Insurance numbers, postcodes, email addresses, dates of birth, accounts.

use super::{Known, Span};
use crate::tokens::Token;

pub(super) fn find(text: &str, words: &[Token], known: &dyn Known) -> Vec<Span> {
    let mut spans = Vec::new();
    emails(text, known, &mut spans);
    for at in 0..words.len() {
        national_insurance(text, words, at, &mut spans);
        postcode(text, words, at, &mut spans);
        birth(text, words, at, &mut spans);
        cued(text, words, at, &mut spans);
        shaped(text, words, at, &mut spans);
    }
    spans
}

/// Role mailboxes of the council are no one's; everything else is.
fn emails(text: &str, known: &dyn Known, spans: &mut Vec<Span>) {
    let part = |c: char| c.is_alphanumeric() || matches!(c, '.' | '_' | '%' | '+' | '-');
    for (at, _) in text.match_indices('@') {
        let (before, after) = (&text[..at], &text[at + 1..]);
        let start = before.trim_end_matches(part).len();
        let domain = after.len() - after.trim_start_matches(part).len();
        let end = at + 1 + after[..domain].trim_end_matches(['.', '-']).len();
        let whole = &text[start..end];
        let is_address = start < at && text[at + 1..end].contains('.');
        if is_address && !known.is_role_mailbox(&whole.to_ascii_lowercase()) {
            spans.push((start, end));
        }
    }
}

/// Two letters, six digits, A to D, with spaces anywhere; QQ and TN too.
fn national_insurance(text: &str, words: &[Token], at: usize, spans: &mut Vec<Span>) {
    let start = words[at].start;
    let mut seen = String::new();
    let mut end = start;
    let mut spaced = false;
    for (i, c) in text[start..].char_indices() {
        if c == ' ' || c == '-' {
            spaced |= seen.len() == 2;
            continue;
        }
        if !c.is_ascii_alphanumeric() || seen.len() == 9 {
            break;
        }
        seen.push(c);
        end = start + i + 1;
    }
    let bytes = seen.as_bytes();
    let form = bytes.len() == 9
        && bytes[..2].iter().all(u8::is_ascii_alphabetic)
        && bytes[2..8].iter().all(u8::is_ascii_digit)
        && matches!(bytes[8].to_ascii_uppercase(), b'A'..=b'D');
    let ends = !text[end..].starts_with(char::is_alphanumeric);
    // "in 202526 a" has the form too: small words apart need a cue.
    let plain = !spaced
        || bytes.get(..2).is_some_and(|b| b.iter().all(u8::is_ascii_uppercase))
        || near(words, at, 4, &["ni", "nino", "insurance"]);
    if form && ends && plain {
        spans.push((start, end));
    }
}

/// The grammar of UK postcodes (Royal Mail; ZZ99 stands in for none).
fn postcode(text: &str, words: &[Token], at: usize, spans: &mut Vec<Span>) {
    let first = words[at].folded.as_str();
    let own = &words[at];
    if let Some(cut) = first.len().checked_sub(3).filter(|_| first.is_ascii()) {
        let whole =
            (5..=7).contains(&first.len()) && outward(&first[..cut]) && inward(&first[cut..]);
        if whole && own.end - own.start == first.len() {
            spans.push((own.start, own.end));
            return;
        }
    }
    if let Some(next) = words.get(at + 1)
        && &text[own.end..next.start] == " "
        && outward(first)
        && inward(&next.folded)
    {
        spans.push((own.start, next.end));
    }
}

fn outward(code: &str) -> bool {
    let shape: String = code
        .chars()
        .map(|c| {
            if c.is_ascii_digit() {
                '9'
            } else if c.is_ascii_lowercase() {
                'a'
            } else {
                '?'
            }
        })
        .collect();
    matches!(shape.as_str(), "a9" | "a99" | "aa9" | "aa99" | "a9a" | "aa9a")
}

fn inward(code: &str) -> bool {
    let b = code.as_bytes();
    b.len() == 3
        && b[0].is_ascii_digit()
        // C, I, K, M, O and V are never used there.
        && b[1..].iter().all(|c| c.is_ascii_lowercase() && !b"cikmov".contains(c))
        && !matches!(&b[1..], b"st" | b"nd" | b"rd" | b"th")
}

/// A date is usual; one with "born" before it is a date of birth.
fn birth(text: &str, words: &[Token], at: usize, spans: &mut Vec<Span>) {
    let cue =
        matches!(words[at].folded.as_str(), "dob" | "born" | "birth" | "birthday" | "birthdate")
            || (words[at].folded == "b" && at >= 2 && words[at - 1].folded == "o");
    if !cue {
        return;
    }
    // "Born in Larkmere on 3 May 1960": a few words may stand between.
    for from in at + 1..(at + 6).min(words.len()) {
        if let Some(to) = date(text, words, from) {
            spans.push((words[from].start, words[to].end));
            return;
        }
    }
}

/// The last word of a date that begins at word `from`.
fn date(text: &str, words: &[Token], from: usize) -> Option<usize> {
    let first = words.get(from)?;
    // "3.5.1960" is one word, "3/5/1960" three.
    if first.folded.split('.').filter(|p| number(p, 4)).count() == 3 {
        return Some(from);
    }
    let mut parts = 0;
    let mut to = None;
    for (i, word) in words.iter().enumerate().skip(from).take(4) {
        let gap = i > from && {
            let gap = &text[words[i - 1].end..word.start];
            !matches!(gap, "/" | "-" | " " | ", " | ".")
        };
        let plain = word.folded.trim_end_matches(|c: char| c.is_ascii_alphabetic());
        let is_part = number(&word.folded, 4)
            || month(&word.folded)
            || (number(plain, 2)
                && matches!(&word.folded[plain.len()..], "st" | "nd" | "rd" | "th"));
        if gap || !(is_part || (word.folded == "of" && parts == 1)) {
            break;
        }
        if word.folded != "of" {
            parts += 1;
            to = Some(i);
        }
        if parts == 3 {
            break;
        }
    }
    to.filter(|_| parts >= 2 || number(&first.folded, 4) && first.folded.len() == 4)
}

fn number(s: &str, most: usize) -> bool {
    !s.is_empty() && s.len() <= most && s.bytes().all(|b| b.is_ascii_digit())
}

fn month(folded: &str) -> bool {
    const MONTHS: [&str; 12] =
        ["jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec"];
    const LONG: [&str; 12] = [
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
    MONTHS.contains(&folded) || LONG.contains(&folded) || folded == "sept"
}

/// Values known by the word before them. "Ref 558812" is none: references say
/// nothing of a person without the council's files.
fn cued(text: &str, words: &[Token], at: usize, spans: &mut Vec<Span>) {
    let least = match words[at].folded.as_str() {
        "acc" | "account" | "acct" | "accounts" | "customer" | "payroll" | "policy"
        | "passport" | "tenancy" | "licence" | "nino" => 5,
        "nhs" => 9,
        "sort" => 6,
        "cvv" | "cvc" | "cv2" | "pin" | "passcode" => 3,
        "exp" | "expiry" | "expires" | "password" => 1,
        _ => return,
    };
    let expiry = words[at].folded.starts_with("exp");
    let secret = words[at].folded == "password";
    for from in at + 1..(at + 5).min(words.len()) {
        let word = &words[from];
        let between = matches!(
            word.folded.as_str(),
            "no" | "num" | "number" | "is" | "ref" | "reference" | "code" | "date" | "id" | "card"
        );
        if between {
            continue;
        }
        if secret {
            // Only "password is X": "password reset" is a question.
            if from > at + 1 && words[from - 1].folded == "is" {
                spans.push((word.start, word.end));
            }
            return;
        }
        let mut to = from;
        let mut count = 0;
        while let Some(next) = words.get(to) {
            let digits = next.folded.bytes().filter(u8::is_ascii_digit).count();
            let joined = to == from || next.start - words[to - 1].end == 1;
            // "1. " begins a list.
            let mark = to > from && digits == 1 && text[next.end..].starts_with(['.', ')']);
            // Letters may stand in an account number, words may not.
            if digits == 0 || !joined || mark || (expiry && digits > 4) {
                break;
            }
            count += digits;
            to += 1;
        }
        if count >= least && !(expiry && count < 3) {
            spans.push((word.start, words[to - 1].end));
        }
        return;
    }
}

/// Number plates after a word for a vehicle, driving licences and IBANs by
/// their form.
fn shaped(text: &str, words: &[Token], at: usize, spans: &mut Vec<Span>) {
    let word = &words[at];
    let b = word.folded.as_bytes();
    if b.len() == 16
        && b[5..11].iter().all(u8::is_ascii_digit)
        && b[..5].iter().all(|c| !c.is_ascii_digit() || *c == b'9')
    {
        spans.push((word.start, word.end));
    }
    let iban =
        b.len() >= 4 && b.starts_with(b"gb") && b[2].is_ascii_digit() && b[3].is_ascii_digit();
    if iban {
        let mut end = word.end;
        let mut seen = b.len();
        for pair in words[at..].windows(2).take(6) {
            if seen >= 22 || &text[pair[0].end..pair[1].start] != " " {
                break;
            }
            seen += pair[1].folded.len();
            end = pair[1].end;
        }
        if seen == 22 {
            spans.push((word.start, end));
        }
    }
    if near(words, at, 5, &["reg", "registration", "plate", "vehicle", "car", "van"]) {
        let next = words.get(at + 1).filter(|n| &text[word.end..n.start] == " ");
        let plate = |s: &str| {
            let b = s.as_bytes();
            b.len() == 7
                && b[..2].iter().all(u8::is_ascii_alphabetic)
                && b[2..4].iter().all(u8::is_ascii_digit)
                && b[4..].iter().all(u8::is_ascii_alphabetic)
        };
        if plate(&word.folded) {
            spans.push((word.start, word.end));
        } else if let Some(next) = next
            && word.folded.len() == 4
            && plate(&[word.folded.as_str(), &next.folded].concat())
        {
            spans.push((word.start, next.end));
        }
    }
}

/// Whether one of `cues` stands at most `reach` words before word `at`.
fn near(words: &[Token], at: usize, reach: usize, cues: &[&str]) -> bool {
    words[at.saturating_sub(reach)..at].iter().any(|w| cues.contains(&w.folded.as_str()))
}
