//! 1. a short section is shown whole, a form's link first;
//! 2. a bare answer stands under its question, an old one with its date;
//! 3. follow-ups take their topic from before, a new topic is not dragged
//!    back, the page is the topic of a first question that names none;
//! 4. each part stands under its own words;
//! 5. frames are added to the answer, other bodies take its sureness;
//! 6. broad questions and choices; a typed choice is chosen;
//! 7. the third miss gives the general contact;
//! 8. Welsh is answered in Welsh with its own line;
//! 9. what is likelier than not but not sure is shown as the nearest, and said
//!    to be no more; what is unlikely is only listed.

use doorstep_chat::{Kind, Reply, State};

use crate::little::{ask, little, now};

fn reply(questions: &[&str]) -> Reply {
    ask(&little(), questions).pop().unwrap()
}

fn topics(reply: &Reply) -> Vec<String> {
    let first = |p: &doorstep_chat::Part| {
        p.passages.first().filter(|_| p.answered).and_then(|p| p.topics.first().cloned())
    };
    reply.parts.iter().map(|p| first(p).unwrap_or_default()).collect()
}

fn check(questions: &[&str], kind: Kind, expected: &[&str]) {
    let reply = reply(questions);
    assert_eq!(
        (reply.kind, topics(&reply)),
        (kind, expected.iter().map(|s| (*s).to_owned()).collect()),
        "{questions:?}"
    );
}

fn notices(questions: &[&str]) -> Vec<String> {
    reply(questions).notices.into_iter().map(|n| n.id).collect()
}

#[test]
fn shows_short_sections_whole_and_forms_first() {
    let reply = reply(&["report a missed bin"]);
    let passage = &reply.parts[0].passages[0];
    assert!(passage.text.contains("unless the bin was too heavy") && passage.rest.is_none());
    assert_eq!(passage.links[0].text, "Report a missed bin");
    assert_eq!(passage.url, "/bins/#a");
}

#[test]
fn bare_answers_never_stand_alone() {
    let reply = reply(&["do you have plans for a chatbot"]);
    let text = &reply.parts[0].passages[0].text;
    assert!(text.contains("plans for a chatbot?\nYes") && text.contains("2021/22"), "{text}");
    assert_eq!(reply.notices[0].text, "Published 9 July 2020; it may be out of date.");
}

#[test]
fn follow_ups_take_their_topic() {
    check(&["garden waste", "how much is it"], Kind::Answer, &["garden"]);
    check(&["garden waste", "council tax discount"], Kind::Answer, &["tax"]);
    check(
        &["garden waste", "council tax discount", "what about garden waste cost"],
        Kind::Answer,
        &["garden"],
    );
    check(&["how much is it"], Kind::None, &[""]);
    let assistant = little();
    let state = State { page: "/garden/".into(), ..State::default() };
    let on_page = assistant.reply(&state, "how much is it", now());
    assert_eq!(topics(&on_page), ["garden"]);
}

#[test]
fn each_part_has_its_words() {
    check(&["1. council tax discount 2. garden waste cost"], Kind::Answer, &["tax", "garden"]);
    let two = reply(&["how do i pay council tax and when is garden waste collected"]);
    assert_eq!(two.parts[1].question, "and when is garden waste collected");
    assert_eq!(topics(&two), ["tax", "garden"]);
}

#[test]
fn frames_add_and_others_take_away() {
    check(&["am i entitled to the council tax discount if i am a student"], Kind::Answer, &["tax"]);
    assert!(
        notices(&["am i entitled to the council tax discount if i am a student"])
            .contains(&"eligibility".to_owned())
    );
    assert!(notices(&["what is left to pay on my council tax"]).contains(&"case".to_owned()));
    assert!(
        notices(&["what day does universal credit come"])
            .contains(&"body:dwp-universal-credit".to_owned())
    );
    check(&["renew my passport"], Kind::None, &[""]);
    check(&["renew my passport and council tax discount"], Kind::Answer, &["", "tax"]);
    check(&["<img src=x onerror=alert(1)> garden waste"], Kind::None, &[""]);
    assert!(notices(&["who should i vote for"]).contains(&"decline:voting".to_owned()));
}

#[test]
fn broad_questions_are_asked_back() {
    let broad = reply(&["charges"]);
    assert_eq!(broad.kind, Kind::Choices);
    let texts: Vec<&str> = broad.choices.iter().map(|c| c.text.as_str()).collect();
    assert_eq!(texts, ["Council tax", "Garden waste"]);
    check(&["charges", "garden waste"], Kind::Answer, &["garden"]);
}

#[test]
fn third_miss_gives_the_general_contact() {
    let third = reply(&["zebra", "quagga", "bin zebra quagga okapi dodo"]);
    assert_eq!(third.kind, Kind::None);
    assert_eq!(third.contact.unwrap().name, "Customer services");
}

#[test]
fn contacts_tell_whether_they_are_open() {
    let miss = reply(&["bin zebra quagga okapi dodo"]);
    let contact = miss.contact.unwrap();
    assert_eq!((contact.name.as_str(), contact.open_now), ("Waste team", Some(false)));
}

#[test]
fn welsh_has_its_own_line() {
    let welsh = reply(&["pryd mae'r biniau yn cael eu casglu?"]);
    assert_eq!(welsh.kind, Kind::None);
    assert_eq!(welsh.notices[0].lang.as_deref(), Some("cy"));
    assert_eq!(welsh.contact.unwrap().name, "Welsh language line");
    assert_eq!(welsh.parts[0].passages[0].topics, ["bins"]);
    assert!(!welsh.parts[0].answered);
}

#[test]
fn abuse_is_not_repeated() {
    let rude = reply(&["when the fuck is garden waste collected"]);
    assert_eq!(topics(&rude), ["garden"]);
    assert!(!rude.question.contains("fuck"));
}

#[test]
fn the_nearest_is_shown_as_that() {
    let near = |question: &str, expected: bool, notice: &str| {
        let reply = reply(&[question]);
        assert_eq!((reply.kind, reply.parts[0].near), (Kind::None, expected), "{question}");
        assert_eq!(reply.notices[0].id, notice, "{question}");
    };
    near("single adult rabbits purple discount", true, "unsure");
    near("adult rabbits purple discount", false, "none-near");
    near("purple rabbits", false, "none");
}
