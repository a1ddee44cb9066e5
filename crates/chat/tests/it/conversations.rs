//! Golden conversations in their plain-text form.
//!
//! 1. what holds of a conversation makes no difference, and each turn has its
//!    reply;
//! 2. of each key, what does not hold is told with its file and line, what was
//!    expected and what came;
//! 3. a line of no known form is an error with its file and line.

use doorstep_chat::build::{parse_conversations, run};

use crate::little::{little, now};

/// Holds that asking the conversations of `text` differs just so.
#[track_caller]
fn check(text: &str, expected: &[&str]) {
    let conversations = parse_conversations("a.txt", text).unwrap();
    let assistant = little();
    let mut found = Vec::new();
    for conversation in &conversations {
        let outcome = run(&assistant, conversation, now());
        assert_eq!(outcome.replies.len(), conversation.turns.len());
        found.extend(outcome.differences.iter().map(ToString::to_string));
    }
    assert_eq!(found.len(), expected.len(), "{found:#?}");
    for (found, expected) in found.iter().zip(expected) {
        assert!(found.contains(expected), "expected {expected:?}, found {found:?}");
    }
}

#[test]
fn what_holds_is_no_difference() {
    check(
        "# What a council might write.\n\
         --- garden waste, then its cost\n\
         at: 2026-11-23 10:00\n\
         on: /bins/\n\
         > when is garden waste collected\n\
         kind: answer\n\
         topic: garden ; bins\n\
         page: /garden/\n\
         says: every two weeks\n\
         never: council tax\n\
         notice: none\n\
         card: none\n\
         parts: 1\n\
         part 1 asks: garden\n\
         part 1 answered: yes\n\
         > and the cost\n\
         says: £52\n\
         --- a choice\n\
         > charges\n\
         kind: choices\n\
         choice: tax\n\
         >> Council tax\n\
         topic: tax\n\
         --- nobody knows\n\
         at: 2026-11-23 10:00\n\
         > the parrot has gone purple\n\
         kind: none\n\
         contact: Customer services\n\
         open: yes\n",
        &[],
    );
}

#[test]
fn what_does_not_hold_is_told() {
    let turn = "> when is garden waste collected\n";
    for (expected, found) in [
        (
            "kind: none",
            "a.txt:2: \"when is garden waste collected\": expected kind: none; found answer",
        ),
        ("card: gas", "found none"),
        ("topic: tax", "found /garden/ (garden, confidence"),
        ("page: /tax/", "found /garden/"),
        ("says: never on Sundays", "expected says: never on Sundays"),
        ("never: two weeks", "expected never: two weeks"),
        ("notice: masked", "expected notice: masked"),
        ("choice: tax", "found choices []"),
        ("contact: Waste team", "found none"),
        ("open: yes", "found unknown"),
        ("parts: 2", "found 1"),
        ("part 2 topic: tax", "expected part 2 topic: tax; found no such part"),
        ("part 1 asks: council tax", "expected part 1 asks: council tax"),
        ("part 1 answered: no", "found yes"),
    ] {
        check(&[turn, expected].concat(), &[found]);
    }
    check(
        &[turn, ">> Council tax"].concat(),
        &["a.txt:2: \"Council tax\": the turn before offers no"],
    );
    check("> \u{200b}", &["no reply came"]);
}

#[test]
fn other_lines_are_errors() {
    for (text, line, said) in [
        ("> bins\nan answer", 2, "expected \"> question\" or \"key: value\""),
        ("> bins\nmood: kind", 2, "expected one of kind, card"),
        ("--- x\nkind: answer", 2, "expected \"> question\" before \"kind\""),
        ("> bins\npart two topic: a", 2, "expected \"part 2 topic"),
        ("--- x\nat: tomorrow\n> bins", 2, "expected a day"),
        ("--- x\nat: 2026-11-21 25:00\n> bins", 2, "expected a day"),
    ] {
        let errors = parse_conversations("a.txt", text).unwrap_err();
        assert_eq!(errors.len(), 1, "{text:?}");
        assert_eq!((errors[0].file.as_str(), errors[0].line), ("a.txt", line), "{text:?}");
        assert!(errors[0].message.contains(said), "{text:?}: {}", errors[0].message);
    }
}
