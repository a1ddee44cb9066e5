//! `cargo xtask test`: every check, in order, stopping at the first that fails.

use std::fs;
use std::path::PathBuf;
use std::time::{Duration, Instant};

use anyhow::{Context, bail};

use crate::run::{cargo, program, run};
use crate::{Result, dist, engine, npm, place, say, serve, setup, size};

struct Step {
    name: &'static str,
    what: &'static str,
    check: fn() -> Result,
}

/// Cheap before dear, and what others build on before them: `relevance`,
/// `ranking`, `size` and the browsers are about what `dist` has published.
const STEPS: &[Step] = &[
    Step { name: "setup", what: "install what is missing", check: set_up },
    Step { name: "format", what: "rustfmt has nothing to change", check: format },
    Step { name: "lint", what: "clippy finds nothing", check: lint },
    Step { name: "unit", what: "unit, property, golden, doc and whole-command tests", check: unit },
    Step { name: "docs", what: "the documentation builds without a warning", check: docs },
    Step { name: "lint-widget", what: "clippy finds nothing for WebAssembly", check: lint_widget },
    Step { name: "dist", what: "the demo site is published", check: publish },
    Step { name: "relevance", what: "questions find their pages", check: relevance },
    Step { name: "ranking", what: "WebAssembly ranks as native code does", check: ranking },
    Step { name: "size", what: "sizes are within their budgets", check: size::size },
    Step { name: "chromium", what: "the whole path in Chromium", check: || browser("chromium") },
    Step { name: "firefox", what: "the whole path in Firefox", check: || browser("firefox") },
];

/// Prints the steps with what each holds.
pub(crate) fn list() {
    for Step { name, what, .. } in STEPS {
        say::result(format_args!("{name:12} {what}"));
    }
}

/// Runs the steps of these names, or all.
///
/// # Errors
/// There is no such step, or one fails; those after it are not run.
pub(crate) fn test(names: &[String]) -> Result {
    if let Some(unknown) = names.iter().find(|name| STEPS.iter().all(|step| step.name != **name)) {
        bail!("no step is called {unknown:?}: see `cargo xtask test --list`");
    }
    let steps: Vec<&Step> = STEPS
        .iter()
        .filter(|step| names.is_empty() || names.iter().any(|name| name == step.name))
        .collect();
    let mut lines = Vec::new();
    let mut failed = None;
    for (n, step) in steps.iter().enumerate() {
        say::heading(format_args!("{}/{} {}: {}", n + 1, steps.len(), step.name, step.what));
        let start = Instant::now();
        let done = (step.check)();
        let mark = if done.is_ok() { "passed" } else { "FAILED" };
        lines.push(format!("{mark}  {:12} {:>8}", step.name, seconds(start.elapsed())));
        if let Err(error) = done {
            say::error(&error);
            failed = Some(step.name);
            break;
        }
    }
    let passed = lines.len() - usize::from(failed.is_some());
    say::result("");
    for line in &lines {
        say::result(line);
    }
    for step in &steps[lines.len()..] {
        say::result(format_args!("not run {}", step.name));
    }
    say::result(format_args!("{passed} passed, {} failed", usize::from(failed.is_some())));
    match failed {
        None => Ok(()),
        Some(name) => bail!("{name} failed; again alone: cargo xtask test {name}"),
    }
}

fn seconds(time: Duration) -> String {
    format!("{:.1} s", time.as_secs_f64())
}

fn set_up() -> Result {
    setup::node()?;
    setup::wasm()?;
    setup::browsers()?;
    npm::install(&place::root().join("www"))?;
    npm::install(&place::root().join("tests/browser"))
}

fn format() -> Result {
    cargo("fmt --all --check").go().context("to mend: cargo fmt --all")
}

fn lint() -> Result {
    cargo("clippy --quiet --workspace --all-targets -- -D warnings").go()
}

fn unit() -> Result {
    cargo("test --quiet --workspace").go()
}

fn docs() -> Result {
    cargo("doc --quiet --workspace --no-deps --document-private-items")
        .env("RUSTDOCFLAGS", "-D warnings")
        .go()
}

fn lint_widget() -> Result {
    setup::wasm_target()?;
    cargo("clippy --quiet --package doorstep-widget --target wasm32-unknown-unknown -- -D warnings")
        .go()
}

fn publish() -> Result {
    dist::dist()
}

fn relevance() -> Result {
    cargo("test --quiet --package doorstep-tests --test relevance -- --nocapture")
        .env("DOORSTEP_BUILDER", place::builder())
        .env("DOORSTEP_INDEX", dist::raw_index())
        .go()
}

fn ranking() -> Result {
    let built = engine::build(engine::SEARCH)?;
    cargo("test --quiet --package doorstep-tests --test ranking -- --nocapture")
        .env("DOORSTEP_ENGINE", built.folder)
        .env("DOORSTEP_INDEX", dist::raw_index())
        .go()
}

fn browser(name: &str) -> Result {
    let folder = place::root().join("tests/browser");
    npm::install(&folder)?;
    let mut tests = run("node run.mjs").arg(name).within(&folder);
    for (variable, path) in setup::browsers()? {
        tests = tests.env(variable, path);
    }
    let serving = serve::serve(0)?;
    tests.env("DOORSTEP_CONVERSATIONS", conversations()?).env("DOORSTEP_URL", serving.url()).go()
}

/// The golden conversations with the command's replies, for the browsers to
/// have the same; a JSON line each.
fn conversations() -> Result<PathBuf> {
    let mut files = Vec::new();
    for entry in fs::read_dir(place::root().join("www/conversations"))? {
        files.push(entry?.path());
    }
    files.sort();
    let mut ask = program(place::builder()).args("ask --json --date 2026-11-21 --index");
    ask = ask.arg(dist::raw_index());
    for file in files {
        ask = ask.arg("--conversations").arg(file);
    }
    let told = place::work().join("conversations.jsonl");
    // 1: some conversation differs from what its file expects, which
    // `relevance` counts.
    fs::write(&told, ask.read_at_most(1)?)?;
    Ok(told)
}
