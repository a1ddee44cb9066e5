//! Personal data in what a resident typed: found, and hidden wherever the
//! question is shown, announced or stored.
//!
//! Nothing leaves the device, so nothing is refused; hiding keeps shared
//! screens, printouts and the tab's memory clean. Best effort for names and
//! addresses, exact for numbers with a form of their own. No regular
//! expressions: each detector is one pass over the words.

mod digits;
mod forms;
mod names;

use doorstep_text::is_stop;

use crate::tokens::{Token, tokens};

/// What stands in the place of hidden words.
pub(crate) const HIDDEN: &str = "[hidden]";

/// Rounds of hiding: hiding one thing can bring the words around it together.
/// Each round shortens what is left, and two suffice for what people type.
const ROUNDS: usize = 6;

/// A run of bytes to hide.
pub(crate) type Span = (usize, usize);

/// What the detectors need to know of the council.
pub(crate) trait Known {
    /// Whether a telephone number (digits only, as dialled at home) is one
    /// that the council publishes.
    fn is_public_phone(&self, digits: &str) -> bool;
    /// Whether an address (lower case) is a role mailbox of the council.
    fn is_role_mailbox(&self, address: &str) -> bool;
    /// For each word, whether it can be no one's name ("Council").
    fn not_names(&self, words: &[Token]) -> Vec<bool>;
}

/// The question without personal data, and whether there was any.
///
/// Idempotent. Time: the question's length times a small constant.
pub(crate) fn mask(question: &str, known: &dyn Known) -> (String, bool) {
    let mut text = question.to_owned();
    let mut hid = false;
    for _ in 0..ROUNDS {
        let spans = find(&text, known);
        if spans.is_empty() {
            break;
        }
        hid = true;
        text = cover(&text, spans);
    }
    (text, hid)
}

fn find(text: &str, known: &dyn Known) -> Vec<Span> {
    let words = tokens(text);
    let mut spans = digits::find(text, &words, known);
    spans.extend(forms::find(text, &words, known));
    spans.extend(names::find(text, &words, known));
    // What is hidden already stays as it is.
    let hidden: Vec<Span> = text.match_indices(HIDDEN).map(|(at, s)| (at, at + s.len())).collect();
    spans.retain(|s| s.0 < s.1 && hidden.iter().all(|h| s.1 <= h.0 || s.0 >= h.1));
    spans
}

/// `text` with each of the spans (in any order, overlapping or not) replaced;
/// neighbours become one.
pub(crate) fn cover(text: &str, mut spans: Vec<Span>) -> String {
    spans.sort_unstable();
    let mut out = String::with_capacity(text.len());
    let mut at = 0;
    for (start, end) in spans {
        if end <= at {
            continue;
        }
        let between = text.get(at..start.max(at)).unwrap_or("");
        let joins = out.ends_with(HIDDEN) && between.chars().all(|c| matches!(c, ' ' | ','));
        if !joins {
            out.push_str(between);
            out.push_str(HIDDEN);
        }
        at = end;
    }
    out.push_str(text.get(at..).unwrap_or(""));
    out
}

/// The words to search by: without what is hidden and the words that led to
/// it ("my name is"), so that hiding never changes which page answers.
pub(crate) fn searchable(masked: &str) -> String {
    if !masked.contains(HIDDEN) {
        return masked.to_owned();
    }
    let mut out = String::with_capacity(masked.len());
    let mut rest = masked;
    while let Some((before, after)) = rest.split_once(HIDDEN) {
        let words = tokens(before);
        let mut keep = before.len();
        for word in words.iter().rev().take(MAX_CUE) {
            // A full stop or a bracket ends what belongs together.
            let gap = before.get(word.end..keep).unwrap_or("");
            if gap.contains(['.', '?', '!', ']']) || !is_cue(&word.folded) {
                break;
            }
            keep = word.start;
        }
        out.push_str(before.get(..keep).unwrap_or(""));
        out.push(' ');
        rest = after;
    }
    out.push_str(rest);
    doorstep_text::normalise(&out)
}

/// Words of a cue that are looked back over.
const MAX_CUE: usize = 5;

/// Words that lead to personal data and ask for nothing.
fn is_cue(folded: &str) -> bool {
    const CUES: &[&str] = &[
        "acc",
        "account",
        "acct",
        "address",
        "birth",
        "born",
        "call",
        "code",
        "contact",
        "cvc",
        "cvv",
        "dob",
        "email",
        "exp",
        "expiry",
        "hello",
        "hi",
        "insurance",
        "live",
        "mobile",
        "mr",
        "mrs",
        "ms",
        "name",
        "national",
        "nhs",
        "ni",
        "nino",
        "no",
        "number",
        "phone",
        "postcode",
        "reg",
        "ring",
        "sort",
        "tel",
        "text",
    ];
    // "My", "is", "at", "on" lead too; words that carry a question do not.
    const SMALL: &[&str] =
        &["am", "at", "i", "im", "is", "its", "me", "my", "of", "on", "the", "this"];
    CUES.binary_search(&folded).is_ok() || (is_stop(folded) && SMALL.binary_search(&folded).is_ok())
}

#[cfg(test)]
mod tests;
