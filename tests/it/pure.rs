//! 1. The crates that answer questions read no clock, file, network, variable
//!    or chance, keep no global state and print nothing: the source names none
//!    of these. (Which crates they may use is for `walls`.)
//! 2. They say that they hold no unsafe code.

use doorstep_tests::{Source, sources};

const CRATES: &[&str] = &["text", "index", "search", "chat"];

const NEVER: &[&str] = &[
    "std::env",
    "std::fs",
    "std::io",
    "std::net",
    "std::process",
    "std::thread",
    "std::time",
    "Instant",
    "SystemTime",
    "thread_local!",
    "static mut",
    "Mutex",
    "print!",
    "println!",
    "dbg!",
];

/// What runs: `src` without tests and comments.
fn code_of(krate: &str) -> Vec<Source> {
    let folder = format!("crates/{krate}/src/");
    let mut sources = sources().unwrap();
    sources.retain(|source| {
        source.path.starts_with(&folder) && source.is("rs") && !source.path.contains("tests")
    });
    for source in &mut sources {
        let code = source.text.split("#[cfg(test)]\nmod tests {").next().unwrap_or_default();
        let lines = code.lines().filter(|line| !line.trim_start().starts_with("//"));
        source.text = lines.collect::<Vec<_>>().join("\n");
    }
    assert!(!sources.is_empty(), "{folder} is empty");
    sources
}

#[test]
fn nothing_outside_is_touched() {
    for source in CRATES.iter().flat_map(|krate| code_of(krate)) {
        for word in NEVER {
            assert!(!names(&source.text, word), "{}: {word}", source.path);
        }
    }
}

/// Whether the code says `word`, not as a part of a longer name.
fn names(code: &str, word: &str) -> bool {
    let part_of_name = |c: char| c.is_alphanumeric() || c == '_';
    code.match_indices(word).any(|(at, _)| {
        let before = code[..at].chars().next_back();
        let after = code[at + word.len()..].chars().next();
        !before.is_some_and(part_of_name)
            && (word.ends_with('!') || !after.is_some_and(part_of_name))
    })
}

#[test]
fn a_word_is_not_a_part_of_a_name() {
    assert!(names("use std::fs;", "std::fs"));
    assert!(names("std::fs::read(x)", "std::fs"));
    assert!(!names("let std::fst = 1", "std::fs"));
    assert!(!names("for Instantly", "Instant"));
    assert!(!names("eprint_all!()", "print!"));
}

#[test]
fn unsafe_code_is_forbidden() {
    for krate in CRATES {
        let root = format!("crates/{krate}/src/lib.rs");
        let sources = sources().unwrap();
        let source = sources.iter().find(|source| source.path == root).unwrap();
        assert!(source.text.contains("#![forbid(unsafe_code)]"), "{root}");
    }
}
