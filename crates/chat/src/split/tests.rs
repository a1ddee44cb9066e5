//! 1. numbered lists, question marks, "and how", comma-joined questions and
//!    situations with lists are parted, in the asker's order and words;
//! 2. one question stays one, however long its sentence;
//! 3. an item of a list stands for itself and keeps the list's situation;
//! 4. no word of the question is dropped, for any text.

use super::*;
use proptest::prelude::*;

fn check(text: &str, expected: &[&str]) {
    let found: Vec<String> = split(text).into_iter().map(|p| p.text).collect();
    assert_eq!(found, expected, "{text}");
}

#[test]
fn parts_numbered_lists() {
    check(
        "1. Is it recorded? 2. Why? 3. For how long? 3a. Can I have it?",
        &["Is it recorded?", "Why?", "For how long?", "Can I have it?"],
    );
    check("we move soon: 1. council tax 2. bins 3) voting", &["council tax", "bins", "voting"]);
    check("(1) bins (2) schools", &["bins", "schools"]);
    check("a) bins b) schools", &["bins", "schools"]);
    check("1 where do I vote 2 can I post it", &["where do I vote", "can I post it"]);
    check("where do I park? 1. permits 2. fines", &["where do I park?", "permits", "fines"]);
}

#[test]
fn parts_spoken_questions() {
    check(
        "when is bin day? and how do I get a box?",
        &["when is bin day?", "and how do I get a box?"],
    );
    check(
        "how do i object, how soon will you write back and where do i appeal",
        &["how do i object", "how soon will you write back", "and where do i appeal"],
    );
    check(
        "whats a garden bin cost and can i have a second one",
        &["whats a garden bin cost", "and can i have a second one"],
    );
    check(
        "I live by the park. When is bin day? How do I get a box?",
        &["I live by the park. When is bin day?", "How do I get a box?"],
    );
    check(
        "a bus pass for nan and also a blue badge",
        &["a bus pass for nan", "and also a blue badge"],
    );
    check(
        "I want to report a fly tip and ask when my brown bin is emptied",
        &["I want to report a fly tip", "and ask when my brown bin is emptied"],
    );
    check(
        "do you record calls also can i have a copy",
        &["do you record calls", "also can i have a copy"],
    );
    check(
        "how do I renew my library card; where is the nearest tip",
        &["how do I renew my library card", "where is the nearest tip"],
    );
}

#[test]
fn parts_lists_of_things() {
    check("council tax, bins, schools", &["council tax", "bins", "schools"]);
    check(
        "just moved in, need to sort out council tax, bins and parking permits",
        &["council tax", "bins", "parking permits"],
    );
    check("opening a shop - rates, signs and licences", &["rates", "signs", "licences"]);
    check(
        "we have a baby on the way: registering, childcare and council tax",
        &["registering", "childcare", "council tax"],
    );
}

#[test]
fn keeps_one_question_whole() {
    for text in [
        "do i qualify for a grant if i rent and look after my dad",
        "I told you about a fallen tree last week and it still lies there, who is dealing with it",
        "the path is 1.8 metres wide may my son park his trike there",
        "can i recycle glass, tins and foil",
        "I want to know when and where the bins are emptied",
        "what day and what time is the tip open",
        "Do you have plans for a chatbot, and when?",
        "is the tip open on the 1. of May",
        "there are 2 of us and 1 is at school",
        "I need to register my baby and pay",
        "when do I get my bin emptied, please?",
        "",
    ] {
        check(text, &[text]);
    }
}

#[test]
fn only_an_item_of_a_list_stands_for_itself() {
    for (text, item) in [
        ("1. bins 2. schools", true),
        ("moving: bins, schools", true),
        ("when is bin day? and where is the tip?", false),
        ("when is bin day", false),
    ] {
        assert!(split(text).iter().all(|p| p.item == item), "{text}");
    }
}

#[test]
fn a_list_keeps_its_situation() {
    let pieces = split("we are moving: 1. bins 2. schools");
    assert!(pieces.iter().all(|p| p.situation == "we are moving"), "{pieces:?}");
}

proptest! {
    #[test]
    fn drops_no_word(text in "([a-d]{1,3}|how do i|and|what about|1\\.|2\\.|3\\.|bins|,|\\?| ){0,40}|\\PC{0,60}") {
        let pieces = split(&text);
        prop_assert!(!pieces.is_empty() && pieces.len() <= MAX_PIECES + 1);
        let said: String = pieces.iter().map(|p| [&*p.situation, " ", &*p.text, " "].concat()).collect();
        let mut said: Vec<String> = tokens(&said).into_iter().map(|t| t.folded).collect();
        for word in tokens(&text) {
            // The marks of a list ("1.", "2a)") are not words of a question.
            let number = word.folded.starts_with(|c: char| c.is_ascii_digit()) || word.folded.contains('.') || word.folded.len() == 1;
            let joint = matches!(word.folded.as_str(), "and");
            match said.iter().position(|w| *w == word.folded) {
                Some(at) => { said.remove(at); }
                None => prop_assert!(number || joint, "{:?} of {:?}", word.folded, text),
            }
        }
    }
}
