//! 1. each question of `cards.txt` raises its card, and what only sounds like
//!    an emergency raises none;
//! 2. every card has a question that raises it, in English;
//! 3. emergencies in words that no pattern was made from raise a card four
//!    times in five, and what only sounds like one, once in eight at most;
//! 4. a card keeps its numbers, and one that is about a person's safety stands
//!    alone and lets nothing be stored.

use doorstep_chat::{Kind, State};

use crate::little::{data, little, nothing, now};

#[test]
fn questions_raise_their_cards() {
    let assistant = nothing();
    let mut wrong = Vec::new();
    for line in include_str!("cards.txt").lines() {
        let Some((expected, question)) = line.split_once(" | ") else { continue };
        let reply = assistant.reply(&State::default(), question, now());
        let found = reply.card.as_deref().unwrap_or("-");
        if found != expected {
            wrong.push(format!("{question:?}: expected {expected}, found {found}"));
        }
    }
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
}

#[test]
fn every_card_has_questions() {
    let lines: Vec<&str> = include_str!("cards.txt").lines().collect();
    for card in data().cards {
        let id = card.card.id;
        let count = lines.iter().filter(|l| l.starts_with(&format!("{id} | "))).count();
        assert!(count >= 4, "{id} has {count} questions");
    }
}

#[test]
fn words_of_strangers() {
    let assistant = nothing();
    let lines = include_str!("../../signs/blind.tsv").lines().skip(1);
    let messages: Vec<(&str, &str)> = lines.filter_map(|line| line.split_once('\t')).collect();
    let raised = |message| assistant.reply(&State::default(), message, now()).card;
    let (calm, urgent): (Vec<_>, Vec<_>) = messages.into_iter().partition(|(card, _)| *card == "-");
    let any = urgent.iter().filter(|(_, message)| raised(message).is_some()).count();
    let right = urgent.iter().filter(|(card, message)| raised(message).as_deref() == Some(card));
    let right = right.count();
    let mistaken = calm.iter().filter(|(_, message)| raised(message).is_some()).count();
    println!("{} emergencies: a card for {any}, the right one for {right}", urgent.len());
    println!("{} near misses: a card for {mistaken}", calm.len());
    assert!(any * 100 >= urgent.len() * 80, "{any} of {}", urgent.len());
    assert!(right * 100 >= urgent.len() * 72, "{right} of {}", urgent.len());
    assert!(mistaken * 100 <= calm.len() * 12, "{mistaken} of {}", calm.len());
}

fn check(question: &str, card: &str, number: &str, private: bool) {
    let assistant = little();
    let event = doorstep_chat::Event::Asked { text: question.into(), now: now() };
    let (state, effects) = doorstep_chat::step(&assistant, State::default(), event);
    let reply = &state.turns[0];
    let shown = reply.emergency.as_ref().unwrap();
    assert_eq!((reply.kind, shown.id.as_str()), (Kind::Emergency, card), "{question}");
    assert!(shown.phones.iter().any(|p| p.number == number && p.url.starts_with("tel:")));
    assert_eq!(state.private, private, "{question}");
    assert_eq!(reply.parts.is_empty(), private || reply.parts.is_empty(), "{question}");
    let stored = effects.iter().any(|e| matches!(e, doorstep_chat::Effect::Store(_)));
    assert_eq!(stored, !private, "{question}");
    assert!(
        effects.iter().any(|e| matches!(e, doorstep_chat::Effect::Announce { urgent: true, .. })),
        "{question}"
    );
}

#[test]
fn cards_lead_and_guard() {
    check("i can smell gas by the bins", "gas", "0800 111 999", false);
    check("i want to end my life", "suicide", "116 123", true);
    check("my husband hits me", "domestic-abuse", "0808 2000 247", true);
    check("a child next door is being beaten", "child-at-risk", "999", true);
}
