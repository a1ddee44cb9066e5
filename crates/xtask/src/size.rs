//! `cargo xtask size`: what a resident's phone pays for, against its budgets.

use std::collections::BTreeSet;
use std::fs;
use std::io::Write as _;
use std::path::{Path, PathBuf};

use anyhow::{Context, bail};
use doorstep_index::Index;
use flate2::Compression;
use flate2::write::GzEncoder;
use serde::Deserialize;

use crate::run::program;
use crate::{Result, dist, place, say};

/// What loads with every page, before anyone opens the assistant.
const LOADER: usize = 5_000;
/// What loads when someone does, with the index. It keeps the size from
/// growing; the aim is 95 kB. Of what is there, Yew and wasm-bindgen are a
/// third, the conversation a third, the engine, index and view the rest.
const WIDGET: usize = 169_000;
/// An index in parts of the brotli size of the text that it holds, on thousands
/// of sections (a small site pays the fixed parts on less text): with its word
/// vectors, and without.
const WITH_VECTORS: f64 = 1.45;
const WITHOUT_VECTORS: f64 = 1.15;

/// Bytes as files are, and as hosts send them.
struct Size {
    raw: usize,
    gzip: usize,
    brotli: usize,
}

impl Size {
    fn of(bytes: &[u8]) -> Result<Size> {
        let mut encoder = GzEncoder::new(Vec::new(), Compression::best());
        encoder.write_all(bytes)?;
        let gzip = encoder.finish()?.len();
        Ok(Size { raw: bytes.len(), gzip, brotli: brotli(bytes)? })
    }
}

/// Size after brotli at its best, quality 11 and window 24.
fn brotli(bytes: &[u8]) -> Result<usize> {
    let mut out = Vec::new();
    let mut encoder = brotli::CompressorWriter::new(&mut out, 1 << 16, 11, 24);
    encoder.write_all(bytes)?;
    encoder.flush()?;
    drop(encoder);
    Ok(out.len())
}

/// The part of `index-builder eval --json` that is about bytes.
#[derive(Deserialize)]
struct Eval {
    index_bytes: usize,
    index_gzip: usize,
    index_brotli: usize,
    index_brotli_no_vectors: usize,
    text_brotli: usize,
}

/// Prints the sizes of what `dist` has published.
///
/// # Errors
/// Nothing is published, or something is over its budget.
pub(crate) fn size() -> Result {
    let mut over = Vec::new();
    say::result(row("", "raw", "gzip", "brotli", "budget"));
    for (name, budget) in [("loader", Some(LOADER)), ("manifest", None), ("widget", Some(WIDGET))] {
        let size = Size::of(&read(&module(name)?)?)?;
        say::result(sizes(name, &size, &budget.map_or(String::new(), say::bytes)));
        if let Some(budget) = budget.filter(|budget| size.brotli > *budget) {
            over.push(format!("{name}: {} of {budget} bytes", size.brotli));
        }
    }
    let size = Size::of(&read(&module("index")?)?)?;
    let text = brotli(demo_text()?.as_bytes())?;
    say::result(sizes("index (demo)", &size, ""));
    say::result(ratio_row("  its text", text, size.brotli, ""));
    let Some(eval) = place::eval() else {
        say::note("index of govuk-search: skipped, the set is not beside this checkout");
        return verdict(&over);
    };
    let said = program(place::builder())
        .arg("eval")
        .arg(eval.join("govuk-search"))
        .arg("--json")
        .read()?;
    let set: Eval = serde_json::from_str(&said).context("index-builder eval --json")?;
    let size = Size { raw: set.index_bytes, gzip: set.index_gzip, brotli: set.index_brotli };
    say::result(sizes("index (govuk-search)", &size, ""));
    for (name, index, most) in [
        ("  its text", set.index_brotli, WITH_VECTORS),
        ("  without vectors", set.index_brotli_no_vectors, WITHOUT_VECTORS),
    ] {
        say::result(ratio_row(name, set.text_brotli, index, &format!("{most} x")));
        let ratio = index as f64 / set.text_brotli as f64;
        if ratio > most {
            let name = name.trim();
            over.push(format!("index of govuk-search, {name}: {ratio:.3} of {most} times"));
        }
    }
    verdict(&over)
}

fn verdict(over: &[String]) -> Result {
    if over.is_empty() {
        return Ok(());
    }
    bail!("over budget: {}", over.join("; "))
}

fn row(name: &str, raw: &str, gzip: &str, brotli: &str, budget: &str) -> String {
    format!("{name:22}{raw:>10}{gzip:>10}{brotli:>10}{budget:>10}").trim_end().to_owned()
}

fn sizes(name: &str, size: &Size, budget: &str) -> String {
    let [raw, gzip, brotli] = [size.raw, size.gzip, size.brotli].map(say::bytes);
    row(name, &raw, &gzip, &brotli, budget)
}

fn ratio_row(name: &str, text: usize, index: usize, budget: &str) -> String {
    let ratio = format!("{:.3} x", index as f64 / text as f64);
    row(name, "", &ratio, &say::bytes(text), budget)
}

fn read(path: &Path) -> Result<Vec<u8>> {
    fs::read(path).with_context(|| format!("{}: cannot be read", path.display()))
}

/// The published module of this name: `name.js` or `name.<hash>.js`.
fn module(name: &str) -> Result<PathBuf> {
    let folder = place::dist().join("doorstep");
    let advice = || format!("{}: has no {name} module; run `cargo xtask dist`", folder.display());
    let found: BTreeSet<PathBuf> = fs::read_dir(&folder)
        .with_context(advice)?
        .filter_map(|entry| entry.ok().map(|entry| entry.path()))
        .filter(|path| path.extension().is_some_and(|end| end == "js"))
        .filter(|path| {
            let file = path.file_name().unwrap_or_default().to_string_lossy();
            file.split('.').next() == Some(name)
        })
        .collect();
    found.into_iter().next().with_context(advice)
}

/// All titles, sections and texts of the demo site, as `eval` counts them:
/// one a line, equal titles in a row once.
fn demo_text() -> Result<String> {
    let path = dist::raw_index();
    let index = Index::open(&read(&path)?)
        .map_err(anyhow::Error::msg)
        .with_context(|| path.display().to_string())?;
    let mut lines = Vec::new();
    let mut last = None;
    for n in 0..index.record_count() {
        let record = index.record(n);
        let title = index.pages().get(record.page as usize).map(|page| page.title.clone());
        if title != last {
            lines.extend(title.clone());
            last = title;
        }
        lines.extend([record.section, record.text]);
    }
    Ok(lines.join("\n"))
}
