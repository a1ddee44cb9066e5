//! How long writing, opening and asking take natively, on one index.
//!
//! `DOORSTEP_SET` names the folder of a retrieval set (`corpus.jsonl`,
//! `queries.jsonl`); without it, it is the published demo and the questions of
//! `tests/relevance`. Criterion measures `write`, `open`, `start` (with the
//! assistant) and the mean `question`; the slowest questions matter as much, so
//! each question's own best of three is measured too, and p50 and p99 are
//! printed with the rest as one JSON line, into `DOORSTEP_REPORT` if that is
//! set.
//!
//! `cargo xtask bench` runs it on both.
#![allow(missing_docs, clippy::unwrap_used, clippy::expect_used, clippy::print_stdout)]

use std::env;
use std::fs;
use std::hint::black_box;
use std::path::{Path, PathBuf};
use std::time::{Duration, Instant};

use criterion::Criterion;
use doorstep_chat::{Assistant, Data};
use doorstep_index::{Collection, Index, write};
use doorstep_search::Query;
use doorstep_tests::{read_questions, root};
use serde_json::{Value, json};

/// Runs of each question; the best counts, as the rest is the machine's noise.
const RUNS: usize = 3;

fn main() {
    let (bytes, texts) = match env::var_os("DOORSTEP_SET").map(PathBuf::from) {
        Some(set) => {
            let data = Data::with_defaults(&[]).unwrap();
            (index_builder::eval::index(&set, &data).unwrap(), questions(&set))
        }
        None => demo(),
    };
    let queries: Vec<Query<'_>> =
        texts.iter().map(|text| Query { text, ..Query::default() }).collect();
    let index = Index::open(&bytes).expect("an index");
    let collection = collection(&index);
    let assistant = Assistant::open(&bytes).expect("an assistant");
    let engine = assistant.site();

    let mut criterion = Criterion::default()
        .sample_size(10)
        .warm_up_time(Duration::from_secs(1))
        .configure_from_args();
    // Each set is compared with its own last run.
    let site = if env::var_os("DOORSTEP_SET").is_some() { "set" } else { "demo" };
    let mut group = criterion.benchmark_group(site);
    group.bench_function("write", |b| b.iter(|| write(black_box(&collection))));
    group.bench_function("open", |b| b.iter(|| Index::open(black_box(&bytes))));
    group.bench_function("start", |b| b.iter(|| Assistant::open(black_box(&bytes))));
    group.bench_function("question", |b| {
        let mut turn = queries.iter().cycle();
        b.iter(|| engine.search(black_box(turn.next().unwrap())));
    });
    group.finish();
    criterion.final_summary();

    let time = |work: &dyn Fn()| {
        let once = |_| {
            let start = Instant::now();
            work();
            start.elapsed()
        };
        (0..RUNS).map(once).min().unwrap_or_default()
    };
    let mut each: Vec<Duration> = queries
        .iter()
        .map(|query| time(&|| drop(black_box(engine.search(black_box(query))))))
        .collect();
    each.sort_unstable();
    let share = |part: f64| each[((each.len() - 1) as f64 * part).round() as usize];
    let millis = |time: Duration| (time.as_secs_f64() * 1e6).round() / 1e3;
    let report = json!({
        "index_bytes": bytes.len(),
        "records": index.record_count(),
        "questions": queries.len(),
        "write_ms": millis(time(&|| drop(black_box(write(&collection))))),
        "open_ms": millis(time(&|| drop(black_box(Index::open(&bytes))))),
        "start_ms": millis(time(&|| drop(black_box(Assistant::open(&bytes))))),
        "question_p50_ms": millis(share(0.50)),
        "question_p99_ms": millis(share(0.99)),
    });
    println!("{report}");
    if let Some(path) = env::var_os("DOORSTEP_REPORT") {
        fs::write(path, report.to_string()).expect("a report");
    }
}

fn demo() -> (Vec<u8>, Vec<String>) {
    let file = root().join("target/doorstep/en.index");
    let bytes = fs::read(&file)
        .unwrap_or_else(|error| panic!("{}: {error}; run `cargo xtask dist`", file.display()));
    let list = read_questions(&root().join("tests/relevance/questions.tsv")).unwrap();
    (bytes, list.into_iter().map(|question| question.text).collect())
}

/// The questions of a retrieval set.
fn questions(set: &Path) -> Vec<String> {
    let text = fs::read_to_string(set.join("queries.jsonl")).unwrap();
    text.lines()
        .map(|line| serde_json::from_str::<Value>(line).unwrap())
        .filter_map(|query| query["text"].as_str().map(str::to_owned))
        .collect()
}

/// What an index was written from.
fn collection(index: &Index) -> Collection {
    Collection {
        lang: index.lang().to_owned(),
        pages: index.pages().to_vec(),
        records: (0..index.record_count()).map(|n| index.record(n)).collect(),
        data: index.data().to_vec(),
    }
}
