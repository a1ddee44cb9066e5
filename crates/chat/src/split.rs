//! Several questions in one turn, each in the asker's own words.
//!
//! What parts questions is grammar, so it stands in the code: numbers of a
//! list, question marks, "and how", "also can I", a situation followed by a
//! list. A statement belongs to the question after it.

use doorstep_text::{is_question_word, is_stop};

use crate::tokens::{Token, tokens};

/// One question of a turn.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(crate) struct Piece {
    /// The question, as it was typed.
    pub(crate) text: String,
    /// What stood before the list that it belongs to ("we are moving").
    pub(crate) situation: String,
    /// Whether it is an item of a list, which stands for itself.
    pub(crate) item: bool,
}

/// Questions of a turn that are answered. A capped turn cannot hold many more
/// that mean something; the last takes the rest, so that none is dropped.
const MAX_PIECES: usize = 12;

/// The questions of `text`, in order; at least one.
pub(crate) fn split(text: &str) -> Vec<Piece> {
    let list = numbered(text)
        .or_else(|| listed(text))
        .map(|items| items.into_iter().map(|p| Piece { item: true, ..p }).collect());
    let mut pieces: Vec<Piece> = list.unwrap_or_else(|| spoken(text));
    if pieces.len() > MAX_PIECES {
        let rest: Vec<String> = pieces.drain(MAX_PIECES - 1..).map(|p| p.text).collect();
        pieces.push(Piece { text: rest.join(" "), ..Piece::default() });
    }
    if pieces.is_empty() {
        pieces.push(Piece { text: text.to_owned(), ..Piece::default() });
    }
    pieces
}

fn piece(text: &str) -> Option<Piece> {
    let text = text.trim().trim_matches([',', ';', '-', '•', '*', ':']).trim();
    (!text.is_empty()).then(|| Piece { text: text.to_owned(), ..Piece::default() })
}

fn with_situation(situation: &str, pieces: Vec<Piece>) -> Vec<Piece> {
    let situation = situation.trim().trim_end_matches([':', ',', '-', '.']).trim();
    pieces.into_iter().map(|p| Piece { situation: situation.to_owned(), ..p }).collect()
}

/// "1. … 2. … 2a) …": at least two marks that count up from 1 or a.
fn numbered(text: &str) -> Option<Vec<Piece>> {
    let marks = marks(text);
    let first = marks.iter().position(|m| m.label == "1" || m.label == "a")?;
    let mut chosen: Vec<&Mark> = vec![&marks[first]];
    for mark in &marks[first + 1..] {
        if chosen.last().is_some_and(|last| follows(&last.label, &mark.label)) {
            chosen.push(mark);
        }
    }
    if chosen.len() < 2 {
        return None;
    }
    let mut pieces = Vec::new();
    for (i, mark) in chosen.iter().enumerate() {
        let end = chosen.get(i + 1).map_or(text.len(), |next| next.start);
        pieces.extend(piece(&text[mark.end..end]));
    }
    let before = &text[..chosen[0].start];
    // A question before the list is a question of its own.
    if before.contains('?') {
        let mut all = spoken(before);
        all.extend(pieces);
        return Some(all);
    }
    Some(with_situation(before, pieces))
}

/// A list mark: "1.", "2)", "(3)", "3a.".
struct Mark {
    start: usize,
    end: usize,
    label: String,
}

fn marks(text: &str) -> Vec<Mark> {
    let mut out = Vec::new();
    let mut before = ' ';
    for (at, c) in text.char_indices() {
        let begins = before.is_whitespace() || matches!(before, ':' | ',' | ';' | '?' | '.');
        before = c;
        if !begins || !(c.is_ascii_alphanumeric() || c == '(') {
            continue;
        }
        let open = usize::from(c == '(');
        let rest = &text[at + open..];
        let digits = rest.bytes().take_while(u8::is_ascii_digit).count();
        let letter = rest.as_bytes().get(digits).is_some_and(u8::is_ascii_lowercase);
        let len = digits + usize::from(letter);
        let Some(label) = rest.get(..len).filter(|_| len > 0 && digits <= 2) else { continue };
        let after = &rest[len..];
        // "1 where do I vote 2 can I vote by post".
        let bare = open == 0 && digits == len && after.starts_with(' ') && is_question(after);
        if bare {
            out.push(Mark { start: at, end: at + len, label: label.to_owned() });
            continue;
        }
        let closed = after.starts_with(')') || (open == 0 && after.starts_with(['.', ':']));
        // "2.4 miles" is no mark, nor is "a. " in "a.m.".
        let spaced = after.get(1..).is_some_and(|a| {
            a.is_empty() || a.starts_with(' ') || (digits > 0 && a.starts_with(char::is_alphabetic))
        });
        if closed && spaced {
            out.push(Mark { start: at, end: at + open + len + 1, label: label.to_owned() });
        }
    }
    out
}

