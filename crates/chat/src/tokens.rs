//! A question as words with their places.

use doorstep_text::{Segment, fold, segments};

/// A word of the question.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Token {
    /// First byte in the question.
    pub(crate) start: usize,
    /// Byte after the last.
    pub(crate) end: usize,
    /// The word as it is compared.
    pub(crate) folded: String,
}

/// The words of `text`, in order.
pub(crate) fn tokens(text: &str) -> Vec<Token> {
    let mut at = 0;
    let mut out = Vec::new();
    for segment in segments(text) {
        let piece = segment.as_str();
        if let Segment::Word(word) = segment {
            out.push(Token { start: at, end: at + piece.len(), folded: compared(word) });
        }
        at += piece.len();
    }
    out
}

/// As `doorstep_text::fold`, but "what's" stays apart from "what": patterns
/// spell it "whats".
fn compared(word: &str) -> String {
    let mut folded = fold(word);
    let mut last = word.chars().rev();
    if matches!((last.next(), last.next()), (Some('s' | 'S'), Some('\'' | '’'))) {
        folded.push('s');
    }
    folded
}
