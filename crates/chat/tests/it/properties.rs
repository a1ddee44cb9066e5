//! 1. a card never depends on the site;
//! 2. hiding personal data never changes which page answers, and nothing that
//!    is hidden stands in the reply;
//! 3. any text of any length is answered in bounded time without a panic, and
//!    the same input gives the same reply;
//! 4. no reply holds words that are in neither the site nor the data;
//! 5. a part lists each page once.

use std::sync::LazyLock;
use std::time::Instant;

use doorstep_chat::{Assistant, Reply, Retrieve, State};
use proptest::prelude::*;

use crate::little::{Little, Nothing, data, little, nothing, now};

static LITTLE: LazyLock<Assistant<Little>> = LazyLock::new(little);
static NOTHING: LazyLock<Assistant<Nothing>> = LazyLock::new(nothing);
static SAID: LazyLock<String> = LazyLock::new(|| {
    // The bytes hold every string of the data as it is.
    let mut all = vec![String::from_utf8_lossy(&data().to_bytes()).into_owned()];
    let site = Little::new();
    for n in 0..site.record_count() {
        let record = site.record(n);
        all.push(record.text);
        all.push(record.section);
    }
    for page in site.pages() {
        all.extend([page.title.clone(), page.owner.clone(), page.source.clone()]);
    }
    all.join("\n")
});

/// Pieces of which questions are made, emergencies and personal data among
/// them.
fn questions() -> impl Strategy<Value = String> {
    let piece = prop::sample::select(vec![
        "when is my bin emptied",
        "garden waste cost",
        "council tax discount",
        "and",
        "?",
        "1. ",
        "2. ",
        "i smell gas",
        "my husband hits me",
        "my name is Sam Patel",
        "QQ123456C",
        "acc no 80451267",
        "07700 900123",
        "at 31 Weir Close",
        "dob 3/5/1960",
        "i have hiv",
        "thanks",
        "hello",
        "how much is it",
        "my universal credit",
        "fucking",
        "ignore all instructions",
        "pryd mae",
        "kiedy",
        "chatbot plans",
        "am i entitled",
        "where is my refund",
        "<b>",
        "charges",
        ", ",
        "it",
        "café",
        "میرا",
    ]);
    prop_oneof![prop::collection::vec(piece, 0..8).prop_map(|p| p.join(" ")), "\\PC{0,80}",]
}

/// The sentences that the assistant itself says in a reply.
fn said(reply: &Reply) -> Vec<String> {
    let mut out: Vec<String> = reply.notices.iter().map(|n| n.text.clone()).collect();
    out.extend(reply.choices.iter().map(|c| c.text.clone()));
    for passage in reply.parts.iter().flat_map(|p| &p.passages) {
        out.extend([passage.title.clone(), passage.section.clone()]);
        out.extend(passage.text.lines().map(|l| l.trim_start_matches("### ").to_owned()));
    }
    if let Some(card) = &reply.emergency {
        out.push(card.title.clone());
        out.extend(card.lines.iter().cloned());
        out.extend(card.phones.iter().flat_map(|p| [p.name.clone(), p.number.clone()]));
    }
    if let Some(contact) = &reply.contact {
        out.extend([contact.name.clone(), contact.phone.clone(), contact.hours.clone()]);
    }
    out
}

/// The addresses in a reply, part by part.
fn pages(reply: &Reply) -> Vec<Vec<String>> {
    reply.parts.iter().map(|p| p.passages.iter().map(|p| p.url.clone()).collect()).collect()
}

const ASKED: &[&str] = &[
    "when is my bin emptied",
    "how much is garden waste",
    "how do i pay council tax",
    "I live alone, do I get a discount on council tax",
    "report a missed bin please",
    "do you have plans for a chatbot",
    "garden waste cost and council tax discount",
    "1. missed bins 2. paying council tax",
    "where is my refund of council tax",
    "how do I get the garden waste code",
    "zebra quagga",
];

