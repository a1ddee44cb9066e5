//! 1. a folder of mixed sources is read whole; addresses come from files;
//! 2. each kind of bad input is reported with name and line, the rest is read;
//! 3. what responses share stands once.

use std::fs;

use super::*;

fn read_all(config: &str, files: &[(&str, &[u8])]) -> (tempfile::TempDir, Reading) {
    let folder = tempfile::tempdir().unwrap();
    for (name, bytes) in files {
        let path = folder.path().join(name);
        fs::create_dir_all(path.parent().unwrap()).unwrap();
        fs::write(path, bytes).unwrap();
    }
    let site = "[site]\nname = \"Larkmere Council\"\nurl = \"https://www.larkmere.example\"\n";
    let config =
        Config::parse(&format!("{site}{config}"), &folder.path().join("doorstep.toml")).unwrap();
    let reading = super::read(&config, &mut |_, _, _| {});
    (folder, reading)
}

fn check(reading: &Reading, pages: &[(&str, &str, usize)]) {
    let got: Vec<_> = reading
        .documents
        .iter()
        .map(|d| (d.page.url.as_str(), d.page.title.as_str(), d.records.len()))
        .collect();
    assert_eq!(got, pages);
}

#[test]
fn reads_mixed_sources() {
    let (_folder, reading) = read_all(
        "[[source]]\nkind = \"html\"\npath = \"site\"\nexclude = [\"drafts/**\"]\n[[source]]\nkind = \"markdown\"\npath = \"md\"\nurl = \"/guide/\"\nowner = \"Waste\"\n[[source]]\nkind = \"qa\"\npath = \"faq.csv\"\nurl = \"/faq/\"\ntitle = \"Questions\"\n[[source]]\nkind = \"foi\"\npath = \"foi\"\nurl = \"/foi/\"\n[[source]]\nkind = \"text\"\npath = \"notice.txt\"\nurl = \"/notice/\"\n",
        &[
            ("site/index.html", b"<title>Home - Larkmere Council</title><main><p>Welcome."),
            ("site/a b.html", b"<title>Spaced</title><main><p>Words."),
            ("site/bins/index.html", b"<title>Bins</title><main><h2>When</h2><p>Weekly.<h2>What</h2><p>Paper."),
            ("site/drafts/x.html", b"<title>Draft</title><main><p>Not yet."),
            ("site/gone.html", b"<title>Gone</title><meta name=robots content=noindex><main><p>Gone."),
            ("md/lids.md", b"---\ntitle: Lids\n---\n# Lids\n\nThey are blue.\n"),
            ("faq.csv", b"question,answer\nHow?,So.\nWhy?,Thus.\n"),
            ("foi/one.txt", b"Lids\n\nRequest:\n\n1. How many lids are there?\n\nResponse:\n\n1. There are 34 lids in the store.\n\nRequest reference:\nFOI 12345\n"),
            ("notice.txt", b"Notice\n\nWhy we ask\n\nWe ask so that we can help you well.\n"),
        ],
    );
    check(
        &reading,
        &[
            ("/a%20b.html", "Spaced", 1),
            ("/bins/", "Bins", 2),
            ("/", "Home", 1),
            ("/guide/lids/", "Lids", 1),
            ("/faq/", "Questions", 2),
            ("/foi/one/", "Lids", 1),
            ("/notice/", "Notice", 1),
        ],
    );
    assert_eq!(reading.documents[3].page.owner, "Waste");
    assert_eq!(reading.documents[5].page.aliases, ["FOI 12345"]);
    assert_eq!(reading.documents[5].page.kind, PageKind::Foi);
    assert_eq!(reading.findings.len(), 1, "{:?}", reading.findings);
}

#[test]
fn reports_bad_input_and_reads_the_rest() {
    let (folder, reading) = read_all(
        "[[source]]\nkind = \"html\"\npath = \"site\"\n[[source]]\nkind = \"markdown\"\npath = \"md\"\n[[source]]\nkind = \"qa\"\npath = \"faq.csv\"\nurl = \"/faq/\"\n[[source]]\nkind = \"html\"\npath = \"missing\"\n",
        &[
            ("site/good.html", b"<main><p>Good."),
            ("site/broken.html", b"<html><body><main><div class=\"x"),
            ("site/encoding.html", b"<main>\n<p>caf\xe9"),
            ("site/empty.html", b""),
            ("site/huge.html", &vec![b'x'; file::LARGEST as usize + 1]),
            ("md/front.md", b"---\ntitle: [x\n---\nText"),
            ("faq.csv", b"question,answer\nA?,B\nbad\n"),
        ],
    );
    #[cfg(unix)]
    {
        std::os::unix::fs::symlink(folder.path().join("site"), folder.path().join("site/loop"))
            .unwrap();
        let source = Config::parse(
            "[site]\nname=\"L\"\nurl=\"https://l.example\"\n[[source]]\nkind=\"html\"\npath=\"site\"\n",
            &folder.path().join("doorstep.toml"),
        )
        .unwrap();
        let again = super::read(&source, &mut |_, _, _| {});
        assert!(
            again.findings.iter().any(|f| f.what.starts_with("circular link")),
            "{:?}",
            again.findings
        );
        assert_eq!(again.documents.len(), 1);
    }
    check(&reading, &[("/good.html", "good", 1), ("/faq/", "faq", 1)]);
    let mut got: Vec<_> = reading
        .findings
        .iter()
        .map(|f| (f.file.file_name().unwrap().to_str().unwrap(), f.line, f.severity))
        .collect();
    got.sort_unstable();
    let skipped = Severity::Skipped;
    assert_eq!(
        got,
        [
            ("broken.html", Some(1), skipped),
            ("empty.html", Some(1), skipped),
            ("encoding.html", Some(2), skipped),
            ("faq.csv", Some(3), skipped),
            ("front.md", Some(3), skipped),
            ("huge.html", Some(1), skipped),
            ("missing", None, skipped),
        ]
    );
    for finding in &reading.findings {
        assert!(!finding.expected.is_empty() && !finding.todo.is_empty(), "{finding}");
    }
}

#[test]
fn shared_paragraphs_stand_once() {
    let response = |subject: &str| {
        format!(
            "Freedom of information response\n\n{subject}\n\nRequest:\n\n1. How many are there?\n\nResponse:\n\n1. There are 34 of them in all.\n\nIf you are dissatisfied with this response you can ask for an internal review.\n"
        )
    };
    let (_folder, reading) = read_all(
        "[[source]]\nkind = \"foi\"\npath = \"foi\"\n",
        &[("foi/a.txt", response("Lids").as_bytes()), ("foi/b.txt", response("Bins").as_bytes())],
    );
    check(
        &reading,
        &[
            ("/a/", "Freedom of information response: Lids", 2),
            ("/b/", "Freedom of information response: Bins", 1),
        ],
    );
}
