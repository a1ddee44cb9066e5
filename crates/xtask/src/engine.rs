//! The engine without its view as WebAssembly: for the bench, and for the test
//! that it ranks as native code does.

use std::path::PathBuf;

use crate::{Result, setup, wasm};

/// Which of the engine is built: a name, and what cargo is told.
pub(crate) type Part = (&'static str, &'static str);
/// Search alone.
pub(crate) const SEARCH: Part = ("engine", "--no-default-features");
/// Search, and whole replies around it.
pub(crate) const REPLIES: Part = ("replies", "");

/// What wasm-bindgen wrote.
pub(crate) struct Built {
    pub(crate) folder: PathBuf,
    pub(crate) glue: PathBuf,
    pub(crate) wasm: PathBuf,
}

/// Builds it with the widget's own profile.
///
/// # Errors
/// A tool cannot be installed, or it does not compile.
pub(crate) fn build((name, options): Part) -> Result<Built> {
    let tools = setup::wasm()?;
    let folder = wasm::build(&tools, "tests/bench/wasm", name, options)?;
    let file = |end: &str| folder.join(format!("{name}{end}"));
    Ok(Built { glue: file(".js"), wasm: file("_bg.wasm"), folder })
}
