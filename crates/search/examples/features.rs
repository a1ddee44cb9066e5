//! Writes the ranker's features for a set of questions, as `ranker/make.py`
//! reads them.
//!
//! `features SITE QUESTIONS SHAPE VECTORS OUT`: SITE is an index file or a
//! `corpus.jsonl`; QUESTIONS a `.tsv` (question, ids or page addresses), a
//! `.txt` or `.jsonl` of questions without an answer there, or a folder with
//! `queries.jsonl` and `qrels.tsv`; SHAPE is `as-is`, or what the site is
//! turned into first: `own` (every record a page of its own), `bare` (the same
//! without titles and headings), `plain` (without headings).
//!
//! Out come, for each question, little-endian: u32 candidates, then f32s: its
//! words that are not stop words, and for each candidate its page, whether it
//! is right, and its features.
#![allow(clippy::unwrap_used, clippy::expect_used, missing_docs)]
#![allow(clippy::case_sensitive_file_extension_comparisons)]

use std::collections::{HashMap, HashSet};
use std::fs;
use std::io::Write as _;

use doorstep_index::{Collection, Index, Page, Record, choose_vectors, join, write};
use doorstep_search::{Engine, Query};
use serde_json::Value;

/// Vectors that each site ships: as many as the builder gives a small one.
const VECTORS: usize = 6_000;

fn main() {
    let args: Vec<String> = std::env::args().skip(1).collect();
    let [site, questions, shape, vectors, out] = &args[..] else {
        panic!("expected SITE QUESTIONS SHAPE VECTORS OUT, see the top of this example");
    };
    let (collection, ids) = load(site);
    let collection = reshape(collection, shape);
    let file = write(&collection).unwrap();
    let chosen =
        choose_vectors(&Index::open(&file).unwrap(), &fs::read(vectors).unwrap(), VECTORS).unwrap();
    let engine = Engine::new(Index::open(&join(&file, chosen).unwrap()).unwrap());
    let mut file = std::io::BufWriter::new(fs::File::create(out).unwrap());
    for (question, right) in load_questions(questions) {
        let (records, rows, content) =
            engine.features(&Query { text: &question, ..Query::default() });
        file.write_all(&(records.len() as u32).to_le_bytes()).unwrap();
        let mut put = |x: f32| file.write_all(&x.to_le_bytes()).unwrap();
        put(content);
        for (record, row) in records.into_iter().zip(rows) {
            put(engine.index().page_of(record) as f32);
            put(f32::from(u8::from(ids[record as usize].iter().any(|id| right.contains(id)))));
            row.into_iter().for_each(&mut put);
        }
    }
}

/// The collection, and by which names each record may be called right: its
/// id, its page with `#*`, its page's address.
fn load(site: &str) -> (Collection, Vec<Vec<String>>) {
    if !site.ends_with(".jsonl") {
        let index = Index::open(&fs::read(site).unwrap()).unwrap();
        let records: Vec<Record> = (0..index.record_count()).map(|n| index.record(n)).collect();
        let pages = index.pages().to_vec();
        let path = |url: &str| match url.split_once("://") {
            Some((_, rest)) => format!("/{}", rest.split_once('/').unwrap_or_default().1),
            None => url.to_owned(),
        };
        let ids = records.iter().map(|r| vec![path(&pages[r.page as usize].url)]).collect();
        return (Collection { lang: "en".into(), pages, records, data: Vec::new() }, ids);
    }
    let mut out = Collection { lang: "en".into(), ..Collection::default() };
    let mut ids = Vec::new();
    for line in fs::read_to_string(site).unwrap().lines() {
        let v: Value = serde_json::from_str(line).unwrap();
        let text = |key: &str| v[key].as_str().unwrap_or_default().to_owned();
        let (title, url) = (text("title"), text("url"));
        if out.pages.last().is_none_or(|p| (&p.title, &p.url) != (&title, &url)) {
            out.pages.push(Page { url: url.clone(), title, ..Page::default() });
        }
        let id = text("_id");
        let page = id.split('#').next().unwrap_or_default().to_owned();
        ids.push(vec![id, format!("{page}#*"), url]);
        out.records.push(Record {
            page: out.pages.len() as u32 - 1,
            section: text("section"),
            text: text("text"),
            ..Record::default()
        });
    }
    (out, ids)
}

fn reshape(mut site: Collection, shape: &str) -> Collection {
    match shape {
        "as-is" => {}
        "plain" => site.records.iter_mut().for_each(|r| r.section.clear()),
        "own" | "bare" => {
            let pages = std::mem::take(&mut site.pages);
            for (number, record) in site.records.iter_mut().enumerate() {
                let mut page = pages[record.page as usize].clone();
                page.title = format!("{} {}", page.title, record.section);
                page.url = format!("{}#{number}", page.url);
                record.section.clear();
                record.page = number as u32;
                if shape == "bare" {
                    page.title.clear();
                    page.aliases.clear();
                    record.questions.clear();
                }
                site.pages.push(page);
            }
        }
        other => panic!("unknown shape {other}: expected as-is, plain, own or bare"),
    }
    site
}

fn load_questions(path: &str) -> Vec<(String, HashSet<String>)> {
    let none = HashSet::new;
    if path.ends_with(".txt") {
        return fs::read_to_string(path).unwrap().lines().map(|l| (l.to_owned(), none())).collect();
    }
    let text = |line: &str| {
        let v: Value = serde_json::from_str(line).unwrap();
        (v["_id"].as_str().unwrap_or_default().to_owned(), v["text"].as_str().unwrap().to_owned())
    };
    if path.ends_with(".jsonl") {
        return fs::read_to_string(path).unwrap().lines().map(|l| (text(l).1, none())).collect();
    }
    if path.ends_with(".tsv") {
        let rows = fs::read_to_string(path).unwrap();
        let row = |line: &str| {
            let mut cells = line.split('\t');
            let question = cells.next().unwrap().to_owned();
            (question, cells.next().unwrap().split(';').map(|id| id.trim().to_owned()).collect())
        };
        return rows.lines().skip(1).map(row).collect();
    }
    let mut right: HashMap<String, HashSet<String>> = HashMap::new();
    for line in fs::read_to_string(format!("{path}/qrels.tsv")).unwrap().lines().skip(1) {
        let cells: Vec<&str> = line.split('\t').collect();
        right.entry(cells[0].to_owned()).or_default().insert(cells[1].to_owned());
    }
    let queries = fs::read_to_string(format!("{path}/queries.jsonl")).unwrap();
    queries.lines().map(text).filter_map(|(id, q)| Some((q, right.remove(&id)?))).collect()
}
