//! The engine without its view, as the bench's page calls it: an index in,
//! record numbers out.
//!
//! Only `cargo xtask bench` builds it for WebAssembly, with the widget's own
//! profile, so that what is measured is what a resident's browser runs.

use doorstep_index::Index;
use doorstep_search::{Engine, Query};
use wasm_bindgen::prelude::*;

/// An opened site.
#[wasm_bindgen]
pub struct Site {
    engine: Engine,
}

#[wasm_bindgen]
impl Site {
    /// Opens the bytes of an index.
    ///
    /// # Errors
    /// They are no index; the text says why.
    #[wasm_bindgen(constructor)]
    pub fn new(index: &[u8]) -> Result<Site, JsValue> {
        let index = Index::open(index).map_err(|error| JsValue::from_str(&error.to_string()))?;
        Ok(Site { engine: Engine::new(index) })
    }

    /// Works out what the first question needs, as the widget does once it is
    /// on the screen.
    pub fn prepare(&self) {
        self.engine.prepare();
    }

    /// Numbers of the best records for a question (NFKC-normalised), at most
    /// ten, best first.
    pub fn search(&self, question: &str) -> Vec<u32> {
        let query = Query { text: question, ..Query::default() };
        self.engine.search(&query).hits.iter().map(|hit| hit.record).collect()
    }

    /// The address, heading and text of a record, each on lines of its own: what
    /// an answer must show, and what the other engines hand over stored.
    pub fn passage(&self, record: u32) -> String {
        let index = self.engine.index();
        let found = index.record(record);
        let page = index.pages().get(found.page as usize);
        let url = page.map_or("", |page| page.url.as_str());
        [url, &found.section, &found.text].join("\n")
    }
}

/// An opened assistant: whole replies, as the widget gets them.
#[cfg(feature = "reply")]
#[wasm_bindgen]
pub struct Replies {
    assistant: doorstep_chat::Assistant,
    now: doorstep_chat::Now,
}

#[cfg(feature = "reply")]
#[wasm_bindgen]
impl Replies {
    /// Opens the bytes of an index that holds the council's data.
    ///
    /// # Errors
    /// They are no index; the text says why.
    #[wasm_bindgen(constructor)]
    pub fn new(index: &[u8]) -> Result<Replies, JsValue> {
        let assistant = doorstep_chat::Assistant::open(index)
            .map_err(|error| JsValue::from_str(&error.to_string()))?;
        let date = doorstep_index::Date::new(2026, 1, 1).ok_or("no such day")?;
        Ok(Replies { assistant, now: doorstep_chat::Now { date, minute: None } })
    }

    /// How many passages the reply to a first question shows.
    pub fn reply(&self, question: &str) -> usize {
        let reply = self.assistant.reply(&doorstep_chat::State::default(), question, self.now);
        reply.parts.iter().map(|part| part.passages.len()).sum()
    }
}
