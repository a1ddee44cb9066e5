//! 1. Every dependency of the workspace has the reason why we do not write it
//!    ourselves beside it, and the list is sorted.
//! 2. Every member takes versions and lints from the workspace.
//! 3. No file of code is longer than 500 lines.
//! 4. No file names a place of somebody's machine; no lock file a host.
//! 5. No test is switched off, nothing is left to do in the code.
//! 6. Every test module says what it holds.

use doorstep_tests::{Source, root, sources};

const MOST_LINES: usize = 500;

fn code() -> impl Iterator<Item = Source> {
    let ends = ["rs", "js", "mjs", "css", "py", "njk"];
    sources().unwrap().into_iter().filter(move |source| ends.iter().any(|end| source.is(end)))
}

fn read(path: &str) -> String {
    std::fs::read_to_string(root().join(path)).unwrap()
}

#[test]
fn every_dependency_has_its_reason() {
    let manifest = read("Cargo.toml");
    let table = manifest.split("[workspace.dependencies]").nth(1).unwrap();
    let table = table.split("\n[").next().unwrap();
    let lines: Vec<&str> = table
        .lines()
        .filter(|line| line.contains(" = ") && !line.starts_with('#') && !line.contains("path = "))
        .collect();
    assert!(lines.len() > 10, "{lines:?}");
    for line in &lines {
        let reason = line.rsplit_once(" # ").map_or("", |(_, reason)| reason);
        assert!(!reason.is_empty(), "no reason: {line}");
    }
    let names: Vec<&str> = lines.iter().filter_map(|line| line.split(' ').next()).collect();
    assert!(names.is_sorted(), "not sorted: {names:?}");
}

#[test]
fn members_take_from_the_workspace() {
    let mut seen = 0;
    for Source { path, text } in sources().unwrap() {
        if !path.ends_with("/Cargo.toml") || path.contains("fixtures/") {
            continue;
        }
        seen += 1;
        let manifest: toml::Table = text.parse().unwrap();
        for field in ["version", "edition", "rust-version", "license", "publish"] {
            let shared = manifest["package"][field].get("workspace");
            assert_eq!(shared, Some(&true.into()), "{path}: package.{field}");
        }
        assert_eq!(manifest["lints"]["workspace"], true.into(), "{path}: lints");
        for kind in ["dependencies", "dev-dependencies"] {
            let Some(all) = manifest.get(kind).and_then(toml::Value::as_table) else { continue };
            for (name, value) in all {
                // A crate's tests may ask for a feature of the crate itself.
                if manifest["package"]["name"].as_str() == Some(name) {
                    continue;
                }
                let shared = value.get("workspace");
                assert_eq!(shared, Some(&true.into()), "{path}: {kind}.{name}");
            }
        }
    }
    assert!(seen >= 7, "{seen} members");
}

#[test]
fn files_are_short() {
    // The demo council's style sheet is its own, as it would be a council's.
    for Source { path, text } in code().filter(|source| !source.path.starts_with("www/assets/")) {
        let lines = text.lines().count();
        assert!(
            lines <= MOST_LINES,
            "{path}: {lines} lines, at most {MOST_LINES}: one idea a file"
        );
    }
}

#[test]
fn no_machine_is_named() {
    // In two halves, or this file would be the first to fail.
    let places = [("/ho", "me/"), ("/ro", "ot/"), ("/wo", "rk/"), ("/Us", "ers/"), ("C:", "\\")];
    for Source { path, text } in sources().unwrap() {
        for (one, two) in places {
            let place = format!("{one}{two}");
            let named = text.match_indices(&place).any(|(at, _)| {
                // "/social-care/home/" is an address, not a place.
                !text[..at].ends_with(|c: char| c.is_alphanumeric() || "-._}{)".contains(c))
            });
            assert!(!named, "{path}: names {place}");
        }
        if path.ends_with("package-lock.json") {
            assert!(!text.contains("\"resolved\""), "{path}: names hosts; see .npmrc beside it");
        }
    }
}

#[test]
fn nothing_is_left_to_do() {
    let marks = [("to", "do!("), ("unimple", "mented!("), ("#[ig", "nore"), ("FIX", "ME")];
    for Source { path, text } in code() {
        for (one, two) in marks {
            let mark = format!("{one}{two}");
            assert!(!text.contains(&mark), "{path}: {mark}");
        }
    }
}

#[test]
fn test_modules_say_what_they_hold() {
    for Source { path, text } in code().filter(|source| source.is("rs")) {
        for (at, module) in text.match_indices("#[cfg(test)]\nmod tests {") {
            let inside = text[at + module.len()..].trim_start();
            assert!(inside.starts_with("//! 1."), "{path}: tests open with a list of properties");
        }
    }
}
