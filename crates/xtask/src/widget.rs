//! The widget's module: Rust to WebAssembly, made small, packed into one file.

use std::fs;
use std::path::PathBuf;

use anyhow::Context;

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
    Ok(pack::widget_module(&glue, &wasm)?)
}

/// The standard library is compiled with the widget, for size, without texts
/// of panics and places of code: 23 of 177 kB (brotli). The compiler of
/// `rust-toolchain.toml` can do so, but says on stable only when asked twice;
/// as the version is pinned, what it does cannot change under us. A panic is
/// then a trap, which `loader.js` catches.
const FOR_SIZE: &str = "-Zbuild-std=std,panic_abort -Zbuild-std-features=optimize_for_size \
    -Zpanic-immediate-abort --config profile.wasm-release.panic=\"immediate-abort\"";
const FLAGS_FOR_SIZE: &str = "-Zunstable-options -Zlocation-detail=none -Zfmt-debug=none";

fn build(tools: &Tools) -> Result<PathBuf> {
    let folder = place::work().join("widget");
    program(&tools.wasm_pack)
        .arg("build")
        .arg(place::root().join("crates/widget"))
        // Everything is installed already; nothing is to be downloaded.
        .args("--mode no-install --target web --profile wasm-release")
        .args("--no-typescript --no-pack --out-name widget --out-dir")
        .arg(&folder)
        .arg("--")
        .args(FOR_SIZE)
        .env("PATH", &tools.path)
        .env("RUSTC_BOOTSTRAP", "1")
        .env("RUSTFLAGS", FLAGS_FOR_SIZE)
        .go()?;
    Ok(folder)
}
