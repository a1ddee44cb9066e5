//! One part of a reply: the council's words as a quotation, where they come
//! from, and the other pages that might help.

use doorstep_chat::{Part, Passage};
use doorstep_index::PageKind;
use yew::prelude::*;

use crate::blocks::{Links, anchor, blocks, heading, safe};
use crate::labels::Labels;

/// Links of a section that do not stand in the shown sentences: more than
/// three would be a menu, not a next step.
const USEFUL: usize = 3;

/// The reply to one question; `titled` says it again above, where a turn
/// holds several.
pub(crate) fn part(part: &Part, titled: bool, words: &Labels, texts: &str) -> Html {
    let level = if titled { 5 } else { 4 };
    let (first, others) = part.shown_and_listed();
    let label = if first.is_some() { words.others } else { words.might };
    html! {
        <div class="part">
            if titled {
                <h4 class="own" translate="no" data-clarity-mask="true" data-hj-suppress="" data-sentry-mask="">
                    { &part.question }
                </h4>
            }
            if titled && !part.answered {
                <p>{ if part.near { words.unsure } else { words.nothing } }</p>
            }
            if let Some(first) = first { { passage(first, level, words, texts) } }
            if !others.is_empty() {
                { heading(level, html! { { label } }) }
                <ul class="pages" lang={texts.to_owned()}>{ for others.iter().map(page) }</ul>
            }
        </div>
    }
}

fn passage(passage: &Passage, level: u8, words: &Labels, texts: &str) -> Html {
    let mut links = Links::new(&passage.links);
    let text = blocks(&passage.text, &mut links, level + 1, words);
    let useful: Vec<_> = links.left().take(USEFUL).collect();
    let title = if passage.section.is_empty() { &passage.title } else { &passage.section };
    let lang = AttrValue::from(texts.to_owned());
    html! {
        <article class="passage">
            <div lang={lang.clone()}>
                { heading(level, html! { { path(title) } }) }
                <blockquote cite={safe(&passage.url).map(str::to_owned)}>{ text }</blockquote>
            </div>
            if !useful.is_empty() {
                <p class="small">{ words.useful }</p>
                <ul class="next" lang={lang.clone()}>
                    { for useful.into_iter().map(|(text, url)| html! { <li>{ anchor(url, text) }</li> }) }
                </ul>
            }
            { source(passage, words, &lang) }
            if let Some(rest) = &passage.rest {
                <details>
                    <summary>{ words.whole }</summary>
                    <blockquote lang={lang.clone()}>
                        { blocks(rest, &mut Links::new(&passage.links), level + 1, words) }
                    </blockquote>
                </details>
            }
            if !passage.why.is_empty() {
                <details>
                    <summary>{ words.why }</summary>
                    <ul>{ for passage.why.iter().map(|why| html! { <li>{ why }</li> }) }</ul>
                </details>
            }
        </article>
    }
}

/// Page and section with the way there, then who answers for it and its age.
fn source(passage: &Passage, words: &Labels, lang: &AttrValue) -> Html {
    let foi = passage.kind == PageKind::Foi;
    let who: Vec<_> =
        [&passage.owner, &passage.source].into_iter().filter(|name| !name.is_empty()).collect();
    let dated = if foi { words.published } else { words.updated };
    html! {
        <div class="source">
            <p>
                { words.from }{ " " }
                <span lang={lang.clone()}>{ page_link(passage) }{ section(passage) }</span>
            </p>
            <p class="small">
                if foi { <span>{ words.foi }{ ". " }</span> }
                if let [name] = who[..] {
                    <span lang={lang.clone()}>{ name }{ ". " }</span>
                } else if let [owner, site] = who[..] {
                    <span lang={lang.clone()}>{ owner }{ ", " }{ site }{ ". " }</span>
                }
                if let Some(date) = passage.updated {
                    <span class="date">{ dated }{ " " }{ words.day(date) }</span>
                }
            </p>
        </div>
    }
}

fn page(passage: &Passage) -> Html {
    html! { <li>{ page_link(passage) }{ section(passage) }</li> }
}

fn page_link(passage: &Passage) -> Html {
    match safe(&passage.url) {
        Some(url) => anchor(url, &passage.title),
        None => html! { { &passage.title } },
    }
}

fn section(passage: &Passage) -> Html {
    if passage.section.is_empty() || passage.section == passage.title {
        return Html::default();
    }
    html! { <>{ ", " }<span class="section">{ path(&passage.section) }</span></> }
}

/// A heading path as people write it ("Fees: garden waste").
fn path(section: &str) -> String {
    section.replace(" > ", ": ")
}
