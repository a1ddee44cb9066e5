//! What building an index costs, CPU and memory at the most, of a process that
//! does nothing else; then what opening and asking it take natively.
//!
//! `DOORSTEP_SET` names the folder of a retrieval set, `DOORSTEP_OUT` the folder
//! into which go `en.index`, its module `index.js`, and the same with every
//! council's default data, `index-data.js`; `build.json` says what it cost, and
//! which records came for each question, so that WebAssembly's can be compared.
//!
//! `cargo xtask bench` runs it on each set.
#![allow(missing_docs, clippy::unwrap_used, clippy::expect_used)]

use std::env;
use std::fs;
use std::path::{Path, PathBuf};
use std::time::Instant;

use doorstep_chat::Data;
use doorstep_index::Index;
use doorstep_search::{Engine, Query};
use index_builder::eval::index;
use index_builder::products::index_module;
use serde_json::{Value, json};
use unicode_normalization::UnicodeNormalization;

/// Runs of each question; the best counts, as the rest is the machine's noise.
const RUNS: usize = 3;

fn main() {
    let folder = |name| env::var_os(name).map(PathBuf::from);
    let (Some(set), Some(out)) = (folder("DOORSTEP_SET"), folder("DOORSTEP_OUT")) else {
        panic!("expected DOORSTEP_SET and DOORSTEP_OUT");
    };
    fs::create_dir_all(&out).unwrap();
    let start = Instant::now();
    let defaults = Data::with_defaults(&[]).unwrap();
    let thesaurus = Data { thesaurus: defaults.thesaurus.clone(), ..Data::default() };
    let bytes = index(&set, &thesaurus).unwrap();
    let module = index_module(&bytes);
    let mut cost = json!({
        "index_bytes": bytes.len(),
        "build_ms": millis(start),
        "build_cpu_ms": cpu_ms(),
        "build_peak_bytes": peak_bytes(),
    });
    let start = Instant::now();
    let engine = Engine::new(Index::open(&bytes).unwrap());
    engine.prepare();
    cost["open_ms"] = json!(millis(start));
    ask(&engine, &set, &mut cost);
    fs::write(out.join("en.index"), &bytes).unwrap();
    fs::write(out.join("index.js"), module).unwrap();
    let with_data = index(&set, &defaults).unwrap();
    fs::write(out.join("data.index"), &with_data).unwrap();
    fs::write(out.join("index-data.js"), index_module(&with_data)).unwrap();
    fs::write(out.join("build.json"), cost.to_string()).unwrap();
}

fn millis(since: Instant) -> f64 {
    since.elapsed().as_secs_f64() * 1e3
}

/// Asks the questions of a set: the records found, and the times.
fn ask(engine: &Engine, set: &Path, cost: &mut Value) {
    let queries = fs::read_to_string(set.join("queries.jsonl")).unwrap();
    let (mut hits, mut times) = (Vec::new(), Vec::new());
    for line in queries.lines() {
        let query: Value = serde_json::from_str(line).unwrap();
        let text: String = query["text"].as_str().unwrap().nfkc().collect();
        let query = Query { text: &text, ..Query::default() };
        let found = engine.search(&query).hits;
        hits.push(found.iter().map(|hit| hit.record).collect::<Vec<_>>());
        let once = |_| {
            let start = Instant::now();
            std::hint::black_box(engine.search(&query));
            millis(start)
        };
        times.push((0..RUNS).map(once).fold(f64::INFINITY, f64::min));
    }
    times.sort_by(f64::total_cmp);
    let share = |part: f64| times[((times.len() - 1) as f64 * part).round() as usize];
    cost["native_ms_p50"] = json!(share(0.50));
    cost["native_ms_p99"] = json!(share(0.99));
    cost["hits"] = json!(hits);
}

/// Milliseconds of CPU so far; `None` where the system does not say it so.
fn cpu_ms() -> Option<u64> {
    // proc_pid_stat(5): after the name in brackets, fields 14 and 15 of all,
    // in hundredths of a second on every Linux.
    let stat = fs::read_to_string("/proc/self/stat").ok()?;
    let mut fields = stat.rsplit_once(')')?.1.split_whitespace().skip(11);
    let mut ticks = || fields.next()?.parse::<u64>().ok();
    Some((ticks()? + ticks()?) * 10)
}

/// The most memory that was resident.
fn peak_bytes() -> Option<u64> {
    let status = fs::read_to_string("/proc/self/status").ok()?;
    let line = status.lines().find_map(|line| line.strip_prefix("VmHWM:"))?;
    line.split_whitespace().next()?.parse::<u64>().ok().map(|kilobytes| kilobytes * 1024)
}
