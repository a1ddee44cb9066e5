//! Where things are.

use std::env;
use std::path::{Path, PathBuf};

use anyhow::Context;

use crate::Result;

/// The workspace's folder.
pub(crate) fn root() -> &'static Path {
    // crates/xtask, two below.
    Path::new(env!("CARGO_MANIFEST_DIR")).ancestors().nth(2).unwrap_or(Path::new("."))
}

/// Where the demo is published.
pub(crate) fn dist() -> PathBuf {
    root().join("dist")
}

/// What is made on the way to the demo: the built site, the widget's package,
/// the raw index.
pub(crate) fn work() -> PathBuf {
    root().join("target/doorstep")
}

/// Cargo's target folder.
pub(crate) fn target() -> PathBuf {
    env::var_os("CARGO_TARGET_DIR").map_or_else(|| root().join("target"), |at| root().join(at))
}

/// The release build of the builder; [`crate::dist`] makes it.
pub(crate) fn builder() -> PathBuf {
    target().join("release").join(format!("index-builder{}", env::consts::EXE_SUFFIX))
}

/// The evaluation sets beside the checkout, where they are present.
pub(crate) fn eval() -> Option<PathBuf> {
    let eval = root().parent()?.join("shared/eval");
    eval.is_dir().then_some(eval)
}

/// Where tools are kept, one folder a tool and version, for all checkouts of
/// this user: `$XDG_CACHE_HOME/doorstep/tools`, or the same below `~/.cache`.
///
/// # Errors
/// Neither `XDG_CACHE_HOME` nor `HOME` is set.
pub(crate) fn tools() -> Result<PathBuf> {
    let cache = env::var_os("XDG_CACHE_HOME")
        .map(PathBuf::from)
        .filter(|path| path.is_absolute())
        .or_else(|| env::home_dir().map(|home| home.join(".cache")))
        .context("no place for tools: set HOME or XDG_CACHE_HOME")?;
    Ok(cache.join("doorstep/tools"))
}
