//! The conversation as a state machine.

use crate::assistant::Assistant;
use crate::reply::{Kind, Reply};
use crate::retrieve::Retrieve;
use crate::state::{Effect, Event, Now, State, Target};

/// Turns that the tab remembers; older ones are dropped, so that its few
/// megabytes are never filled.
const MAX_TURNS: usize = 40;

/// The state after `event`, and what the outside is asked to do, in order.
///
/// Pure: the same state and event give the same answer.
pub fn step<R: Retrieve>(
    assistant: &Assistant<R>,
    mut state: State,
    event: Event,
) -> (State, Vec<Effect>) {
    match event {
        Event::Started { page, memory } => (started(page, memory), Vec::new()),
        Event::Opened => {
            state.open = true;
            let mut effects = store(&state);
            effects.push(Effect::Focus(Target::Question));
            (state, effects)
        }
        Event::Closed => {
            state.open = false;
            let mut effects = store(&state);
            effects.push(Effect::Focus(Target::Launcher));
            (state, effects)
        }
        Event::Asked { text, now } => {
            if doorstep_text::normalise(&text).is_empty() {
                let message = assistant.data().message("empty").to_owned();
                return (state, vec![Effect::Refuse(message), Effect::Focus(Target::Question)]);
            }
            let reply = assistant.reply(&state, &text, now);
            answered(assistant, state, reply)
        }
        Event::Chose { turn, choice, now } => chose(assistant, state, (turn, choice), now),
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
fn started(page: String, memory: Option<String>) -> State {
    let mut state: State =
        memory.and_then(|text| serde_json::from_str(&text).ok()).unwrap_or_default();
    if state.private {
        // Nothing private was ever stored: such a memory is not ours.
        state = State::default();
    }
    state.page = page;
    state
}

fn chose<R: Retrieve>(
    assistant: &Assistant<R>,
    state: State,
    (turn, choice): (usize, usize),
    now: Now,
) -> (State, Vec<Effect>) {
    match assistant.choose(&state, turn, choice, now) {
        Some(reply) => answered(assistant, state, reply),
        None => (state, Vec::new()),
    }
}

/// Keeps `reply`, counts misses, says it and stores it.
fn answered<R: Retrieve>(
    assistant: &Assistant<R>,
    mut state: State,
    reply: Reply,
) -> (State, Vec<Effect>) {
    state.misses = match reply.kind {
        Kind::None => state.misses.saturating_add(1),
        Kind::Answer | Kind::Emergency => 0,
        Kind::Choices | Kind::Smalltalk => state.misses,
    };
    state.private |= reply.emergency.as_ref().is_some_and(|card| card.safeguarding);
    let announce =
        Effect::Announce { text: assistant.summary(&reply), urgent: reply.kind == Kind::Emergency };
    state.turns.push(reply);
    if state.turns.len() > MAX_TURNS {
        state.turns.remove(0);
    }
    let mut effects = store(&state);
    effects.push(announce);
    effects.push(Effect::Focus(Target::Question));
    (state, effects)
}

/// Storing the state, or from a safeguarding card on, emptying what is stored.
fn store(state: &State) -> Vec<Effect> {
    if state.private {
        return vec![Effect::Forget];
    }
    serde_json::to_string(state).map(Effect::Store).into_iter().collect()
}
