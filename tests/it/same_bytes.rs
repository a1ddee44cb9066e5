//! 1. The same sources, built twice into two folders, make the same files with
//!    the same bytes.
//! 2. A changed source changes the name of the index module.

use std::collections::BTreeMap;
use std::fs;
use std::path::Path;

use walkdir::WalkDir;

use crate::fixture::Fixture;

/// All files of a folder by their path in it.
fn files(folder: &Path) -> BTreeMap<String, Vec<u8>> {
    WalkDir::new(folder)
        .into_iter()
        .map(Result::unwrap)
        .filter(|entry| entry.file_type().is_file())
        .map(|entry| {
            let name = entry.path().strip_prefix(folder).unwrap().to_str().unwrap().to_owned();
            (name, fs::read(entry.path()).unwrap())
        })
        .collect()
}

fn built(fixture: &Fixture, out: &str) -> BTreeMap<String, Vec<u8>> {
    let done = fixture.build(out);
    assert_eq!(done.code, Some(0), "{}", done.stderr);
    files(Path::new(&fixture.path(out)))
}

fn index_modules(files: &BTreeMap<String, Vec<u8>>) -> Vec<&String> {
    files.keys().filter(|name| name.starts_with("doorstep/index.")).collect()
}

#[test]
fn the_same_sources_make_the_same_bytes() {
    let fixture = Fixture::new();
    let (one, two) = (built(&fixture, "one"), built(&fixture, "two"));
    let names = |files: &BTreeMap<String, Vec<u8>>| files.keys().cloned().collect::<Vec<_>>();
    assert_eq!(names(&one), names(&two));
    for (name, bytes) in &one {
        assert!(*bytes == two[name], "{name} differs");
    }
    assert_eq!(index_modules(&one).len(), 1, "{:?}", one.keys());
}

#[test]
fn another_text_makes_another_name() {
    let fixture = Fixture::new();
    let before = built(&fixture, "one");
    let page = String::from_utf8(fixture.read("site/bins/index.html")).unwrap();
    fixture.write("site/bins/index.html", page.replace("7am", "6am"));
    let after = built(&fixture, "two");
    assert_ne!(index_modules(&before), index_modules(&after));
}
