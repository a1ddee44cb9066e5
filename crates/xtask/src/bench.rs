//! `cargo xtask bench`: quality, bytes and speed, beside other engines.
//!
//! Three parts, each a file that others can read in `target/doorstep`, and the
//! tables of README.md as Markdown in `bench.md` there:
//!
//! - `native` (`bench-<site>.json`): writing, opening, asking, with criterion;
//! - `browser` (`bench-browser.json`): Doorstep's WebAssembly and its peers from
//!   npm in one Chromium, on the same records and questions;
//! - `growth` (`bench-growth.json`): sites of 1,000, 10,000 and 50,000 records.

mod browser;
mod native;
mod sites;
mod table;

use std::fs;

use anyhow::{Context, bail};
use serde_json::Value;

use crate::run::run;
use crate::{Result, place, say};

const PARTS: [&str; 3] = ["native", "browser", "growth"];
const BEGIN: &str = "<!-- bench: made by `cargo xtask bench --readme` -->\n";
const END: &str = "<!-- end of bench -->";

/// Measures the parts of these names, or all; prints their tables, and with
/// `readme` puts them into README.md.
///
/// # Errors
/// There is no such part, nothing is published yet, or a measurement fails.
pub(crate) fn bench(parts: &[String], engines: &[String], readme: bool) -> Result {
    if let Some(unknown) = parts.iter().find(|part| !PARTS.contains(&part.as_str())) {
        bail!("no part is called {unknown:?}: there are {}", PARTS.join(", "));
    }
    let asked = |part: &str| parts.is_empty() || parts.iter().any(|name| name == part);
    if asked("native") {
        native::native()?;
    }
    let mut lines = vec![format!(
        "`cargo xtask bench`, {}, {}.",
        run("date -u +%Y-%m-%d").read()?.trim(),
        machine()
    )];
    if asked("browser") {
        let measured = browser::measure("browser", &sites::with_questions()?, engines)?;
        lines.extend(table::beside_others(&measured));
        // A later part may fail, and these took minutes.
        write(&lines)?;
    }
    if asked("growth") {
        let measured = browser::measure("growth", &sites::generated()?, &[])?;
        lines.extend(table::growth(&measured));
    }
    let text = write(&lines)?;
    say::result(&text);
    if readme {
        write_readme(&text)?;
    }
    Ok(())
}

/// Keeps the tables in `bench.md`; their text.
fn write(lines: &[String]) -> Result<String> {
    let text = lines.join("\n") + "\n";
    let path = place::work().join("bench.md");
    fs::write(&path, &text).with_context(|| format!("{}: cannot be written", path.display()))?;
    Ok(text)
}

/// What it ran on, as far as numbers depend on it.
fn machine() -> String {
    let cores = std::thread::available_parallelism().map_or(0, usize::from);
    let model = fs::read_to_string("/proc/cpuinfo").ok().and_then(|info| {
        let line = info.lines().find(|line| line.starts_with("model name"))?;
        Some(line.split_once(':')?.1.trim().to_owned())
    });
    format!("{cores} cores of {}", model.unwrap_or_else(|| std::env::consts::ARCH.to_owned()))
}

fn write_readme(tables: &str) -> Result {
    let path = place::root().join("README.md");
    let text = fs::read_to_string(&path).context("README.md: cannot be read")?;
    fs::write(&path, quoted(&text, tables)?).context("README.md: cannot be written")
}

/// The text with `tables` between its marks.
fn quoted(text: &str, tables: &str) -> Result<String> {
    let (before, rest) =
        text.split_once(BEGIN).with_context(|| format!("README.md: has no line {BEGIN:?}"))?;
    let (_, after) =
        rest.split_once(END).with_context(|| format!("README.md: has no line {END:?}"))?;
    Ok([before, BEGIN, tables, END, after].concat())
}

/// A number that was measured, at a path of keys; `None` if it was not.
fn number(value: &Value, keys: &str) -> Option<f64> {
    keys.split('.').try_fold(value, |value, key| value.get(key))?.as_f64()
}

#[cfg(test)]
mod tests {
    //! 1. The tables of README.md stand between its marks, and all else stays.
    //! 2. README.md has these marks.
    use super::*;

    #[test]
    fn tables_are_quoted() {
        let old = format!("a\n{BEGIN}old\n{END}\nb\n");
        let new = quoted(&old, "new\n").unwrap();
        assert_eq!(new, format!("a\n{BEGIN}new\n{END}\nb\n"));
        assert!(quoted("a", "new").is_err());
    }

    #[test]
    fn the_readme_has_marks() {
        let text = fs::read_to_string(place::root().join("README.md")).unwrap();
        assert!(quoted(&text, "").is_ok());
    }
}
