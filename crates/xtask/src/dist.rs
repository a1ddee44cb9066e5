//! `cargo xtask dist`: the demo council's site with its assistant, published.
//!
//! As a council would do it: build the site, put the loader and the widget
//! beside it, and let the builder read it and add index and pages.

use std::fs;
use std::path::{Path, PathBuf};

use anyhow::{Context, bail};
use sha2::{Digest, Sha256};

use crate::headers::Headers;
use crate::run::{cargo, program, run};
use crate::{Result, npm, pack, place, say, setup, widget};

/// The demo's raw English index, for `index-builder ask --index`.
pub(crate) fn raw_index() -> PathBuf {
    place::work().join("en.index")
}

/// Publishes the demo into `dist/`.
///
/// # Errors
/// A tool is missing and cannot be installed, or a part cannot be built.
pub(crate) fn dist() -> Result {
    setup::node()?;
    let tools = setup::wasm()?;
    let dist = place::dist();
    say::note("building the demo site");
    let site = site()?;
    say::note("building the builder");
    cargo("build --quiet --release --package index-builder").go()?;
    say::note("building the widget");
    let widget = widget::module(&tools)?;
    remove(&dist)?;
    copy(&site, &dist)?;
    let modules = dist.join("doorstep");
    let name = format!("widget.{}.js", hash(widget.as_bytes()));
    write(&modules.join(name), widget.as_bytes())?;
    let loader = place::root().join("crates/widget/src/loader.js");
    let loader = String::from_utf8(read(&loader)?).context("loader.js: is not UTF-8")?;
    write(&modules.join("loader.js"), pack::shorten(&loader).as_bytes())?;
    say::note("building index and pages");
    // Last, as it names the widget of the folder in the manifest.
    let _ = fs::remove_file(raw_index());
    program(place::builder()).args("build --config doorstep.toml --out dist").go()?;
    if !raw_index().is_file() {
        bail!("{}: is not there; doorstep.toml says where raw indexes go", raw_index().display());
    }
    caching(&modules)?;
    say::note(format_args!("published in {}", dist.display()));
    Ok(())
}

/// Holds that the host is told of every module how long it may be kept: a
/// module without a rule would be asked for again on every page, or be old.
fn caching(modules: &Path) -> Result {
    let headers = Headers::read(&place::root().join("netlify.toml"))?;
    for entry in fs::read_dir(modules)? {
        let address = format!("/doorstep/{}", entry?.file_name().to_string_lossy());
        if !headers.of(&address).contains_key("Cache-Control") {
            bail!("netlify.toml: no rule says Cache-Control of {address}");
        }
    }
    Ok(())
}

/// Builds the demo site and returns its folder.
fn site() -> Result<PathBuf> {
    let source = place::root().join("www");
    let site = place::work().join("site");
    npm::install(&source)?;
    // A page that was taken away must not be published again.
    remove(&site)?;
    run("npx --no-install eleventy --quiet").within(&source).go()?;
    if !site.join("index.html").is_file() {
        bail!("{}: the site has no index.html", site.display());
    }
    Ok(site)
}

/// A name by content: the first 64 bits of its SHA-256, in hexadecimal.
fn hash(bytes: &[u8]) -> String {
    let digest = Sha256::digest(bytes);
    digest.iter().take(8).fold(String::new(), |name, byte| name + &format!("{byte:02x}"))
}

fn read(path: &Path) -> Result<Vec<u8>> {
    fs::read(path).with_context(|| format!("{}: cannot be read", path.display()))
}

fn write(path: &Path, bytes: &[u8]) -> Result {
    let folder = path.parent().unwrap_or(path);
    fs::create_dir_all(folder)
        .and_then(|()| fs::write(path, bytes))
        .with_context(|| format!("{}: cannot be written", path.display()))
}

fn remove(folder: &Path) -> Result {
    if !folder.exists() {
        return Ok(());
    }
    fs::remove_dir_all(folder).with_context(|| format!("{}: cannot be removed", folder.display()))
}

/// Copies a folder with all that is in it.
fn copy(from: &Path, to: &Path) -> Result {
    let entries =
        fs::read_dir(from).with_context(|| format!("{}: cannot be read", from.display()))?;
    for entry in entries {
        let entry = entry?;
        let target = to.join(entry.file_name());
        if entry.file_type()?.is_dir() {
            copy(&entry.path(), &target)?;
        } else {
            write(&target, &read(&entry.path())?)?;
        }
    }
    Ok(())
}
