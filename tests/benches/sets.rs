//! Writes sites to measure on, as retrieval sets, into `DOORSTEP_OUT`:
//!
//! - `demo`: the published demo's pages, and the project's own questions, each
//!   right where a page is of the topic that the list expects;
//! - `generated-1000`, `-10000`, `-50000`: so many records, recombined from the
//!   demo's words. The same seed, the same bytes.
//!
//! A generated record goes on from word to word as the demo's texts do (a
//! chain of order one), and names one of the street names that the generator
//! makes from syllables: the vocabulary grows with the site, as real ones do
//! (Heaps 1978), instead of ending where the demo's does.
#![allow(missing_docs, clippy::unwrap_used, clippy::expect_used)]

use std::collections::BTreeMap;
use std::env;
use std::fmt::Write as _;
use std::fs;
use std::path::{Path, PathBuf};

use doorstep_index::Index;
use doorstep_tests::{Chance, disturbed, read_questions, root};
use serde_json::{Value, json};

/// Records a page.
const A_PAGE: usize = 8;
/// Questions to each generated site; every fourth with slips.
const QUESTIONS: usize = 400;
const SIZES: [usize; 3] = [1_000, 10_000, 50_000];

fn main() {
    let out = PathBuf::from(env::var_os("DOORSTEP_OUT").expect("expected DOORSTEP_OUT"));
    let file = root().join("target/doorstep/en.index");
    let bytes = fs::read(&file)
        .unwrap_or_else(|error| panic!("{}: {error}; run `cargo xtask dist`", file.display()));
    let index = Index::open(&bytes).unwrap();
    demo(&index).write(&out.join("demo"));
    let words = Words::of(&index);
    for size in SIZES {
        generated(&words, size).write(&out.join(format!("generated-{size}")));
    }
}

/// The three files of a set.
#[derive(Default)]
struct Set {
    corpus: String,
    queries: String,
    qrels: String,
}

impl Set {
    fn record(&mut self, id: &str, title: &str, section: &str, text: &str, url: &str) {
        let row =
            json!({ "_id": id, "title": title, "section": section, "text": text, "url": url });
        writeln!(self.corpus, "{row}").unwrap();
    }

    fn question(&mut self, id: usize, text: &str, right: impl Iterator<Item = String>) {
        let row: Value = json!({ "_id": format!("q{id}"), "text": text, "context": [] });
        writeln!(self.queries, "{row}").unwrap();
        for record in right {
            writeln!(self.qrels, "q{id}\t{record}\t1").unwrap();
        }
    }

    fn write(&self, folder: &Path) {
        fs::create_dir_all(folder).unwrap();
        let write = |name: &str, text: &str| fs::write(folder.join(name), text).unwrap();
        write("corpus.jsonl", &self.corpus);
        write("queries.jsonl", &self.queries);
        write("qrels.tsv", &format!("query-id\tcorpus-id\tscore\n{}", self.qrels));
    }
}

fn demo(index: &Index) -> Set {
    let mut set = Set::default();
    for n in 0..index.record_count() {
        let record = index.record(n);
        let page = &index.pages()[record.page as usize];
        set.record(&n.to_string(), &page.title, &record.section, &record.text, &page.url);
    }
    let list = read_questions(&root().join("tests/relevance/questions.tsv")).unwrap();
    // One question, one place: the others ask for two, for a card or for none.
    let single = list.iter().filter(|question| matches!(&*question.kind, "plain" | "typo"));
    for (id, question) in single.enumerate() {
        let topics = &question.expect[0];
        let right = (0..index.record_count()).filter(|&n| {
            index.pages()[index.page_of(n) as usize].topics.iter().any(|t| topics.contains(t))
        });
        set.question(id, &question.text, right.map(|n| n.to_string()));
    }
    set
}

/// The demo's words: which follows which, and what its headings are.
struct Words {
    texts: Vec<Vec<String>>,
    headings: Vec<String>,
    /// Of each word, where it stands: number of the text and of the word.
    places: BTreeMap<String, Vec<(u32, u32)>>,
}

impl Words {
    fn of(index: &Index) -> Words {
        let mut texts: Vec<Vec<String>> = Vec::new();
        let mut headings: Vec<String> = Vec::new();
        for n in 0..index.record_count() {
            let record = index.record(n);
            texts.push(record.text.split_whitespace().map(str::to_owned).collect());
            headings.extend(record.section.split(" > ").map(str::to_owned));
        }
        texts.retain(|text| !text.is_empty());
        headings.retain(|heading| !heading.is_empty());
        let mut places: BTreeMap<String, Vec<(u32, u32)>> = BTreeMap::new();
        for (t, text) in texts.iter().enumerate() {
            for (w, word) in text.iter().enumerate() {
                places.entry(word.clone()).or_default().push((t as u32, w as u32));
            }
        }
        Words { texts, headings, places }
    }

    /// About `length` words, each one that follows the last somewhere.
    fn text(&self, length: usize, chance: &mut Chance) -> String {
        let mut word = &chance.one(&self.texts)[0];
        let mut out = word.clone();
        for _ in 1..length {
            let &(t, w) = chance.one(&self.places[word]);
            let next = self.texts.get(t as usize).and_then(|text| text.get(w as usize + 1));
            word = next.unwrap_or_else(|| &chance.one(&self.texts)[0]);
            out.push(' ');
            out.push_str(word);
        }
        out
    }
}

const SYLLABLES: [&str; 24] = [
    "ash", "bel", "bur", "cor", "dal", "den", "elm", "far", "fen", "gar", "hol", "kel", "lin",
    "mar", "nor", "oak", "pen", "ril", "sel", "tor", "ul", "ver", "wal", "yar",
];
const ENDS: [&str; 8] = ["ton", "ham", "by", "ley", "wick", "ford", "mere", "stead"];

/// A name such as "Belfenham"; a few stand often, most once or twice.
fn name(names: usize, chance: &mut Chance) -> String {
    // The smaller of three: low numbers are the commoner.
    let mut number = (0..3).map(|_| chance.below(names)).min().unwrap_or_default();
    let mut out = String::new();
    for _ in 0..3 {
        out.push_str(SYLLABLES[number % SYLLABLES.len()]);
        number /= SYLLABLES.len();
    }
    out.push_str(ENDS[number % ENDS.len()]);
    let (first, rest) = out.split_at(1);
    first.to_uppercase() + rest
}

fn generated(words: &Words, size: usize) -> Set {
    let mut chance = Chance::new(size as u64);
    let mut set = Set::default();
    let names = size / 2;
    let step = (size / QUESTIONS).max(1);
    let (mut title, mut asked) = (String::new(), 0);
    for n in 0..size {
        if n.is_multiple_of(A_PAGE) {
            title = format!("{} in {}", chance.one(&words.headings), name(names, &mut chance));
        }
        let section = chance.one(&words.headings).clone();
        let street = name(names, &mut chance);
        let length = 20 + chance.below(70);
        let text = words.text(length, &mut chance);
        let text = format!("{text} {street} Road.");
        let page = n / A_PAGE;
        set.record(&n.to_string(), &title, &section, &text, &format!("/pages/{page}/"));
        if n.is_multiple_of(step) && asked < QUESTIONS {
            // As residents ask: a topic, a place, and some words around them.
            let frame =
                *chance.one(&["what about", "how do I find", "when is", "who can help me with"]);
            let mut question = format!("{frame} {} near {street} Road", section.to_lowercase());
            if asked % 4 == 3 {
                question = disturbed(&question, &mut chance);
            }
            set.question(asked, &question, std::iter::once(n.to_string()));
            asked += 1;
        }
    }
    set
}