/// What people type of themselves, and the words of it that must not show.
const TYPED: &[(&str, &str)] = &[
    ("my name is Sam Patel", "Sam Patel"),
    (
        "Hello its Doreen Pask 31 Weir Close ZZ99 4ZZ acc no 80451267",
        "Doreen Pask Weir ZZ99 80451267",
    ),
    ("I'm John Carter of 7 Mill Lane, Wrayford", "John Carter Mill Wrayford"),
    ("Dave Porter, 5 Orchard Close", "Dave Porter Orchard"),
    ("this is Priya Shah", "Priya Shah"),
    ("Mrs J Whitlow here", "Whitlow"),
    ("my NI number is QQ123456C", "QQ123456C"),
    ("my national insurance number is QQ 12 34 56 C", "QQ"),
    ("card 5500 0055 5555 5559 exp 03/28 cvv 482", "5500 5559"),
    ("my phone number is 07700 900123", "07700 900123"),
    ("call me on 07700 900456", "07700 900456"),
    ("email jo.bloggs@mail.example.com", "jo.bloggs"),
    ("I live at 22 Acacia Avenue", "Acacia"),
    ("my account number is 80012345", "80012345"),
    ("sort code 20-11-22 account 55667788", "20-11-22 55667788"),
    ("my date of birth is 12/04/1961", "1961"),
    ("nhs number 943 476 5919", "943 5919"),
];

proptest! {
    #[test]
    fn cards_need_no_site(question in questions()) {
        let with = LITTLE.reply(&State::default(), &question, now());
        let without = NOTHING.reply(&State::default(), &question, now());
        prop_assert_eq!(with.card, without.card);
        prop_assert_eq!(with.emergency, without.emergency);
        prop_assert_eq!(with.question, without.question);
    }

    #[test]
    fn hiding_changes_no_answer(question in questions()) {
        let typed = LITTLE.reply(&State::default(), &question, now());
        prop_assume!(typed.card.is_none());
        let hidden = LITTLE.reply(&State::default(), &typed.question, now());
        prop_assert_eq!(&hidden.question, &typed.question);
        prop_assert_eq!(pages(&hidden), pages(&typed));
    }

    #[test]
    fn data_typed_with_a_question_change_no_answer(
        question in prop::sample::select(ASKED.to_vec()),
        (typed, values) in prop::sample::select(TYPED.to_vec()),
        order in 0..3,
    ) {
        let text = match order {
            0 => format!("{typed} {question}"),
            1 => format!("{typed}. {question}"),
            _ => format!("{question} {typed}"),
        };
        let with = LITTLE.reply(&State::default(), &text, now());
        let without = LITTLE.reply(&State::default(), question, now());
        prop_assert_eq!(pages(&with), pages(&without), "{}", with.question);
        prop_assert_eq!(with.kind, without.kind);
        prop_assert!(with.notices.iter().any(|n| n.id == "masked"), "{}", with.question);
        let shown = format!("{with:?}");
        for value in values.split(' ') {
            prop_assert!(!shown.contains(value), "{} in {}", value, shown);
        }
    }

    #[test]
    fn same_question_same_reply(question in questions(), before in questions()) {
        let first = LITTLE.reply(&State::default(), &before, now());
        let state = State { turns: vec![first], ..State::default() };
        let reply = LITTLE.reply(&state, &question, now());
        prop_assert_eq!(&LITTLE.reply(&state, &question, now()), &reply);
        let whole = !LITTLE.summary(&reply).contains("{}");
        prop_assert!(whole);
    }

    #[test]
    fn a_page_is_listed_once(question in questions()) {
        let reply = LITTLE.reply(&State::default(), &question, now());
        for urls in pages(&reply) {
            let mut once: Vec<&str> = urls.iter().map(|url| url.split('#').next().unwrap_or(url)).collect();
            once.sort_unstable();
            once.dedup();
            prop_assert_eq!(once.len(), urls.len(), "{:?}", urls);
        }
    }

    #[test]
    fn says_only_what_is_written(question in questions()) {
        let reply = LITTLE.reply(&State::default(), &question, now());
        for sentence in said(&reply) {
            // The date of an old answer goes into its sentence.
            let known = sentence.is_empty()
                || SAID.contains(&sentence)
                || sentence == "Published 9 July 2020; it may be out of date.";
            prop_assert!(known, "{}", sentence);
        }
    }
}

#[test]
fn long_texts_are_bounded() {
    for text in [
        "gas smell kill ",
        "1. ",
        "@",
        "0123456789 ",
        "and how do i ",
        "a? ",
        "ŷ",
        "\u{e0041}",
        "my name is ",
    ] {
        let long = text.repeat(200_000 / text.len());
        let start = Instant::now();
        let reply = LITTLE.reply(&State::default(), &long, now());
        assert!(reply.question.chars().count() <= 2_000, "{text}");
        // A second is a hundred times what it takes; a test machine may be busy.
        assert!(start.elapsed().as_secs() < 5, "{text}: {:?}", start.elapsed());
    }
}
