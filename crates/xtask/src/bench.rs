//! `cargo xtask bench`: speed, on the demo site and on govuk-search where that
//! is beside this checkout. JSON on standard output, then a Markdown table.
//!
//! Each measurement is a function that adds rows; one in a browser, with other
//! engines beside ours, belongs into [`MEASUREMENTS`] too.

use std::fs;
use std::path::{Path, PathBuf};

use anyhow::{Context, bail};
use serde_json::{Map, Value};

use crate::run::{cargo, program};
use crate::{Result, dist, place, say};

/// One line of the table: what was measured on which site.
struct Row {
    site: String,
    values: Map<String, Value>,
}

/// What is measured, in the order of the table's rows.
const MEASUREMENTS: &[fn() -> Result<Vec<Row>>] = &[native];

/// Measures and prints.
///
/// # Errors
/// Nothing is published yet, or a measurement fails.
pub(crate) fn bench() -> Result {
    let mut rows = Vec::new();
    for measure in MEASUREMENTS {
        rows.extend(measure()?);
    }
    let all: Map<String, Value> =
        rows.iter().map(|row| (row.site.clone(), Value::Object(row.values.clone()))).collect();
    say::result(serde_json::to_string_pretty(&all)?);
    say::result("");
    for line in table(&rows) {
        say::result(line);
    }
    Ok(())
}

/// Building, opening and asking natively, by the criterion bench of `tests`.
fn native() -> Result<Vec<Row>> {
    let demo = dist::raw_index();
    if !demo.is_file() {
        bail!("{}: is not there; run `cargo xtask dist`", demo.display());
    }
    let list = place::root().join("tests/relevance/questions.tsv");
    let mut rows = vec![Row { site: "demo".into(), values: measure("demo", &demo, &list)? }];
    let Some(sets) = place::eval() else {
        say::note("govuk-search: skipped, the set is not beside this checkout");
        return Ok(rows);
    };
    let set = sets.join("govuk-search");
    let index = place::work().join("govuk-search.index");
    let said = program(place::builder())
        .arg("eval")
        .arg(&set)
        .arg("--json")
        .arg("--keep")
        .arg(&index)
        .read()?;
    let eval: Value = serde_json::from_str(&said).context("index-builder eval --json")?;
    let mut values = measure("govuk-search", &index, &set.join("queries.jsonl"))?;
    values.insert("build_ms".into(), eval["build_ms"].clone());
    rows.push(Row { site: "govuk-search".into(), values });
    Ok(rows)
}

fn measure(site: &str, index: &Path, questions: &Path) -> Result<Map<String, Value>> {
    let report: PathBuf = place::work().join(format!("bench-{site}.json"));
    say::heading(format_args!("{site}, natively"));
    cargo("bench --quiet --package doorstep-tests --bench native -- --noplot")
        .env("DOORSTEP_INDEX", index)
        .env("DOORSTEP_QUESTIONS", questions)
        .env("DOORSTEP_REPORT", &report)
        .go()?;
    let text = fs::read_to_string(&report)
        .with_context(|| format!("{}: cannot be read", report.display()))?;
    serde_json::from_str(&text).with_context(|| report.display().to_string())
}

/// A Markdown table with a column a site.
fn table(rows: &[Row]) -> Vec<String> {
    let mut names: Vec<&String> = Vec::new();
    for name in rows.iter().flat_map(|row| row.values.keys()) {
        if !names.contains(&name) {
            names.push(name);
        }
    }
    let line = |cells: Vec<String>| format!("| {} |", cells.join(" | "));
    let head = rows.iter().map(|row| row.site.clone());
    let mut lines = vec![
        line([String::new()].into_iter().chain(head).collect()),
        format!("|---|{}", "---:|".repeat(rows.len())),
    ];
    for name in names {
        let value = |row: &Row| row.values.get(name).map_or("–".to_owned(), Value::to_string);
        lines.push(line([name.clone()].into_iter().chain(rows.iter().map(value)).collect()));
    }
    lines
}

#[cfg(test)]
mod tests {
    //! 1. The table has a column a site and a line a value; what was not
    //!    measured is a dash.
    use super::*;

    #[test]
    fn sites_are_columns() {
        let row = |site: &str, pairs: &[(&str, f64)]| Row {
            site: site.into(),
            values: pairs.iter().map(|(k, v)| ((*k).to_owned(), Value::from(*v))).collect(),
        };
        let rows = [row("a", &[("open_ms", 1.5)]), row("b", &[("open_ms", 2.5), ("x", 3.5)])];
        let expected =
            ["|  | a | b |", "|---|---:|---:|", "| open_ms | 1.5 | 2.5 |", "| x | – | 3.5 |"];
        assert_eq!(table(&rows), expected);
    }
}
