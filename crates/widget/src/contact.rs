//! The way to reach a person.

use doorstep_chat::Contact;
use yew::prelude::*;

use crate::blocks::{anchor, safe};
use crate::labels::Labels;

pub(crate) fn contact(contact: &Contact, words: &Labels, texts: &str) -> Html {
    let name = if contact.name.is_empty() { words.contact } else { &contact.name };
    let dialled: String =
        contact.phone.chars().filter(|c| c.is_ascii_digit() || *c == '+').collect();
    let open = contact.open_now.map(|open| if open { words.open_now } else { words.closed_now });
    let row =
        |label: &str, content: Html| html! { <div><dt>{ label }</dt><dd>{ content }</dd></div> };
    html! {
        <section class="contact">
            <h4>
                { words.contact }
                if !contact.name.is_empty() { { ": " }<span lang={texts.to_owned()}>{ name }</span> }
            </h4>
            <dl>
                if !contact.phone.is_empty() {
                    { row(words.phone, anchor(&format!("tel:{dialled}"), &contact.phone)) }
                }
                if !contact.hours.is_empty() || open.is_some() {
                    { row(words.hours, html! { <>
                        if let Some(open) = open { <strong>{ open }</strong>{ ". " } }
                        <span lang={texts.to_owned()}>{ &contact.hours }</span>
                    </> }) }
                }
                if !contact.email.is_empty() {
                    { row(words.email, anchor(&format!("mailto:{}", contact.email), &contact.email)) }
                }
            </dl>
            if let Some(url) = safe(&contact.url) {
                <p>{ anchor(url, words.ways) }</p>
            }
        </section>
    }
}
