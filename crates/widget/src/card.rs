//! An emergency or safeguarding card, as the council wrote it. It is not a
//! live region: the announcement has said it once already.

use doorstep_chat::{Card, Phone};
use yew::prelude::*;

use crate::blocks::{Links, anchor, blocks, safe};
use crate::labels::Labels;

pub(crate) fn card(card: &Card, words: &Labels) -> Html {
    let lang = (!card.lang.is_empty()).then(|| card.lang.clone());
    let (first, rest) = card.first_and_rest();
    let lines = |lines: &[String]| blocks(&lines.join("\n"), &mut Links::new(&[]), 5, words);
    html! {
        <section class="card" {lang}>
            <h4>{ &card.title }</h4>
            { lines(first) }
            if !card.phones.is_empty() {
                <ul class="phones">{ for card.phones.iter().map(phone) }</ul>
            }
            { lines(rest) }
            if let Some(page) = &card.page {
                if let Some(url) = safe(&page.url) {
                    <p>{ anchor(url, &page.text) }</p>
                }
            }
        </section>
    }
}

fn phone(phone: &Phone) -> Html {
    html! {
        <li>
            <span>{ &phone.name }</span>{ " " }
            if let Some(url) = safe(&phone.url) {
                <a class="number" href={url.to_owned()}>{ &phone.number }</a>
            } else {
                <span class="number">{ &phone.number }</span>
            }
            if !phone.hours.is_empty() { { " " }<span class="small">{ &phone.hours }</span> }
        </li>
    }
}
