//! Whether WebAssembly ranks as native code does: the same code, but another
//! compiler's mathematics under it.
//!
//! 1. For each of the project's own questions, undisturbed and with slips, the
//!    same records come in the same order on the demo's index.
//!
//! Needs `cargo xtask dist`, and in `DOORSTEP_ENGINE` the folder with the
//! engine as WebAssembly: `cargo xtask test ranking` builds it.
// A test stops where the ground under it is not what it says.
#![allow(clippy::unwrap_used, clippy::expect_used, clippy::print_stdout)]

use std::env;
use std::fs;
use std::path::{Path, PathBuf};
use std::process::Command;

use doorstep_index::Index;
use doorstep_search::{Engine, Query};
use doorstep_tests::{Chance, disturbed, read_questions, root};
use unicode_normalization::UnicodeNormalization;

/// What V8 finds for each question.
fn as_wasm(index: &Path, questions: &[String]) -> Vec<Vec<u32>> {
    let engine = PathBuf::from(env::var_os("DOORSTEP_ENGINE").expect("cargo xtask test ranking"));
    let folder = tempfile::tempdir().unwrap();
    let list = folder.path().join("questions.json");
    fs::write(&list, serde_json::to_string(questions).unwrap()).unwrap();
    let output = Command::new("node")
        .arg(root().join("tests/ranking/ask.mjs"))
        .args([engine.join("engine.js"), engine.join("engine_bg.wasm"), index.to_owned(), list])
        .output()
        .expect("node");
    assert!(output.status.success(), "{}", String::from_utf8_lossy(&output.stderr));
    serde_json::from_slice(&output.stdout).unwrap()
}

#[track_caller]
fn check(index: &Path, questions: &[String]) {
    let bytes = fs::read(index)
        .unwrap_or_else(|error| panic!("{}: {error}; run `cargo xtask dist`", index.display()));
    let engine = Engine::new(Index::open(&bytes).unwrap());
    let found = as_wasm(index, questions);
    assert_eq!(found.len(), questions.len());
    for (text, found) in questions.iter().zip(found) {
        let hits = engine.search(&Query { text, ..Query::default() }).hits;
        let expected: Vec<u32> = hits.iter().map(|hit| hit.record).collect();
        assert_eq!(found, expected, "{text}");
    }
    println!("{} questions, the same rankings", questions.len());
}

#[test]
fn wasm_ranks_as_native_code() {
    let index = env::var_os("DOORSTEP_INDEX")
        .map_or_else(|| root().join("target/doorstep/en.index"), PathBuf::from);
    let list = read_questions(&root().join("tests/relevance/questions.tsv")).unwrap();
    let mut chance = Chance::new(1);
    let mut questions: Vec<String> =
        list.iter().map(|question| question.text.nfkc().collect()).collect();
    let slips: Vec<String> = questions.iter().map(|text| disturbed(text, &mut chance)).collect();
    questions.extend(slips);
    check(&index, &questions);
}
