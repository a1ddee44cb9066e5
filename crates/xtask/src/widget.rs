//! The widget's module: Rust to WebAssembly, made small, packed into one file.

use std::fs;
use std::path::PathBuf;

use anyhow::Context;
use libdeflater::{CompressionLvl, Compressor};

use crate::run::program;
use crate::setup::Tools;
use crate::{Result, pack, place};

/// Builds the widget and returns the text of its module.
///
/// # Errors
/// It does not compile, or wasm-bindgen's glue has changed its form.
pub(crate) fn module(tools: &Tools) -> Result<String> {
    let folder = build(tools)?;
    let read = |name: &str| {
        let path = folder.join(name);
        fs::read(&path).with_context(|| format!("{}: cannot be read", path.display()))
    };
    let glue = String::from_utf8(read("widget.js")?).context("widget.js: is not UTF-8")?;
    let wasm = read("widget_bg.wasm")?;
    let packed = deflate(&wasm)?;
    Ok(pack::widget_module(&glue, &wasm, |_| packed.clone())?)
}

fn build(tools: &Tools) -> Result<PathBuf> {
    let folder = place::work().join("widget");
    program(&tools.wasm_pack)
        .arg("build")
        .arg(place::root().join("crates/widget"))
        // Everything is installed already; nothing is to be downloaded.
        .args("--mode no-install --target web --profile wasm-release")
        .args("--no-typescript --no-pack --out-name widget --out-dir")
        .arg(&folder)
        .env("PATH", &tools.path)
        .go()?;
    Ok(folder)
}

/// Raw deflate, as small as it gets.
fn deflate(bytes: &[u8]) -> Result<Vec<u8>> {
    let mut compressor = Compressor::new(CompressionLvl::best());
    let mut out = vec![0; compressor.deflate_compress_bound(bytes.len())];
    let length = compressor.deflate_compress(bytes, &mut out).context("deflate of the widget")?;
    out.truncate(length);
    Ok(out)
}
