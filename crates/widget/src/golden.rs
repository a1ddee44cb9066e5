//! The view without a browser: what its tests share, and a golden HTML a
//! state of the panel, in `golden/`; written anew with `UPDATE_EXPECT=1`.

use std::cell::RefCell;

use doorstep_chat::{Reply, State};
use expect_test::{ExpectFile, expect_file};
use serde_json::{Value, json};
use yew::prelude::*;

use crate::labels::Labels;
use crate::panel::{Panel, panel};
use crate::transcript::plain;

thread_local! {
    static VIEW: RefCell<Html> = RefCell::default();
}

#[component]
fn Shown() -> Html {
    VIEW.take()
}

/// The HTML of a view, as a browser would get it.
pub(crate) fn html(view: Html) -> String {
    VIEW.set(view);
    let rendering = yew::LocalServerRenderer::<Shown>::new().hydratable(false).render();
    let runtime = tokio::runtime::Builder::new_current_thread().build().unwrap();
    tokio::task::LocalSet::new().block_on(&runtime, rendering)
}

fn state(replies: Value) -> State {
    let turns: Vec<Reply> = serde_json::from_value(replies).unwrap();
    let private = turns.iter().any(|turn| turn.emergency.as_ref().is_some_and(|c| c.safeguarding));
    State { turns, private, open: true, ..State::default() }
}

fn check(replies: Value, lang: &str, error: Option<&str>, expected: &ExpectFile) {
    let shown = Panel {
        state: &state(replies),
        error,
        note: None,
        words: Labels::of(lang),
        texts: "en",
        privacy: "/ask/privacy/",
        input: &NodeRef::default(),
    };
    // A line an element, so that a change is a change of few lines.
    let html = html(panel(&shown, &Callback::noop())).replace("><", ">\n<");
    expected.assert_eq(&(html + "\n"));
}

fn reply(kind: &str, question: &str, more: Value) -> Value {
    let mut reply = json!({
        "question": question, "kind": kind, "card": null, "notices": [], "parts": [],
        "choices": [], "contact": null,
    });
    if let (Value::Object(reply), Value::Object(more)) = (&mut reply, more) {
        reply.extend(more);
    }
    reply
}

fn passage(title: &str, section: &str, text: &str, more: Value) -> Value {
    let mut passage = json!({
        "title": title, "section": section, "text": text, "url": "/page/#part", "topics": [],
        "owner": "Waste and recycling", "source": "Larkmere Council", "updated": "2026-09-14",
        "confidence": 0.9,
    });
    if let (Value::Object(passage), Value::Object(more)) = (&mut passage, more) {
        passage.extend(more);
    }
    passage
}

fn part(question: &str, answered: bool, passages: &[Value]) -> Value {
    json!({ "question": question, "answered": answered, "passages": passages })
}

fn missed() -> Value {
    passage(
        "Missed bins",
        "If we missed yours",
        "Tell us within two days. You can report it online.\n\nWe do not come back if:\n- it was out late\n- the lid was open",
        json!({
            "rest": "Tell us within two days.\n\nThe crew reports blocked roads.",
            "links": [
                { "text": "report it online", "url": "https://forms.larkmere.example/missed" },
                { "text": "Assisted collections", "url": "/bins/assisted/" },
                { "text": "Tell us", "url": "javascript:alert(1)" },
            ],
            "why": ["The page's title holds \"missed\" and \"bins\"."],
        }),
    )
}

fn contact() -> Value {
    json!({
        "name": "Waste and recycling", "phone": "01632 960 110", "email": "waste@larkmere.example",
        "url": "/contact/", "hours": "Monday to Friday, 8:30am to 5pm", "open_now": false, "topics": [],
    })
}

#[test]
fn empty() {
    check(json!([]), "en", None, &expect_file!["../golden/empty.html"]);
}

#[test]
fn refused() {
    let error = Some("Type a question, for example: when is my bin day?");
    check(json!([]), "en", error, &expect_file!["../golden/refused.html"]);
}

#[test]
fn answer() {
    let others = passage("Bin days", "", "", json!({}));
    let turn = reply(
        "answer",
        "they missed my bin",
        json!({ "parts": [part("", true, &[missed(), others])] }),
    );
    check(json!([turn]), "en", None, &expect_file!["../golden/answer.html"]);
}

#[test]
fn long_answer_with_table() {
    let text = "What you pay depends on the band.\n\n| Band | Charge |\n| A | £1,012.40 |\n| B | £1,112.40 |\n\n### How to pay\n1. Choose a date.\n2. Send the form.";
    let old = json!({ "kind": "foi", "updated": "2019-05-02" });
    let turn = reply(
        "answer",
        "band b council tax",
        json!({
            "notices": [{ "id": "dated", "text": "This was published in 2019 and may be out of date." }],
            "parts": [part("", true, &[passage("FOI 7702", "What you pay > By band", text, old)])],
        }),
    );
    check(json!([turn]), "en", None, &expect_file!["../golden/table.html"]);
}