/// Whether `next` comes after `last` in a list: 1 2, 2 2a, 2a 2b, 2a 3, a b.
fn follows(last: &str, next: &str) -> bool {
    let parts = |label: &str| {
        let digits = label.trim_end_matches(|c: char| c.is_ascii_lowercase());
        let letter = label.as_bytes().get(digits.len()).copied();
        (digits.parse::<u32>().unwrap_or(0), letter.unwrap_or(b'a' - 1))
    };
    let ((n, a), (m, b)) = (parts(last), parts(next));
    (m == n + 1 && n > 0 && b <= b'a') || (m == n && b == a + 1)
}

/// A situation and then its list ("we are moving: bins, schools and voting"),
/// or nothing but a list of things ("bins, council tax, schools").
fn listed(text: &str) -> Option<Vec<Piece>> {
    let (situation, list) = match text.split_once(": ") {
        Some((before, after)) if !before.contains('?') => (before, after),
        _ => match text.split_once(" - ") {
            Some((before, after)) if after.contains(',') && !after.contains(" - ") => {
                (before, after)
            }
            _ => return opened(text).or_else(|| list_of("", text)),
        },
    };
    list_of(situation, list)
}

/// Whether a text begins as a question does ("how", "can I").
fn is_question(text: &str) -> bool {
    starts_question(&tokens(text), 0)
}

/// What stands before and after the only "and" of a text.
pub(crate) fn halves(text: &str) -> Option<(&str, &str)> {
    let (before, after) = text.split_once(" and ")?;
    (!after.contains(" and ")).then_some((before, after))
}

/// The pieces of `list`, if it is one.
fn list_of(situation: &str, list: &str) -> Option<Vec<Piece>> {
    let items = items(list);
    let bare = situation.is_empty();
    let short = |item: &&str| {
        let words = tokens(item);
        (1..=5).contains(&words.len()) && words.iter().any(|w| !is_stop(&w.folded))
    };
    let asks = |item: &&str| starts_question(&tokens(item), 0) || item.contains('?');
    // In a bare list every item must be a plain thing; one word of a sentence
    // between commas is none.
    let plain = |item: &&str| !tokens(item).iter().any(|w| is_stop(&w.folded) && w.folded != "of");
    let enough = if bare { 3 } else { 2 };
    if items.len() < enough || !items.iter().all(short) {
        return None;
    }
    if items.iter().any(asks) || (bare && !items.iter().all(plain)) {
        return None;
    }
    let pieces: Vec<Piece> = items.into_iter().filter_map(piece).collect();
    Some(with_situation(situation, pieces))
}

/// A list that opens without a colon: "I need to sort out bins, schools and
/// voting".
fn opened(text: &str) -> Option<Vec<Piece>> {
    let words = tokens(text);
    if starts_question(&words, 0) {
        return None;
    }
    let cues = words.iter().rev().filter(|w| {
        matches!(w.folded.as_str(), "about" | "regarding" | "need" | "out" | "with" | "arrange")
    });
    cues.filter_map(|cue| Some((text.get(..cue.end)?, text.get(cue.end..)?)))
        .filter(|(_, list)| items(list).len() >= 3)
        .find_map(|(situation, list)| list_of(situation, list))
}

fn items(list: &str) -> Vec<&str> {
    list.split([',', ';', '•', '\n'])
        .flat_map(|item| item.split(" - "))
        .flat_map(|item| item.split(" and "))
        .flat_map(|item| item.split(" & "))
        .map(|item| item.trim().trim_end_matches('.'))
        .map(|item| item.strip_prefix("and ").or_else(|| item.strip_prefix("- ")).unwrap_or(item))
        .filter(|item| !item.is_empty())
        .collect()
}

/// Sentences and joined questions.
fn spoken(text: &str) -> Vec<Piece> {
    let mut cuts = Vec::new();
    let words = tokens(text);
    let mut from = 0;
    for at in 1..words.len() {
        let gap = &text[words[at - 1].end..words[at].start];
        // A mark ends a question, whatever follows; a full stop ends a
        // sentence, which is a question of its own only if it asks.
        let marked = gap.contains('?');
        let stopped = gap.contains(['.', '!', '\n']) && asks(&words[from..at]);
        let joined =
            joins(&words, at, gap) && asks(&words[from..at]) && starts_question(&words, at);
        let another = adds(&words, from, at);
        if (marked && any_topic(&words[at..]))
            || (stopped && asks(&words[at..]))
            || joined
            || another
        {
            cuts.push(words[at].start);
            from = at;
        }
    }
    let mut pieces = Vec::new();
    let mut start = 0;
    for end in cuts.into_iter().chain([text.len()]) {
        pieces.extend(piece(&text[start..end]));
        start = end;
    }
    merge(pieces)
}

