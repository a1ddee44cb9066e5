//! 1. `text`, `index`, `search` and `chat` are built from few crates, all
//!    named here: none does I/O, knows the web or reads a clock.
//! 2. The widget's WebAssembly holds nothing that only the builder needs.
//! 3. Nothing but the widget knows the DOM.

use std::collections::BTreeSet;

use doorstep_tests::graph;

/// What the pure crates may be built from. Who adds one says why.
const PURE: &[&str] = &[
    "fst",                   // vocabulary
    "tinyvec",               // of unicode-normalization
    "tinyvec_macros",        // of unicode-normalization
    "unicode-normalization", // NFKC where no browser does it
];

/// What must never reach a resident's phone: the builder, its parsers and
/// compressors, servers and clients. (Yew itself names gloo's `net` and
/// `history`; nothing calls them, so nothing of them is linked, and the browser
/// tests see that no request is made.)
const NOT_IN_A_BROWSER: &[&str] = &[
    "anyhow",
    "brotli",
    "chrono",
    "clap",
    "csv",
    "ego-tree",
    "encoding_rs",
    "flate2",
    "globset",
    "html5ever",
    "index-builder",
    "libdeflater",
    "pulldown-cmark",
    "rand",
    "regex",
    "reqwest",
    "rust-stemmers",
    "scraper",
    "serde_yaml_ng",
    "sha2",
    "tempfile",
    "time",
    "toml",
    "unicode-normalization",
    "url",
    "walkdir",
    "xtask",
];

#[track_caller]
fn check(krate: &str, house: &[&str]) {
    let allowed: BTreeSet<&str> = PURE.iter().chain(house).copied().collect();
    let graph = graph(krate, "all").unwrap();
    assert!(graph.contains(krate), "{graph:?}");
    let strangers: Vec<&String> =
        graph.iter().filter(|name| *name != krate && !allowed.contains(name.as_str())).collect();
    assert!(strangers.is_empty(), "{krate} is built from {strangers:?} too");
}

#[test]
fn text_stands_alone() {
    check("doorstep-text", &[]);
}

#[test]
fn index_knows_text() {
    check("doorstep-index", &["doorstep-text"]);
}

#[test]
fn search_knows_index_and_text() {
    check("doorstep-search", &["doorstep-index", "doorstep-text"]);
}

#[test]
fn chat_knows_search_index_and_text() {
    check("doorstep-chat", &["doorstep-search", "doorstep-index", "doorstep-text"]);
}

#[test]
fn the_widget_holds_nothing_of_the_builder() {
    let graph = graph("doorstep-widget", "wasm32-unknown-unknown").unwrap();
    let house = ["doorstep-chat", "doorstep-search", "doorstep-index", "doorstep-text", "yew"];
    assert!(house.iter().all(|name| graph.contains(*name)), "{graph:?}");
    let builders: Vec<&&str> =
        NOT_IN_A_BROWSER.iter().filter(|name| graph.contains(**name)).collect();
    assert!(builders.is_empty(), "the widget holds {builders:?}");
}

#[test]
fn only_the_widget_knows_the_dom() {
    for krate in ["index-builder", "xtask"] {
        let graph = graph(krate, "all").unwrap();
        for name in ["yew", "gloo", "doorstep-widget"] {
            assert!(!graph.contains(name), "{krate} is built from {name}");
        }
    }
}
