//! The turns so far: what was asked, masked, and the reply; also as plain text
//! for copying.

use doorstep_chat::{Notice, Part, Reply, State};
use yew::prelude::*;

use crate::answer::part;
use crate::blocks::{anchor, safe};
use crate::card::card;
use crate::choices::choices;
use crate::contact::contact;
use crate::labels::Labels;
use crate::panel::Acts;

/// The log. It is silent: the announcement says a summary of each reply once.
pub(crate) fn transcript(state: &State, acts: &Acts, words: &Labels, texts: &str) -> Html {
    let turn = |(number, reply): (usize, &Reply)| turn(number, reply, acts, words, texts);
    html! {
        <div id="log" class="log" role="log" aria-live="off" aria-label={words.log} tabindex="0">
            <ol class="turns">{ for state.turns.iter().enumerate().map(turn) }</ol>
        </div>
    }
}

fn turn(number: usize, reply: &Reply, acts: &Acts, words: &Labels, texts: &str) -> Html {
    let several = reply.parts.len() > 1;
    html! {
        <li id={format!("turn-{number}")} class="turn">
            <div class="asked">
                <h3>{ words.asked }</h3>
                <p class="own" translate="no" data-clarity-mask="true" data-hj-suppress="" data-sentry-mask="">
                    { &reply.question }
                </p>
            </div>
            <div class="reply">
                <h3 id={format!("answer-{number}")} tabindex="-1">{ words.answer }</h3>
                if let Some(emergency) = &reply.emergency { { card(emergency, words) } }
                { for reply.notices.iter().map(notice) }
                { for shown(reply).map(|one| part(one, several, words, texts)) }
                { choices(number, &reply.choices, acts, words) }
                if let Some(who) = &reply.contact { { contact(who, words, texts) } }
            </div>
        </li>
    }
}

/// The parts to show: where there is a choice to make, the pages to choose from
/// are not listed a second time.
fn shown(reply: &Reply) -> impl Iterator<Item = &Part> {
    reply.parts.iter().filter(|part| part.answered || reply.choices.is_empty())
}

fn notice(notice: &Notice) -> Html {
    let link = notice.link.as_ref().and_then(|link| Some((safe(&link.url)?, link)));
    html! {
        <p class="notice" data-notice={notice.id.clone()} lang={notice.lang.clone()}>
            { &notice.text }
            if let Some((url, link)) = link { { " " }{ anchor(url, &link.text) } }
        </p>
    }
}

/// The conversation as plain text, with every source and its address (from
/// `origin` where it is from the site's root).
pub(crate) fn plain(state: &State, words: &Labels, origin: &str) -> String {
    let mut out = String::new();
    let mut line = |text: &str| {
        out.push_str(text);
        out.push('\n');
    };
    let full = |url: &str| {
        if url.starts_with('/') { [origin, url].concat() } else { url.to_owned() }
    };
    for reply in &state.turns {
        line(&[words.asked, ": ", &reply.question].concat());
        line(&[words.answer, ":"].concat());
        if let Some(card) = &reply.emergency {
            line(&card.title);
            card.lines.iter().for_each(|text| line(text));
            for phone in &card.phones {
                line(&[&phone.name, " ", &phone.number].concat());
            }
        }
        reply.notices.iter().for_each(|notice| line(&notice.text));
        reply.choices.iter().for_each(|choice| line(&choice.text));
        for part in shown(reply) {
            if reply.parts.len() > 1 {
                line(&part.question);
            }
            let (first, _) = part.shown_and_listed();
            for (number, passage) in part.passages.iter().enumerate() {
                if number == 0 && first.is_some() {
                    line(&passage.text);
                } else if number == usize::from(first.is_some()) {
                    line(if first.is_some() { words.others } else { words.might });
                }
                let date = passage.updated.map(|date| words.day(date)).unwrap_or_default();
                line(
                    &[&passage.title, &passage.section, &passage.owner, &passage.source, &date]
                        .into_iter()
                        .filter(|text| !text.is_empty())
                        .map(String::as_str)
                        .collect::<Vec<_>>()
                        .join(", "),
                );
                line(&full(&passage.url));
            }
        }
        if let Some(contact) = &reply.contact {
            line(&[words.contact, ": ", &contact.name, " ", &contact.phone].concat());
        }
        line("");
    }
    out
}