/// Whether another thing is asked from word `at` on, after those from `from`
/// on: "and also a blue badge", "I want to … and ask when …".
fn adds(words: &[Token], from: usize, at: usize) -> bool {
    const ASKS: &[&str] =
        &["apply", "ask", "book", "check", "find", "know", "order", "pay", "register", "report"];
    let word = |i: usize| words.get(i).map_or("", |w| w.folded.as_str());
    let topics = |words: &[Token]| words.iter().filter(|w| !is_stop(&w.folded)).count();
    if word(at) != "and" || topics(&words[from..at]) < 2 {
        return false;
    }
    let more = topics(&words[at + 1..]);
    let wished = ASKS.binary_search(&word(at + 1)).is_ok() && asks(&words[from..at]);
    (word(at + 1) == "also" && more >= 1) || (wished && more >= 3)
}

/// A piece that only greets or thanks belongs to its neighbour.
fn merge(pieces: Vec<Piece>) -> Vec<Piece> {
    let mut out: Vec<Piece> = Vec::new();
    for piece in pieces {
        let words = tokens(&piece.text);
        let says_little = words.len() < 2
            && words.iter().all(|w| is_stop(&w.folded))
            && !words.iter().any(|w| matches!(w.folded.as_str(), "why" | "when" | "where" | "how"));
        match out.last_mut() {
            Some(last) if says_little => {
                last.text.push(' ');
                last.text.push_str(&piece.text);
            }
            _ => out.push(piece),
        }
    }
    out
}

/// Whether word `at` may begin a new question after what joins it: a comma, or
/// "and", "also", "plus", "or" as its own first word.
fn joins(words: &[Token], at: usize, gap: &str) -> bool {
    gap.contains([',', ';']) || gap.contains(" - ") || is_joint(&words[at].folded)
}

fn is_joint(word: &str) -> bool {
    matches!(word, "and" | "also" | "plus" | "then" | "nd")
}

/// Whether a question begins at word `at`, joints skipped: "how long", "can
/// i", "do you", "what about", "is there".
fn starts_question(words: &[Token], at: usize) -> bool {
    let word = |i: usize| words.get(i).map_or("", |w| w.folded.as_str());
    let mut at = at;
    while is_joint(word(at)) {
        at += 1;
    }
    let follows = words.len() > at + 1;
    match word(at) {
        "how" | "what" | "when" | "where" | "who" | "which" | "why" | "whats" | "wheres"
        | "whos" | "hows" | "whens" | "wen" | "wat" => follows,
        "can" | "could" | "do" | "does" | "did" | "will" | "would" | "should" | "is" | "are"
        | "am" | "have" | "has" | "shall" => subject(word(at + 1)),
        _ => false,
    }
}

fn subject(word: &str) -> bool {
    matches!(
        word,
        "i" | "we"
            | "you"
            | "it"
            | "they"
            | "he"
            | "she"
            | "there"
            | "my"
            | "our"
            | "the"
            | "a"
            | "an"
            | "this"
            | "that"
            | "your"
            | "anyone"
            | "someone"
            | "u"
            | "council"
    )
}

/// Whether the words ask for something by themselves, so that what follows
/// can be another question: they begin or hold a question with a topic.
fn asks(words: &[Token]) -> bool {
    let content = words.iter().filter(|w| !is_stop(&w.folded) && !is_joint(&w.folded)).count();
    let question = (0..words.len()).any(|at| starts_question(words, at));
    let wish = words.windows(2).any(|p| {
        matches!(
            (p[0].folded.as_str(), p[1].folded.as_str()),
            ("want" | "need" | "like", "to") | ("need" | "want", "a") | ("tell", "me")
        )
    });
    let subject = words.windows(2).any(|p| {
        (is_question_word(&p[0].folded) || p[0].folded == "is" || p[0].folded == "are")
            && subject(&p[1].folded)
    });
    (question || wish) && (content >= 2 || (content >= 1 && subject))
}

/// Whether any word stands there at all.
fn any_topic(words: &[Token]) -> bool {
    !words.is_empty()
}

#[cfg(test)]
mod tests;
