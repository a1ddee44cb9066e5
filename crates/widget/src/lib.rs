//! What a resident sees and presses: a Yew view over [`doorstep_chat`], the
//! only crate that knows the DOM.
//!
//! `loader.js` defines the custom element and shows the question box at once;
//! on the first opening it imports this crate's module and the index and calls
//! [`start`]. The panel is a pure function of the conversation's `State`
//! (`panel`), so each of its states has a golden test without a browser;
//! `store` runs the events and does the effects. Why one wasm module inside a
//! JavaScript module, and not a file that is fetched: see "strict modules" in
//! `ARCHITECTURE.md`.
//!
//! Not its job: deciding anything. What is shown, announced, stored and
//! focused comes from `doorstep_chat::step`.

mod answer;
mod blocks;
mod card;
mod choices;
mod composer;
mod contact;
#[cfg(test)]
mod golden;
mod labels;
mod panel;
mod shell;
mod store;
mod transcript;

use std::rc::Rc;

use doorstep_chat::Assistant;
use wasm_bindgen::prelude::*;

pub use shell::Shell;
use store::{App, Message, Props};

/// Draws the assistant into the shell's mount and returns the function by
/// which the loader tells it what happened: `open`, `close`, `ask` (with the
/// question), `restore` (the page came back), `copied`, `prepare` (nothing
/// else is to be done), `end`.
///
/// # Errors
/// The index cannot be read; the text says why.
#[wasm_bindgen]
pub fn start(shell: Shell, index: Vec<u8>) -> Result<JsValue, JsValue> {
    let opened = Assistant::open(&index);
    let assistant = Rc::new(opened.map_err(|error| JsValue::from_str(&error.to_string()))?);
    drop(index);
    shell.dress(include_str!("widget.css"));
    let mount = shell.mount();
    let props = Props { shell, assistant: Rc::clone(&assistant) };
    let mut app = Some(yew::Renderer::<App>::with_root_and_props(mount, props).render());
    let tell = move |name: String, detail: String| match (&*name, &app) {
        ("prepare", _) => assistant.site().prepare(),
        ("end", _) => {
            if let Some(app) = app.take() {
                app.destroy();
            }
        }
        (_, Some(app)) => app.send_message(Message::Told(name, detail)),
        (_, None) => {}
    };
    Ok(Closure::<dyn FnMut(String, String)>::new(tell).into_js_value())
}
