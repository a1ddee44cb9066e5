//! Every engine in one Chromium, by `tests/bench/run.mjs`.

use std::fs;
use std::path::{Path, PathBuf};

use anyhow::{Context, bail};
use serde_json::{Value, json};

use super::sites::Site;
use crate::run::run;
use crate::{Result, engine, npm, place, say, setup};

/// Loads of each engine, and runs of each question; the best counts, as the
/// rest is the machine's noise.
const LOADS: usize = 3;
const PASSES: usize = 3;

/// Asks each site's questions in Chromium and returns what was measured: the
/// sites, each with what building it cost and a row for each engine. Peers are
/// measured in the part `browser`; `engines` names some of them (all if none).
///
/// # Errors
/// Something cannot be installed or built, or WebAssembly ranks otherwise than
/// the same code does natively.
pub(super) fn measure(part: &str, sites: &[Site], engines: &[String]) -> Result<Value> {
    let folder = place::root().join("tests/bench");
    setup::node()?;
    npm::install(&folder)?;
    let (search, replies) = (engine::build(engine::SEARCH)?, engine::build(engine::REPLIES)?);
    let chromium = chromium()?;
    let work = place::work().join("bench/page");
    fs::create_dir_all(&work).with_context(|| work.display().to_string())?;
    let plan = json!({
        "chromium": chromium,
        "work": work,
        "loads": LOADS,
        "passes": PASSES,
        "only": engines,
        "doorstep": { "glue": search.glue, "wasm": search.wasm },
        "replies": { "glue": replies.glue, "wasm": replies.wasm },
        "sites": sites.iter().map(|site| site.plan(part == "browser")).collect::<Vec<_>>(),
    });
    let plan_file = work.join("plan.json");
    fs::write(&plan_file, plan.to_string()).with_context(|| plan_file.display().to_string())?;
    let out = place::work().join(format!("bench-{part}.json"));
    say::heading(format_args!("{part}, in Chromium"));
    run("node run.mjs").arg(&plan_file).arg(&out).within(&folder).go()?;
    let mut measured = read(&out)?;
    for (site, got) in sites.iter().zip(measured["sites"].as_array_mut().into_iter().flatten()) {
        same_ranking(site, got)?;
        got["build"] = site.cost.clone();
        // They have done their work, and would fill the file.
        got["build"]["hits"] = Value::Null;
        got["rows"][0]["hits"] = Value::Null;
    }
    fs::write(&out, serde_json::to_string_pretty(&measured)?)
        .with_context(|| out.display().to_string())?;
    Ok(measured)
}

fn chromium() -> Result<PathBuf> {
    let found = setup::browsers()?.into_iter().find(|(name, _)| *name == "DOORSTEP_CHROMIUM");
    found.map(|(_, path)| path).context("Chromium is not installed")
}

fn read(path: &Path) -> Result<Value> {
    let text =
        fs::read_to_string(path).with_context(|| format!("{}: cannot be read", path.display()))?;
    serde_json::from_str(&text).with_context(|| path.display().to_string())
}

fn same_ranking(site: &Site, got: &Value) -> Result {
    let (natively, page) = (&site.cost["hits"], &got["rows"][0]["hits"]);
    let count = natively.as_array().map_or(0, Vec::len);
    if count == 0 || natively != page {
        bail!("{}: WebAssembly ranks otherwise than native code", site.name);
    }
    say::note(format_args!("  {}: the same {count} rankings natively", site.name));
    Ok(())
}
