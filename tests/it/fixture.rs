//! A small council to build from: two pages and a list of questions, in a
//! folder of the test's own.

use std::fs;
use std::path::PathBuf;

use doorstep_tests::{Builder, Done, root};
use tempfile::TempDir;

const BINS: &str = "<!doctype html>
<html lang=\"en\"><head><title>Bin collections - Little Marsh</title>
<meta name=\"doorstep:topic\" content=\"bins\"><meta name=\"doorstep:owner\" content=\"Waste team\">
<meta name=\"DCTERMS.modified\" content=\"2026-03-02\"></head>
<body><header><nav><a href=\"/\">Home</a></nav></header>
<main><h1>Bin collections</h1>
<h2 id=\"days\">When we empty bins</h2>
<p>We empty rubbish bins every second Tuesday. Put yours out by 7am.</p>
<h2 id=\"missed\">If we missed your bin</h2>
<p>Report a missed bin within two working days and we will come back for it.</p>
</main><footer>Little Marsh</footer></body></html>
";

const LIBRARY: &str = "<!doctype html>
<html lang=\"en\"><head><title>The library - Little Marsh</title>
<meta name=\"doorstep:topic\" content=\"library\"><meta name=\"doorstep:owner\" content=\"Libraries\">
</head><body><main><h1>The library</h1>
<h2 id=\"join\">Join the library</h2>
<p>Joining is free. Bring proof of your address to the desk.</p>
<h2 id=\"hours\">Opening hours</h2>
<table><tr><th>Day</th><th>Open</th></tr><tr><td>Saturday</td><td>9am to 1pm</td></tr></table>
</main></body></html>
";

const QUESTIONS: &str = "question,answer\n\
    Can I keep hens on my allotment?,\"Yes, up to six hens and no cockerels.\"\n";

const CONFIG: &str = "[site]
name = \"Little Marsh\"
url = \"https://www.littlemarsh.example\"

[output]
folder = \"out\"
raw = \"raw\"

[data]
files = [\"confirmed.toml\"]

[[source]]
kind = \"html\"
path = \"site\"

[[source]]
kind = \"qa\"
path = \"questions.csv\"
url = \"/allotments/\"
title = \"Allotments\"
owner = \"Parks\"
topics = [\"allotments\"]
";

/// The council's folder; removed when dropped.
pub(crate) struct Fixture {
    folder: TempDir,
}

impl Fixture {
    /// The sources, nothing built.
    pub(crate) fn new() -> Fixture {
        let fixture = Fixture { folder: tempfile::tempdir().unwrap() };
        fixture.write("site/bins/index.html", BINS);
        fixture.write("site/library/index.html", LIBRARY);
        fixture.write("questions.csv", QUESTIONS);
        fixture.write("doorstep.toml", CONFIG);
        // The demo confirms every card.
        let demo = |name| fs::read_to_string(root().join("www/doorstep").join(name)).unwrap();
        fixture.write("confirmed.toml", demo("cards.toml") + &demo("bodies.toml"));
        fixture
    }

    /// The path of a file or folder in it, as an argument.
    pub(crate) fn path(&self, name: &str) -> String {
        self.file(name).into_os_string().into_string().unwrap()
    }

    fn file(&self, name: &str) -> PathBuf {
        self.folder.path().join(name)
    }

    /// Writes a file, with its folder.
    pub(crate) fn write(&self, name: &str, content: impl AsRef<[u8]>) {
        let file = self.file(name);
        fs::create_dir_all(file.parent().unwrap()).unwrap();
        fs::write(file, content).unwrap();
    }

    /// Removes a file or folder.
    pub(crate) fn remove(&self, name: &str) {
        let file = self.file(name);
        if file.is_dir() { fs::remove_dir_all(file) } else { fs::remove_file(file) }.unwrap();
    }

    /// The bytes of a file.
    pub(crate) fn read(&self, name: &str) -> Vec<u8> {
        let file = self.file(name);
        fs::read(&file).unwrap_or_else(|error| panic!("{}: {error}", file.display()))
    }

    /// Builds with the fixture's configuration into `out`.
    pub(crate) fn build(&self, out: &str) -> Done {
        let (config, out) = (self.path("doorstep.toml"), self.path(out));
        run(&["build", "--config", &config, "--out", &out])
    }
}

/// Runs the builder with these arguments.
pub(crate) fn run(arguments: &[&str]) -> Done {
    Builder::get().unwrap().run(arguments).unwrap()
}
