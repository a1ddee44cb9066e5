//! "Did you mean": two to four ways on. They stay usable after one was taken.

use doorstep_chat::Choice;
use yew::prelude::*;

use crate::labels::Labels;
use crate::panel::{Act, Acts, button};

pub(crate) fn choices(turn: usize, choices: &[Choice], acts: &Acts, words: &Labels) -> Html {
    if choices.is_empty() {
        return Html::default();
    }
    let one = |(choice, it): (usize, &Choice)| {
        html! { <li>{ button(None, &it.text, acts, Act::Choose { turn, choice }) }</li> }
    };
    html! {
        <>
            <h4>{ words.choices }</h4>
            <ul class="choices">{ for choices.iter().enumerate().map(one) }</ul>
        </>
    }
}
