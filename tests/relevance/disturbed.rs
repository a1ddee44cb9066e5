//! Slips of the finger: each question asked again, several times, with one
//! random edit in each word of five letters or more.

use std::fmt::Write as _;
use std::fs;

use doorstep_tests::{Builder, Chance, Question, disturbed, eval_sets, read_questions, root};
use serde_json::{Value, json};

use crate::{SETS, ask, index, right};

/// Of what is right undisturbed, the share that must stay right.
const KEPT: f64 = 0.85;
/// Each question is disturbed so often, as one slip may make another word.
const TIMES: usize = 3;
/// Groups of the project's own questions that a page answers.
const OF_PAGES: [&str; 3] = ["plain", "typo", "parts"];

/// Holds that enough stays right; `undisturbed` and `disturbed` are shares.
fn check(set: &str, undisturbed: f64, disturbed: f64) {
    let kept = disturbed / undisturbed;
    println!(
        "{set}: hit@1 {undisturbed:.3}, with slips {disturbed:.3}: {:.0} % kept",
        kept * 100.0
    );
    assert!(kept >= KEPT, "{set}: {kept:.3} of {KEPT}");
}

#[test]
fn our_own_questions_bear_slips() {
    let mut questions = read_questions(&root().join("tests/relevance/questions.tsv")).unwrap();
    questions.retain(|question| OF_PAGES.contains(&question.kind.as_str()));
    let folder = tempfile::tempdir().unwrap();
    let share = |texts: &[(String, &Question)]| {
        let list = folder.path().join("questions.tsv");
        let rows: String =
            texts.iter().fold("question\n".to_owned(), |all, (text, _)| all + text + "\n");
        fs::write(&list, rows).unwrap();
        let replies = ask(&index(), &list);
        assert_eq!(replies.len(), texts.len(), "a reply a line");
        let found =
            texts.iter().zip(&replies).filter(|((_, question), turn)| right(question, turn));
        found.count() as f64 / texts.len() as f64
    };
    let plain: Vec<_> =
        questions.iter().map(|question| (question.text.clone(), question)).collect();
    let mut chance = Chance::new(1);
    let slips: Vec<_> = (0..TIMES)
        .flat_map(|_| &questions)
        .map(|question| (disturbed(&question.text, &mut chance), question))
        .collect();
    check("our own questions", share(&plain), share(&slips));
}

#[test]
fn other_sites_bear_slips() {
    let Some(sets) = eval_sets() else {
        println!("skipped: no retrieval sets beside this checkout");
        return;
    };
    for (set, _) in SETS {
        let from = sets.join(set);
        let folder = tempfile::tempdir().unwrap();
        let read = |name: &str| fs::read_to_string(from.join(name)).unwrap();
        // Each question undisturbed and disturbed, in one index.
        let mut queries = read("queries.jsonl");
        let mut chance = Chance::new(1);
        for line in queries.clone().lines() {
            let query: Value = serde_json::from_str(line).unwrap();
            let (id, text) = (query["_id"].as_str().unwrap(), query["text"].as_str().unwrap());
            for time in 0..TIMES {
                let text = disturbed(text, &mut chance);
                let again = json!({ "_id": format!("{id}~{time}"), "text": text, "context": query["context"] });
                writeln!(queries, "{again}").unwrap();
            }
        }
        let mut qrels = read("qrels.tsv");
        for line in qrels.clone().lines().skip(1) {
            let (id, rest) = line.split_once('\t').unwrap();
            for time in 0..TIMES {
                writeln!(qrels, "{id}~{time}\t{rest}").unwrap();
            }
        }
        let write = |name: &str, text: &str| fs::write(folder.path().join(name), text).unwrap();
        write("corpus.jsonl", &read("corpus.jsonl"));
        write("queries.jsonl", &queries);
        write("qrels.tsv", &qrels);

        let arguments = ["eval".as_ref(), folder.path().as_os_str(), "--json".as_ref()];
        let done = Builder::get().unwrap().run(&arguments).unwrap();
        assert_eq!(done.code, Some(0), "{set}: {}", done.stderr);
        let scores: Value = serde_json::from_str(&done.stdout).unwrap();
        let rows = scores["confidence"].as_array().unwrap();
        let share = |slips: bool| {
            let of: Vec<&Value> =
                rows.iter().filter(|row| row[0].as_str().unwrap().contains('~') == slips).collect();
            of.iter().filter(|row| row[3] == true).count() as f64 / of.len() as f64
        };
        check(set, share(false), share(true));
    }
}
