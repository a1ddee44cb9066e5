//! The conversation as a state machine.

use crate::assistant::Assistant;
use crate::memory;
use crate::reply::{Kind, Reply};
use crate::retrieve::Retrieve;
use crate::state::{Asked, Effect, Event, How, Now, State, Target};

/// The state after `event`, and what the outside is asked to do, in order.
///
/// Pure: the same state and event give the same answer.
pub fn step<R: Retrieve>(
    assistant: &Assistant<R>,
    mut state: State,
    event: Event,
) -> (State, Vec<Effect>) {
    match event {
        Event::Started { page, memory, now } => {
            (started(assistant, page, memory.as_deref(), now), Vec::new())
        }
        Event::Opened => {
            state.open = true;
            let effects = vec![store(&state), Effect::Focus(Target::Question)];
            (state, effects)
        }
        Event::Closed => {
            state.open = false;
            let effects = vec![store(&state), Effect::Focus(Target::Launcher)];
            (state, effects)
        }
        Event::Asked { text, now } => {
            if doorstep_text::normalise(&text).is_empty() {
                let message = assistant.data().message("empty").to_owned();
                return (state, vec![Effect::Refuse(message), Effect::Focus(Target::Question)]);
            }
            let reply = assistant.reply(&state, &text, now);
            let hidden = ["masked", "sensitive"].map(str::to_owned).into_iter();
            let notices = hidden.filter(|id| reply.notices.iter().any(|n| n.id == *id)).collect();
            let how = How::Typed { question: reply.question.clone(), notices };
            answered(assistant, state, how, reply)
        }
        Event::Chose { turn, choice, now } => match assistant.choose(&state, turn, choice, now) {
            Some(reply) => {
                let how = How::Chose { back: state.turns.len() - turn, choice };
                answered(assistant, state, how, reply)
            }
            None => (state, Vec::new()),
        },
        Event::Cleared => {
            let cleared = State { open: state.open, page: state.page, ..State::default() };
            let text = assistant.data().message("cleared").to_owned();
            (
                cleared,
                vec![
                    Effect::Forget,
                    Effect::Announce { text, urgent: false },
                    Effect::Focus(Target::Question),
                ],
            )
        }
        Event::Exited => {
            let address = assistant.data().message("exit").to_owned();
            (State::default(), vec![Effect::Forget, Effect::Leave(address)])
        }
    }
}

/// The state of a tab that comes to `page`; memory that cannot be read is as
/// if there was none.
fn started<R: Retrieve>(
    assistant: &Assistant<R>,
    page: String,
    memory: Option<&str>,
    now: Now,
) -> State {
    let mut state = memory.map(|text| memory::read(assistant, text, now)).unwrap_or_default();
    if state.private {
        // Nothing private was ever stored: such a memory is not ours.
        state = State::default();
    }
    state.page = page;
    state
}

/// Keeps `reply`, says it and stores how it came about.
fn answered<R: Retrieve>(
    assistant: &Assistant<R>,
    mut state: State,
    how: How,
    reply: Reply,
) -> (State, Vec<Effect>) {
    let announce =
        Effect::Announce { text: assistant.summary(&reply), urgent: reply.kind == Kind::Emergency };
    let asked = Asked { page: state.page.clone(), how };
    state.add(asked, reply);
    let effects = vec![store(&state), announce, Effect::Focus(Target::Question)];
    (state, effects)
}

/// Storing the state, or from a safeguarding card on, emptying what is stored.
fn store(state: &State) -> Effect {
    if state.private { Effect::Forget } else { Effect::Store(memory::written(state)) }
}
