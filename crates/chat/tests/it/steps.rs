//! 1. asking stores the turn and says it once; nothing typed is refused;
//! 2. the conversation comes back from the tab's memory on the next page;
//!    memory that cannot be read is as if there was none;
//! 3. clearing, leaving and a safeguarding card empty the memory, and from the
//!    card on nothing is stored.

use doorstep_chat::{Effect, Event, State, Target, step};

use crate::little::{little, now};

fn asked(text: &str) -> Event {
    Event::Asked { text: text.into(), now: now() }
}

fn names(effects: &[Effect]) -> Vec<&'static str> {
    effects
        .iter()
        .map(|e| match e {
            Effect::Announce { .. } => "announce",
            Effect::Focus(Target::Question) => "question",
            Effect::Focus(Target::Launcher) => "launcher",
            Effect::Store(_) => "store",
            Effect::Forget => "forget",
            Effect::Leave(_) => "leave",
            Effect::Refuse(_) => "refuse",
        })
        .collect()
}

fn check(events: Vec<Event>, expected: &[&str]) -> State {
    let assistant = little();
    let mut state = State::default();
    let mut last = Vec::new();
    for event in events {
        (state, last) = step(&assistant, state, event);
    }
    assert_eq!(names(&last), expected);
    state
}

/// The next page shows the same turns.
fn comes_back(state: &State) {
    let assistant = little();
    let (_, effects) = step(&assistant, state.clone(), Event::Opened);
    let Some(Effect::Store(memory)) = effects.first() else { panic!("nothing stored") };
    let page = state.page.clone();
    let started = Event::Started { page, memory: Some(memory.clone()), now: now() };
    let (again, _) = step(&assistant, State::default(), started);
    assert_eq!(again, State { open: true, ..state.clone() });
}

#[test]
fn asking_and_refusing() {
    let state = check(vec![asked("garden waste")], &["store", "announce", "question"]);
    assert_eq!(state.turns.len(), 1);
    check(vec![asked(" \u{200b} ")], &["refuse", "question"]);
    check(vec![Event::Opened], &["store", "question"]);
    check(vec![Event::Opened, Event::Closed], &["store", "launcher"]);
}

#[test]
fn the_conversation_follows() {
    let assistant = little();
    let (before, effects) =
        step(&assistant, State::default(), asked("garden waste at 31 Weir Close"));
    let Some(Effect::Store(memory)) = effects.first() else { panic!("nothing stored") };
    assert!(!memory.contains("Elm"), "{memory}");
    let started =
        Event::Started { page: "/next/".into(), memory: Some(memory.clone()), now: now() };
    let (state, _) = step(&assistant, State::default(), started);
    assert_eq!((state.turns, state.page.as_str()), (before.turns, "/next/"));
    for memory in ["{", "", "o\u{1e}", "o\u{1e}\u{1f}q", "o\u{1e}\u{1f}c\u{1f}x\u{1f}0"] {
        let started =
            Event::Started { page: String::new(), memory: Some(memory.to_owned()), now: now() };
        let (state, _) = step(&assistant, State::default(), started);
        assert_eq!(state, State::default(), "{memory:?}");
    }
}

#[test]
fn memory_is_emptied() {
    let state =
        check(vec![asked("garden waste"), Event::Cleared], &["forget", "announce", "question"]);
    assert!(state.turns.is_empty());
    check(vec![asked("garden waste"), Event::Exited], &["forget", "leave"]);
    check(vec![asked("i want to die")], &["forget", "announce", "question"]);
    check(vec![asked("i want to die"), asked("garden waste")], &["forget", "announce", "question"]);
    check(vec![asked("i want to die"), Event::Opened], &["forget", "question"]);
}

#[test]
fn a_choice_is_answered() {
    let chose = |choice| Event::Chose { turn: 0, choice, now: now() };
    let state = check(vec![asked("charges"), chose(1)], &["store", "announce", "question"]);
    assert_eq!(state.turns[1].parts[0].passages[0].topics, ["garden"]);
    assert_eq!(state.turns[1].question, "Garden waste");
    comes_back(&state);
    check(vec![asked("charges"), chose(9)], &[]);
}
