//! 1. a build writes its products, and answers come out of them;
//! 2. the same sources give the same bytes, old modules are replaced;
//! 3. the exit code tells whether all, some or nothing was built;
//! 4. wrong data stop the build with file and line; data that nobody has
//!    confirmed fail it, though it is built; an overdue review is told.

use std::collections::BTreeMap;

use super::*;

const SITE: &str = "[site]\nname = \"Larkmere Council\"\nurl = \"https://www.larkmere.example\"\n[output]\nraw = \"raw\"\n";
const SOURCE: &str = "[[source]]\nkind = \"html\"\npath = \"site\"\n";

fn folder(files: &[(&str, &str)]) -> tempfile::TempDir {
    let folder = tempfile::tempdir().unwrap();
    for (name, text) in files {
        let path = folder.path().join(name);
        fs::create_dir_all(path.parent().unwrap()).unwrap();
        fs::write(path, text).unwrap();
    }
    folder
}

/// The demo's own files, which confirm every card, before the folder's.
fn run(folder: &tempfile::TempDir, files: &[&str]) -> Outcome {
    let demo = Path::new(env!("CARGO_MANIFEST_DIR")).join("../www/doorstep");
    let mut all = vec![demo.join("cards.toml"), demo.join("bodies.toml")];
    all.extend(files.iter().map(|name| folder.path().join(name)));
    run_with(folder, all, "2026-11-21")
}

fn run_with(folder: &tempfile::TempDir, files: Vec<PathBuf>, today: &str) -> Outcome {
    let file = folder.path().join("doorstep.toml");
    let mut config = Config::parse(&format!("{SITE}{SOURCE}"), &file).unwrap();
    config.data = files;
    build(&config, today.parse().ok(), &mut |_, _, _| {})
}

fn tree(folder: &Path) -> BTreeMap<String, Vec<u8>> {
    walkdir::WalkDir::new(folder)
        .into_iter()
        .filter_map(Result::ok)
        .filter(|e| e.file_type().is_file())
        .map(|e| {
            let name = e.path().strip_prefix(folder).unwrap().display().to_string();
            (name, fs::read(e.path()).unwrap())
        })
        .collect()
}

const BINS: &str = "<title>Blue bins</title><meta name=doorstep:owner content=Waste><main><h2 id=when>When</h2><p>Blue bins are emptied every second Monday.</main>";

#[test]
fn builds_the_same_bytes() {
    let folder = folder(&[
        ("site/bins.html", BINS),
        ("site/tax.html", "<title>Tax</title><main><p>Council tax is due."),
    ]);
    let outcome = run(&folder, &[]);
    assert_eq!(outcome.exit_code(), 0, "{:?}", outcome.findings);
    assert_eq!((outcome.summary.pages, outcome.summary.records), (2, 2));
    let first = tree(&folder.path().join("dist"));
    let module = first.keys().find(|n| n.starts_with("doorstep/index.en.")).unwrap();
    let manifest = String::from_utf8(first["doorstep/manifest.js"].clone()).unwrap();
    assert!(manifest.contains(module.strip_prefix("doorstep/").unwrap()), "{manifest}");
    let ask = String::from_utf8(first["ask/index.html"].clone()).unwrap();
    assert!(ask.contains("Blue bins are emptied every second Monday."), "{ask}");
    assert!(ask.contains("href=\"/bins.html#when\""), "{ask}");
    run(&folder, &[]);
    assert_eq!(tree(&folder.path().join("dist")), first);

    let raw = fs::read(folder.path().join("raw/en.index")).unwrap();
    let module = String::from_utf8(first[module].clone()).unwrap();
    assert_eq!(products::unpack(&module).unwrap(), raw);
    assert_eq!(Index::open(&raw).unwrap().record(0).section, "When");

    fs::remove_file(folder.path().join("site/tax.html")).unwrap();
    run(&folder, &[]);
    let names: Vec<_> =
        tree(&folder.path().join("dist")).into_keys().filter(|n| n.contains("index.en")).collect();
    assert_eq!(names.len(), 1);
}

#[test]
fn exit_codes() {
    let some = folder(&[("site/bins.html", BINS), ("site/empty.html", "")]);
    assert_eq!(run(&some, &[]).exit_code(), 1);
    let none = folder(&[("site/empty.html", "")]);
    assert_eq!(run(&none, &[]).exit_code(), 2);
    assert!(!none.path().join("dist").exists());
}

#[test]
fn wrong_data_stop_the_build() {
    let folder = folder(&[
        ("site/bins.html", BINS),
        ("cards.toml", "[[card]]\nid = \"gas\"\ncolour = \"red\"\n"),
    ]);
    let outcome = run(&folder, &["cards.toml"]);
    assert_eq!(outcome.exit_code(), 2);
    let finding = outcome.findings.iter().find(|f| f.severity == Severity::Skipped).unwrap();
    assert!(finding.file.ends_with("cards.toml") && finding.line.is_some(), "{finding}");
}

#[test]
fn what_nobody_confirmed_is_told() {
    let folder = folder(&[("site/bins.html", BINS)]);
    let outcome = run_with(&folder, Vec::new(), "2026-11-21");
    assert_eq!((outcome.exit_code(), outcome.summary.skipped), (1, 0));
    let about = |text: &str| outcome.findings.iter().find(|f| f.what.contains(text)).unwrap();
    let gas = about("card gas");
    assert_eq!(
        (gas.severity, gas.file.as_path()),
        (Severity::Unconfirmed, Path::new("default cards.toml"))
    );
    assert!(gas.line.is_some_and(|line| line > 1) && gas.what.contains("confirmed"), "{gas}");

    let late = "[[card]]\nid = \"gas\"\nreview_by = 2026-11-20\n";
    fs::write(folder.path().join("late.toml"), late).unwrap();
    let outcome = run(&folder, &["late.toml"]);
    assert_eq!(outcome.exit_code(), 0);
    let due = outcome.findings.iter().find(|f| f.what.contains("review was due")).unwrap();
    assert_eq!((due.severity, due.line), (Severity::Attention, Some(2)));
}

/// Every kind of source, as one collection in text: `tests/fixtures` holds the
/// sources and what they must give.
#[test]
fn golden_records_of_each_kind() {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("../tests/fixtures/sources/council");
    let config = Config::load(&folder.join("doorstep.toml")).unwrap();
    let reading = read::read(&config, &mut |_, _, _| {});
    let mut out = String::new();
    for lang in &config.languages {
        let raw = doorstep_index::write(&collection(&reading.documents, lang, Vec::new())).unwrap();
        out += &Index::open(&raw).unwrap().dump();
    }
    for finding in &reading.findings {
        let name = finding.file.file_name().unwrap_or_default().to_string_lossy();
        out += &format!("{:?} {name}: {}\n", finding.severity, finding.what);
    }
    expect_test::expect_file![folder.join("records.golden")].assert_eq(&out);
}
