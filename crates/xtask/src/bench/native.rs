//! Writing, opening and asking natively, by the criterion bench of `tests`, on
//! the demo site and on govuk-search where that is beside this checkout.

use std::fs;
use std::path::Path;

use anyhow::{Context, bail};
use serde_json::{Map, Value};

use crate::run::cargo;
use crate::{Result, dist, place, say};

/// One line of the table: what was measured on which site.
struct Row {
    site: String,
    values: Map<String, Value>,
}

/// Measures and prints: JSON, then a Markdown table.
///
/// # Errors
/// Nothing is published yet, or the bench fails.
pub(super) fn native() -> Result {
    let demo = dist::raw_index();
    if !demo.is_file() {
        bail!("{}: is not there; run `cargo xtask dist`", demo.display());
    }
    let mut rows = vec![measure("demo", None)?];
    match place::eval() {
        Some(sets) => rows.push(measure("govuk-search", Some(&sets.join("govuk-search")))?),
        None => say::note("govuk-search: skipped, the set is not beside this checkout"),
    }
    let all: Map<String, Value> =
        rows.iter().map(|row| (row.site.clone(), Value::Object(row.values.clone()))).collect();
    say::result(serde_json::to_string_pretty(&all)?);
    say::result("");
    for line in table(&rows) {
        say::result(line);
    }
    say::result("");
    Ok(())
}

fn measure(site: &str, set: Option<&Path>) -> Result<Row> {
    let report = place::work().join(format!("bench-{site}.json"));
    say::heading(format_args!("{site}, natively"));
    let mut bench = cargo("bench --quiet --package doorstep-tests --bench native")
        .env_remove("DOORSTEP_SET")
        .env("DOORSTEP_REPORT", &report);
    if let Some(set) = set {
        bench = bench.env("DOORSTEP_SET", set);
    }
    bench.go()?;
    let text = fs::read_to_string(&report)
        .with_context(|| format!("{}: cannot be read", report.display()))?;
    let values = serde_json::from_str(&text).with_context(|| report.display().to_string())?;
    Ok(Row { site: site.to_owned(), values })
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
