//! The question box, with its label, hint and error; the same as the loader
//! draws while the widget is on its way.

use yew::prelude::*;

use crate::labels::Labels;
use crate::panel::{Act, Acts};

pub(crate) fn composer(error: Option<&str>, input: &NodeRef, acts: &Acts, words: &Labels) -> Html {
    let acts = acts.clone();
    let onsubmit = move |event: SubmitEvent| {
        event.prevent_default();
        acts.emit(Act::Ask);
    };
    let described = if error.is_some() { "error hint" } else { "hint" };
    html! {
        <form class="ask" novalidate=true {onsubmit}>
            <label for="question">{ words.label }</label>
            <p id="hint" class="hint">{ words.hint }</p>
            if let Some(error) = error {
                <p id="error" class="error"><span>{ words.error }</span>{ " " }{ error }</p>
            }
            <div class="row">
                <input
                    ref={input.clone()}
                    id="question"
                    name="question"
                    type="text"
                    maxlength="500"
                    autocomplete="off"
                    spellcheck="false"
                    autocapitalize="sentences"
                    enterkeyhint="send"
                    writingsuggestions="false"
                    data-clarity-mask="true"
                    data-hj-suppress=""
                    data-sentry-mask=""
                    aria-describedby={described}
                    aria-invalid={error.map(|_| "true")}
                />
                <button id="send" class="send">{ words.send }</button>
            </div>
        </form>
    }
}
