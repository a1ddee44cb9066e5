//! What the tab remembers: what the resident asked, masked, and on which page;
//! never what was answered. The answers are found again, so that a new page
//! never shows an older site's words and the browser keeps as little as can
//! be.

use crate::assistant::Assistant;
use crate::reply::Reply;
use crate::retrieve::Retrieve;
use crate::state::{Asked, How, Now, State};

/// Turns that are kept; older ones are dropped. Finding the answers of so many
/// again takes an old phone a fraction of a second.
pub(crate) const MAX_TURNS: usize = 20;

/// Parts one turn from the next, and its fields: control characters that
/// `doorstep_text::normalise` takes out of every question (ASCII's record and
/// unit separators).
const TURN: char = '\u{1e}';
const FIELD: char = '\u{1f}';

/// First character of the memory of an open panel, as `loader.js` reads it.
const OPEN: &str = "o";
const CLOSED: &str = "c";

/// The conversation as the text that the tab keeps.
pub(crate) fn written(state: &State) -> String {
    let mut out = String::from(if state.open { OPEN } else { CLOSED });
    for Asked { page, how } in &state.asked {
        let (kind, first, second) = match how {
            How::Typed { question, notices } => ("q", question.clone(), notices.join(" ")),
            How::Chose { back, choice } => ("c", back.to_string(), choice.to_string()),
        };
        out.push(TURN);
        for (field, parted) in
            [(page, true), (&kind.to_owned(), true), (&first, true), (&second, false)]
        {
            out.extend(field.chars().filter(|c| !matches!(*c, TURN | FIELD)));
            if parted {
                out.push(FIELD);
            }
        }
    }
    out
}

/// The conversation that [`written`] made the text of, its turns answered
/// again; nothing where the text has another form.
pub(crate) fn read<R: Retrieve>(assistant: &Assistant<R>, text: &str, now: Now) -> State {
    let mut turns = text.split(TURN);
    let mut state = State { open: turns.next() == Some(OPEN), ..State::default() };
    for turn in turns.take(MAX_TURNS) {
        let Some(asked) = parse(turn) else { return State::default() };
        state.page.clone_from(&asked.page);
        if let Some(reply) = again(assistant, &state, &asked.how, now) {
            state.add(asked, reply);
        }
    }
    state
}

fn parse(turn: &str) -> Option<Asked> {
    let mut fields = turn.split(FIELD);
    let (page, kind, first, second) =
        (fields.next()?, fields.next()?, fields.next()?, fields.next()?);
    let how = match kind {
        "q" => How::Typed {
            question: first.to_owned(),
            notices: second.split_ascii_whitespace().map(str::to_owned).collect(),
        },
        "c" => How::Chose { back: first.parse().ok()?, choice: second.parse().ok()? },
        _ => return None,
    };
    Some(Asked { page: page.to_owned(), how })
}

fn again<R: Retrieve>(
    assistant: &Assistant<R>,
    state: &State,
    how: &How,
    now: Now,
) -> Option<Reply> {
    match how {
        How::Chose { back, choice } => {
            let turn = state.turns.len().checked_sub(*back)?;
            assistant.choose(state, turn, *choice, now)
        }
        How::Typed { question, notices } => {
            let mut reply = assistant.reply(state, question, now);
            // What was hidden is not there to be found again.
            for id in notices.iter().rev() {
                if !reply.notices.iter().any(|notice| notice.id == *id) {
                    reply.notices.insert(0, assistant.notice(id));
                }
            }
            Some(reply)
        }
    }
}