#[test]
fn multi_part() {
    let parts = [
        part("when is my bin day", true, &[missed()]),
        part("who is the king of Spain", false, &[]),
    ];
    let turn = reply(
        "answer",
        "when is my bin day and who is the king of Spain",
        json!({ "parts": parts }),
    );
    check(json!([turn]), "en", None, &expect_file!["../golden/multi-part.html"]);
}

#[test]
fn choices() {
    let choices = json!([
        { "text": "Resident parking permits", "topics": ["a"] },
        { "text": "Skip permits", "topics": ["b"] },
    ]);
    // What may be chosen stands in the part, too, and is not listed again.
    let listed = passage("Resident parking permits", "", "", json!({}));
    let parts = [part("permit", false, &[listed])];
    let turn = reply("choices", "permit", json!({ "choices": choices, "parts": parts }));
    check(json!([turn]), "en", None, &expect_file!["../golden/choices.html"]);
}

#[test]
fn none_with_contact() {
    let turn = reply(
        "none",
        "zorbing",
        json!({
            "notices": [{ "id": "none", "text": "I could not find that on our website." }],
            "parts": [part("zorbing", false, &[passage("Parks", "Hire a pitch", "", json!({}))])],
            "contact": contact(),
        }),
    );
    check(json!([turn]), "en", None, &expect_file!["../golden/none.html"]);
}

#[test]
fn nearest_is_shown() {
    let others = passage("Bin days", "", "", json!({}));
    let mut near = part("they missed it", false, &[missed(), others]);
    near["near"] = true.into();
    let unsure =
        json!({ "id": "unsure", "text": "I am not sure that this answers your question." });
    let alone = json!({ "notices": [unsure], "parts": [near], "contact": contact() });
    let several = json!({ "parts": [near, part("zorbing", false, &[])] });
    let turns = [reply("none", "they missed it", alone), reply("none", "both", several)];
    check(json!(turns), "en", None, &expect_file!["../golden/nearest.html"]);
}

fn card() -> Value {
    reply(
        "emergency",
        "I am afraid of my partner",
        json!({
            "card": "abuse",
            "emergency": {
                "id": "abuse", "title": "If you are being hurt", "lang": "en", "safeguarding": true,
                "lines": ["If you are in danger, call 999.", "- If you cannot speak, press 55."],
                "phones": [{ "name": "Helpline", "number": "01632 960 999", "url": "tel:01632960999", "hours": "day and night" }],
                "page": { "text": "Getting help", "url": "/help/" },
            },
        }),
    )
}

#[test]
fn safeguarding_card() {
    check(json!([card()]), "en", None, &expect_file!["../golden/card.html"]);
}

#[test]
fn smalltalk() {
    let notice = json!({ "id": "smalltalk:thanks", "text": "You are welcome." });
    let turn = reply("smalltalk", "thank you", json!({ "notices": [notice] }));
    check(json!([turn]), "en", None, &expect_file!["../golden/smalltalk.html"]);
}

#[test]
fn masked() {
    let notice = json!({
        "id": "masked", "text": "You do not need to give personal details.",
        "link": { "text": "How your question is handled", "url": "/ask/privacy/" },
    });
    let turn = reply(
        "answer",
        "my number is [hidden], they missed my bin",
        json!({ "notices": [notice], "parts": [part("", true, &[missed()])] }),
    );
    check(json!([turn]), "en", None, &expect_file!["../golden/masked.html"]);
}

#[test]
fn welsh() {
    let notice = json!({ "id": "language", "text": "Ffoniwch y llinell Gymraeg.", "lang": "cy" });
    let turn = reply(
        "none",
        "Pryd mae fy miniau?",
        json!({ "notices": [notice], "parts": [part("", true, &[missed()])], "contact": contact() }),
    );
    check(json!([turn]), "cy", None, &expect_file!["../golden/welsh.html"]);
}

#[test]
fn copied_text_names_every_source() {
    let other =
        passage("Bin days", "", "", json!({ "url": "https://other.example/", "updated": null }));
    let turn = reply(
        "answer",
        "they missed my bin",
        json!({ "parts": [part("", true, &[missed(), other])], "contact": contact() }),
    );
    let state = state(json!([card(), turn]));
    let text = plain(&state, Labels::of("en"), "https://www.larkmere.example");
    expect_file!["../golden/copied.txt"].assert_eq(&text);
}
