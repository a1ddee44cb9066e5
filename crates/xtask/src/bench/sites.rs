//! Sites to measure on: their records, questions and built indexes.

use std::path::{Path, PathBuf};
use std::{env, fs};

use anyhow::Context;
use serde_json::{Value, json};

use crate::run::cargo;
use crate::{Result, dist, place, say};

/// Sets beside the checkout that are measured where they are present, the one
/// on which bytes and speed are compared first.
const SETS: [&str; 3] = ["govuk-search", "covid-gov-faq", "doc2dial-va"];
const GENERATED: [&str; 3] = ["generated-1000", "generated-10000", "generated-50000"];

/// A site with its index built, and what building it cost.
pub(crate) struct Site {
    pub(super) name: String,
    /// `corpus.jsonl`, `queries.jsonl`, `qrels.tsv`.
    pub(super) set: PathBuf,
    /// `index.js`, `index-data.js`.
    pub(super) built: PathBuf,
    pub(super) cost: Value,
}

/// The sets beside the checkout, or else the demo with the project's own
/// questions.
///
/// # Errors
/// Nothing is published, or a site cannot be built.
pub(super) fn with_questions() -> Result<Vec<Site>> {
    let demo = written()?.join("demo");
    let Some(sets) = place::eval() else {
        say::note("the retrieval sets are not beside this checkout: measuring on the demo alone");
        return Ok(vec![built("demo", &demo)?]);
    };
    let mut sites = Vec::new();
    for name in SETS {
        sites.push(built(name, &sets.join(name))?);
    }
    sites.push(built("demo", &demo)?);
    Ok(sites)
}

/// Sites of 1,000 to 50,000 records.
///
/// # Errors
/// As [`with_questions`].
pub(super) fn generated() -> Result<Vec<Site>> {
    let sets = written()?;
    GENERATED.into_iter().map(|name| built(name, &sets.join(name))).collect()
}

/// The folder of the sets that are made from the published demo.
fn written() -> Result<PathBuf> {
    let demo = dist::raw_index();
    if !demo.is_file() {
        anyhow::bail!("{}: is not there; run `cargo xtask dist`", demo.display());
    }
    let folder = place::work().join("bench/sets");
    cargo("bench --quiet --package doorstep-tests --bench sets")
        .env("DOORSTEP_OUT", &folder)
        .go()?;
    Ok(folder)
}

fn built(name: &str, set: &Path) -> Result<Site> {
    say::heading(format_args!("{name}: building"));
    let built = place::work().join("bench/sites").join(name);
    cargo("bench --quiet --package doorstep-tests --bench build")
        .env("DOORSTEP_SET", set)
        .env("DOORSTEP_OUT", &built)
        .go()?;
    let report = built.join("build.json");
    let text = fs::read_to_string(&report)
        .with_context(|| format!("{}: cannot be read", report.display()))?;
    let cost = serde_json::from_str(&text).with_context(|| report.display().to_string())?;
    Ok(Site { name: name.to_owned(), set: set.to_owned(), built, cost })
}

impl Site {
    /// As the page's plan has it; `peers` says whether others are measured.
    pub(super) fn plan(&self, peers: bool) -> Value {
        let absolute = |path: &Path| env::current_dir().unwrap_or_default().join(path);
        json!({
            "name": self.name,
            "folder": absolute(&self.set),
            "module": self.built.join("index.js"),
            "module_with_data": self.built.join("index-data.js"),
            "build_ms": self.cost["build_ms"],
            "build_cpu_ms": self.cost["build_cpu_ms"],
            "peers": peers,
        })
    }
}
