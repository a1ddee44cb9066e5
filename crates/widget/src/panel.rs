//! The whole panel as a function of the conversation: nothing here knows the
//! page around it, so that its states are tested without a browser.

use doorstep_chat::State;
use yew::prelude::*;

use crate::composer::composer;
use crate::labels::Labels;
use crate::transcript::transcript;

/// What a resident can do in the panel.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Act {
    Ask,
    Choose { turn: usize, choice: usize },
    Latest,
    Close,
    Clear,
    Copy,
    Print,
    Exit,
}

/// Where acts go.
pub(crate) type Acts = Callback<Act>;

/// What the panel shows.
pub(crate) struct Panel<'a> {
    pub(crate) state: &'a State,
    /// What is wrong with what was sent.
    pub(crate) error: Option<&'a str>,
    /// What a button has just done.
    pub(crate) note: Option<&'a str>,
    pub(crate) words: &'a Labels,
    /// Language of the council's texts.
    pub(crate) texts: &'a str,
    /// Address of the page on how a question is handled.
    pub(crate) privacy: &'a str,
    pub(crate) input: &'a NodeRef,
}

/// The panel in reading order: heading, ways out, turns, question box, tools.
pub(crate) fn panel(panel: &Panel<'_>, acts: &Acts) -> Html {
    let Panel { state, words, .. } = panel;
    let begun = !state.turns.is_empty();
    html! {
        <div class="panel">
            <div class="bar">
                <h2 id="title">{ words.title }</h2>
                if begun { { button(Some("latest"), words.latest, acts, Act::Latest) } }
                { button(Some("close"), words.close, acts, Act::Close) }
            </div>
            if state.private {
                <div class="exit">
                    { button(Some("exit"), words.exit, acts, Act::Exit) }
                    <p class="small">{ words.exit_keys }</p>
                </div>
            }
            if begun {
                { transcript(state, acts, words, panel.texts) }
            } else {
                <div class="intro"><p>{ words.intro }</p><p>{ words.limits }</p></div>
            }
            { composer(panel.error, panel.input, acts, words) }
            <div class="tools">
                if begun {
                    { button(None, words.clear, acts, Act::Clear) }
                    { button(None, words.copy, acts, Act::Copy) }
                    { button(None, words.print, acts, Act::Print) }
                }
                <a href={panel.privacy.to_owned()}>{ words.privacy }</a>
                if let Some(note) = panel.note { <p aria-hidden="true">{ note }</p> }
            </div>
        </div>
    }
}

/// A button that does one thing.
pub(crate) fn button(id: Option<&'static str>, text: &str, acts: &Acts, act: Act) -> Html {
    let acts = acts.clone();
    html! {
        <button type="button" {id} onclick={move |_: MouseEvent| acts.emit(act)}>{ text }</button>
    }
}
