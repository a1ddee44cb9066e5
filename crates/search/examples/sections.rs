//! Writes the numbers that choose a section, as `ranker/sections.py` reads
//! them: `sections INDEX LABELS`; LABELS has question, page, right heading and
//! others that are right too. Out comes a line a section: number of the
//! question, 1 if it is the right one, .5 if it is right too, then its numbers.
#![allow(clippy::unwrap_used, clippy::print_stdout)]

use std::fs;

use doorstep_index::Index;
use doorstep_search::{Engine, Query};

fn main() {
    let arguments: Vec<String> = std::env::args().skip(1).collect();
    let [index, labels] = &arguments[..] else {
        panic!("expected INDEX LABELS, see the top of this example");
    };
    let engine = Engine::new(Index::open(&fs::read(index).unwrap()).unwrap());
    let index = engine.index();
    for (number, line) in fs::read_to_string(labels).unwrap().lines().enumerate().skip(1) {
        let cells: Vec<&str> = line.split('\t').collect();
        let [question, url, right, also] = cells[..] else {
            panic!("line {}: expected four columns", number + 1);
        };
        let page = index.pages().iter().position(|p| p.url == url);
        let page = page.unwrap_or_else(|| panic!("line {}: no page {url}", number + 1)) as u32;
        let query = Query { text: question, ..Query::default() };
        for (record, told) in index.records_of(page).zip(engine.sections(&query, page)) {
            let section = index.record(record).section;
            let name = if section.is_empty() { "(introduction)" } else { &section };
            let also = also.split(';').any(|other| other.trim() == name);
            let right = if name == right {
                "1"
            } else if also {
                "0.5"
            } else {
                "0"
            };
            let told: Vec<String> = told.iter().map(f32::to_string).collect();
            println!("{number}\t{right}\t{}", told.join("\t"));
        }
    }
}
