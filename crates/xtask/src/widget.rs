//! The widget's module: Rust to WebAssembly, made small, packed into one file.

use std::fs;

use anyhow::Context;

use crate::setup::Tools;
use crate::{Result, pack, wasm};

/// Builds the widget and returns the text of its module.
///
/// # Errors
/// It does not compile, or wasm-bindgen's glue has changed its form.
pub(crate) fn module(tools: &Tools) -> Result<String> {
    let folder = wasm::build(tools, "crates/widget", "widget", "")?;
    let read = |name: &str| {
        let path = folder.join(name);
        fs::read(&path).with_context(|| format!("{}: cannot be read", path.display()))
    };
    let glue = String::from_utf8(read("widget.js")?).context("widget.js: is not UTF-8")?;
    Ok(pack::widget_module(&glue, &read("widget_bg.wasm")?)?)
}
