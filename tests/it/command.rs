//! The forms of `index-builder` that are relied on from outside.
//!
//! 1. `build` ends with 0 when all was read, 1 when something was skipped, 2
//!    when nothing was built; what is wrong is named with its file.
//! 2. `ask` prints a reply, as text, JSON or with its reasons; a follow-up is
//!    a turn more; a batch is a line each.
//!    The council's own thesaurus is in the index, and told with its owner.
//! 3. `eval` scores a set of corpus, questions and answers.
//! 4. `inspect` shows an index.
//! 5. A file that is no index, or a damaged one, ends with 2 and a reason.
//! 6. Wrong arguments end with 2 and help.

use serde_json::Value;

use crate::fixture::{Fixture, run};

/// A fixture with its raw index in `raw/en.index`.
fn built() -> Fixture {
    let fixture = Fixture::new();
    let done = fixture.build("out");
    assert_eq!(done.code, Some(0), "{}", done.stderr);
    fixture
}

#[track_caller]
fn check(arguments: &[&str], code: i32, said: &str) {
    let done = run(arguments);
    let all = done.stdout.clone() + &done.stderr;
    assert_eq!(done.code, Some(code), "{arguments:?}\n{all}");
    assert!(all.contains(said), "{arguments:?}: expected {said:?}\n{all}");
}

fn json(arguments: &[&str]) -> Value {
    let done = run(arguments);
    assert_eq!(done.code, Some(0), "{arguments:?}\n{}", done.stderr);
    serde_json::from_str(&done.stdout).unwrap()
}

#[test]
fn help_is_there() {
    check(&["--help"], 0, "build");
    check(&["build", "--help"], 0, "--config");
    check(&["ask", "--help"], 0, "--index");
    check(&["--no-such-option"], 2, "--no-such-option");
    check(&[], 2, "Usage");
    check(&["ask", "a question"], 2, "--index");
}

#[test]
fn build_reads_everything() {
    let fixture = built();
    assert!(fixture.read("out/ask/index.html").starts_with(b"<!doctype html>"));
    assert!(!fixture.read("raw/en.index").is_empty());
}

#[test]
fn build_skips_what_is_broken() {
    let fixture = Fixture::new();
    fixture.write("site/empty.html", "");
    let done = fixture.build("out");
    assert_eq!(done.code, Some(1), "{}", done.stderr);
    assert!(done.stderr.contains("empty.html"), "{}", done.stderr);
    assert!(!fixture.read("raw/en.index").is_empty());
}

#[test]
fn build_without_sources_builds_nothing() {
    let fixture = Fixture::new();
    fixture.remove("site");
    fixture.remove("questions.csv");
    let done = fixture.build("out");
    assert_eq!(done.code, Some(2), "{}", done.stderr);
    let missing = fixture.path("none.toml");
    check(&["build", "--config", &missing], 2, "none.toml");
    fixture.write("doorstep.toml", "[site]\nname = 1\n");
    let done = fixture.build("out");
    assert_eq!(done.code, Some(2), "{}", done.stderr);
    assert!(done.stderr.contains("doorstep.toml:2"), "{}", done.stderr);
}

#[test]
fn ask_answers() {
    let fixture = built();
    let index = fixture.path("raw/en.index");
    let asked = ["ask", "--index", &index, "--date", "2026-11-21"];
    let question = "when are the rubbish bins emptied";
    check(&[&asked[..], &[question]].concat(), 0, "every second Tuesday");
    check(&[&asked[..], &["--explain", question]].concat(), 0, "bins");

    let reply = json(&[&asked[..], &["--json", question]].concat());
    assert_eq!(reply["turns"].as_array().unwrap().len(), 1);
    let passage = &reply["turns"][0]["parts"][0]["passages"][0];
    assert_eq!(passage["topics"][0], "bins", "{passage:#}");
    assert_eq!(passage["owner"], "Waste team");
    assert_eq!(passage["source"], "Little Marsh");
    assert_eq!(passage["updated"], "2026-03-02");
    assert!(passage["url"].as_str().unwrap().ends_with("/bins/#days"), "{passage:#}");

    let then = ["--then", "and if you missed it", "--then", "how do I join the library"];
    let reply = json(&[&asked[..], &["--json"], &then[..], &[question]].concat());
    let turns = reply["turns"].as_array().unwrap();
    assert_eq!(turns.len(), 3);
    assert_eq!(turns[2]["parts"][0]["passages"][0]["topics"][0], "library");
}

