//! Whether a question names a topic of its own, or takes it from the turns
//! before, or from the page.

use doorstep_text::is_stop;

use crate::book::Book;
use crate::tokens::tokens;

/// Turns back from which a topic may be taken: more than the engine looks at.
const TURNS_BACK: usize = 8;

/// Whether the question says what it is about: it has a word that is neither
/// grammar nor one of the council's list of general words ("cost", "Saturday").
pub(crate) fn names_topic(book: &Book, question: &str) -> bool {
    let words = tokens(question);
    let reading = book.read(&words);
    let mut general = vec![false; words.len()];
    for place in reading.places_of(book.words.general) {
        general[reading.token_of[place]] = true;
    }
    words.iter().zip(general).any(|(word, general)| {
        !general && !is_stop(&word.folded) && !word.folded.bytes().all(|b| b.is_ascii_digit())
    })
}

/// What was asked and answered before, the oldest first.
pub(crate) fn context(turns: &[crate::Reply]) -> Vec<String> {
    let mut out = Vec::new();
    for turn in turns.iter().skip(turns.len().saturating_sub(TURNS_BACK)) {
        for part in &turn.parts {
            out.push(crate::mask::searchable(&part.question));
            if let Some(first) = part.passages.first().filter(|_| part.answered) {
                out.push([first.title.as_str(), " ", first.section.as_str()].concat());
            }
        }
        if turn.parts.is_empty() && !turn.question.is_empty() {
            out.push(crate::mask::searchable(&turn.question));
        }
    }
    out
}
