//! The custom element as the widget sees it: what `loader.js` offers.

use wasm_bindgen::prelude::*;
use web_sys::Element;

#[wasm_bindgen]
extern "C" {
    /// The `<doorstep-assistant>` element that `loader.js` defines.
    #[derive(Clone)]
    pub type Shell;

    /// Where the view is drawn.
    #[wasm_bindgen(method, getter)]
    pub fn mount(this: &Shell) -> Element;

    /// Language of the interface.
    #[wasm_bindgen(method, getter)]
    pub fn locale(this: &Shell) -> String;

    /// Language of the council's texts.
    #[wasm_bindgen(method, getter)]
    pub fn texts(this: &Shell) -> String;

    /// Address of the page on how a question is handled.
    #[wasm_bindgen(method, getter)]
    pub fn privacy(this: &Shell) -> String;

    /// Whether the council wants nothing kept beyond the page.
    #[wasm_bindgen(method, getter)]
    pub fn forgetful(this: &Shell) -> bool;

    /// The button that opens the panel.
    #[wasm_bindgen(method, getter)]
    pub fn launcher(this: &Shell) -> web_sys::HtmlElement;

    /// Whether the panel is a modal dialog now.
    #[wasm_bindgen(method, getter)]
    pub fn modal(this: &Shell) -> bool;

    /// Shows or hides the panel.
    #[wasm_bindgen(method)]
    pub fn show(this: &Shell, open: bool);

    /// Scrolls the panel into view.
    #[wasm_bindgen(method)]
    pub fn reveal(this: &Shell);

    /// Says it once through the live region.
    #[wasm_bindgen(method)]
    pub fn say(this: &Shell, text: &str, urgent: bool);

    /// Adds a stylesheet to the shadow root.
    #[wasm_bindgen(method)]
    pub fn dress(this: &Shell, css: &str);

    /// Copies the text, then tells `copied`.
    #[wasm_bindgen(method)]
    pub fn copy(this: &Shell, text: &str);

    /// Prints the conversation.
    #[wasm_bindgen(method)]
    pub fn print(this: &Shell);

    /// Replaces the page by another, at once.
    #[wasm_bindgen(method)]
    pub fn leave(this: &Shell, url: &str);
}