#[test]
fn the_councils_own_words_are_understood() {
    let fixture = Fixture::new();
    let own = "[[thesaurus]]\nid = \"reading\"\nowner = \"Libraries\"\n\
               from = [\"reading rooms\"]\nto = [\"library\"]\n";
    let confirmed = String::from_utf8(fixture.read("confirmed.toml")).unwrap();
    fixture.write("confirmed.toml", confirmed + own);
    assert_eq!(fixture.build("out").code, Some(0));
    let index = fixture.path("raw/en.index");
    let question = "join the reading room";
    check(
        &["ask", "--index", &index, "--date", "2026-11-21", "--explain", question],
        0,
        "“reading room” was also looked for as “library” (thesaurus, Libraries)",
    );
    check(&["inspect", &index], 0, "thesaurus");
    check(&["inspect", "--dump", &index], 0, "read room -> library (Libraries)");

    fixture.write("confirmed.toml", own.replace("\"library\"", ""));
    let done = fixture.build("out");
    assert_eq!(done.code, Some(2), "{}", done.stderr);
    assert!(done.stderr.contains("confirmed.toml:2"), "{}", done.stderr);
}

#[test]
fn ask_answers_a_batch() {
    let fixture = built();
    fixture.write("list.tsv", "id\tquestion\n1\tjoin the library\n2\thens on an allotment\n");
    let (index, list) = (fixture.path("raw/en.index"), fixture.path("list.tsv"));
    let done = run(&["ask", "--index", &index, "--batch", &list, "--json"]);
    assert_eq!(done.code, Some(0), "{}", done.stderr);
    let topics: Vec<Value> = done
        .stdout
        .lines()
        .map(|line| serde_json::from_str::<Value>(line).unwrap())
        .map(|reply| reply["turns"][0]["parts"][0]["passages"][0]["topics"][0].clone())
        .collect();
    assert_eq!(topics, ["library", "allotments"]);
    fixture.write("list.tsv", "id\ttext\n1\tjoin the library\n");
    check(&["ask", "--index", &index, "--batch", &list, "--json"], 2, "question");
}

#[test]
fn eval_scores_a_set() {
    let fixture = Fixture::new();
    fixture.write(
        "set/corpus.jsonl",
        r#"{"_id":"a","title":"Bins","section":"Days","text":"Bins are emptied on Tuesday.","url":"/bins/"}
{"_id":"b","title":"Library","section":"Hours","text":"Open on Saturday.","url":"/library/"}
"#,
    );
    fixture.write(
        "set/queries.jsonl",
        "{\"_id\":\"1\",\"text\":\"when are bins emptied\"}\n{\"_id\":\"2\",\"text\":\"library hours\"}\n",
    );
    fixture.write("set/qrels.tsv", "query-id\tcorpus-id\tscore\n1\ta\t1\n2\tb\t1\n");
    let score = json(&["eval", &fixture.path("set"), "--json"]);
    assert_eq!((&score["records"], &score["queries"]), (&2.into(), &2.into()));
    assert_eq!((&score["hit1"], &score["mrr10"]), (&1.0.into(), &1.0.into()), "{score:#}");
    let sizes =
        ["index_bytes", "index_gzip", "index_brotli", "index_brotli_no_vectors", "text_brotli"];
    for field in sizes {
        assert!(score[field].as_u64().is_some_and(|bytes| bytes > 0), "{field}: {score:#}");
    }
    assert_eq!(score["confidence"].as_array().unwrap().len(), 2);
    check(&["eval", &fixture.path("none"), "--json"], 2, "none");
}

#[test]
fn inspect_shows_an_index() {
    let fixture = built();
    check(&["inspect", &fixture.path("raw/en.index")], 0, "records");
}

#[test]
fn bad_index_files_are_named() {
    let fixture = built();
    let good = fixture.read("raw/en.index");
    let mut flipped = good.clone();
    let middle = flipped.len() / 2;
    flipped[middle] ^= 0x10;
    let files: [(&str, &[u8]); 4] = [
        ("truncated.index", &good[..good.len() / 2]),
        ("flipped.index", &flipped),
        ("foreign.index", b"%PDF-1.7 is something else altogether"),
        ("empty.index", b""),
    ];
    for (name, bytes) in files {
        fixture.write(name, bytes);
        let file = fixture.path(name);
        check(&["inspect", &file], 2, name);
        check(&["ask", "--index", &file, "when is my bin day"], 2, name);
    }
    check(&["inspect", &fixture.path("none.index")], 2, "none.index");
}
