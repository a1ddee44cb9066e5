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
        let (mut end, mut told, mut open) = (before.len(), false, false);
        for word in words.iter().rev().take(MAX_CUE) {
            // A full stop or a bracket ends what belongs together; so does the
            // word that the cue began with: what is before it is the question.
            let gap = before.get(word.end..end).unwrap_or("");
            let Some(cue) = cue(&word.folded).filter(|_| !gap.contains(['.', '?', '!', ']']))
            else {
                break;
            };
            if told && matches!(cue, Cue::Small | Cue::Joins) {
                break;
            }
            end = word.start;
            told |= cue == Cue::Tells;
            // "The code" is a cue only in "sort code".
            open = cue == Cue::Joins || (open && cue == Cue::Small);
            if !open {
                keep = end;
            }
            if cue == Cue::Begins {
                break;
            }
        }
        out.push_str(before.get(..keep).unwrap_or(""));
        out.push(' ');
        // "Mrs Pask here".
        let after = after.trim_start();
        rest = ["here", "speaking"].iter().find_map(|w| after.strip_prefix(w)).unwrap_or(after);
    }
    out.push_str(rest);
    doorstep_text::normalise(&out)
}

/// Words of a cue that are looked back over.
const MAX_CUE: usize = 6;

/// A word that leads to personal data and asks for nothing.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Cue {
    /// "My", "I": nothing before it belongs to it.
    Begins,
    /// Says which data they are.
    Tells,
    /// Part of such a word ("number").
    Joins,
    /// "Is", "at".
    Small,
}

fn cue(folded: &str) -> Option<Cue> {
    const CUES: &[(&str, Cue)] = &[
        ("acc", Cue::Tells),
        ("account", Cue::Tells),
        ("acct", Cue::Tells),
        ("address", Cue::Tells),
        ("am", Cue::Small),
        ("at", Cue::Small),
        ("bank", Cue::Tells),
        ("birth", Cue::Joins),
        ("born", Cue::Tells),
        ("call", Cue::Begins),
        ("card", Cue::Tells),
        ("code", Cue::Joins),
        ("contact", Cue::Tells),
        ("cvc", Cue::Tells),
        ("cvv", Cue::Tells),
        ("date", Cue::Tells),
        ("dob", Cue::Tells),
        ("email", Cue::Tells),
        ("exp", Cue::Tells),
        ("expiry", Cue::Tells),
        ("hello", Cue::Begins),
        ("hi", Cue::Begins),
        ("i", Cue::Begins),
        ("im", Cue::Begins),
        ("insurance", Cue::Joins),
        ("is", Cue::Small),
        ("its", Cue::Small),
        ("live", Cue::Tells),
        ("me", Cue::Small),
        ("mobile", Cue::Tells),
        ("mr", Cue::Tells),
        ("mrs", Cue::Tells),
        ("ms", Cue::Tells),
        ("my", Cue::Begins),
        ("name", Cue::Tells),
        ("names", Cue::Tells),
        ("national", Cue::Tells),
        ("nhs", Cue::Tells),
        ("ni", Cue::Tells),
        ("nino", Cue::Tells),
        ("no", Cue::Joins),
        ("number", Cue::Joins),
        ("of", Cue::Small),
        ("on", Cue::Small),
        ("phone", Cue::Tells),
        ("postcode", Cue::Tells),
        ("reg", Cue::Tells),
        ("ring", Cue::Begins),
        ("sort", Cue::Tells),
        ("tel", Cue::Tells),
        ("text", Cue::Tells),
        ("the", Cue::Small),
        ("this", Cue::Begins),
        ("was", Cue::Small),
        ("with", Cue::Small),
    ];
    CUES.binary_search_by(|(word, _)| (*word).cmp(folded)).ok().map(|at| CUES[at].1)
}

#[cfg(test)]
mod tests;
