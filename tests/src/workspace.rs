//! The checkout: its folder, its files, what its crates depend on.

use std::collections::BTreeSet;
use std::fs;
use std::path::{Path, PathBuf};
use std::process::Command;

use anyhow::{Context, Result, bail};
use walkdir::WalkDir;

/// Folders that hold nothing of the project's own.
const FOREIGN: &[&str] = &[".git", "target", "dist", "node_modules"];

/// The workspace's folder.
pub fn root() -> &'static Path {
    Path::new(env!("CARGO_MANIFEST_DIR")).parent().unwrap_or(Path::new("."))
}

/// The evaluation sets beside the checkout; `None` where they are not.
pub fn eval_sets() -> Option<PathBuf> {
    let sets = root().parent()?.join("shared/eval");
    sets.is_dir().then_some(sets)
}

/// A text file of the project.
pub struct Source {
    /// From the workspace's folder, with `/`.
    pub path: String,
    /// What is in it.
    pub text: String,
}

impl Source {
    /// Whether the file's name ends so, without the dot ("rs").
    pub fn is(&self, end: &str) -> bool {
        Path::new(&self.path).extension().is_some_and(|it| it == end)
    }
}

/// All text files of the project, sorted by path; what is built, installed or
/// not UTF-8 left out.
///
/// # Errors
/// A folder or file cannot be read.
pub fn sources() -> Result<Vec<Source>> {
    let mut sources = Vec::new();
    let files = WalkDir::new(root())
        .sort_by_file_name()
        .into_iter()
        .filter_entry(|entry| !FOREIGN.iter().any(|name| entry.file_name() == *name));
    for entry in files {
        let entry = entry?;
        if !entry.file_type().is_file() {
            continue;
        }
        let path = entry.path();
        let bytes =
            fs::read(path).with_context(|| format!("{}: cannot be read", path.display()))?;
        if let Ok(text) = String::from_utf8(bytes) {
            let path = path.strip_prefix(root())?.to_string_lossy().replace('\\', "/");
            sources.push(Source { path, text });
        }
    }
    Ok(sources)
}

/// Names of all crates that end up in a build of `krate` for `target` ("all"
/// for any), itself included; without what only runs while compiling.
///
/// # Errors
/// Cargo fails.
pub fn graph(krate: &str, target: &str) -> Result<BTreeSet<String>> {
    let output = Command::new(env!("CARGO"))
        .args(["tree", "--package", krate, "--target", target])
        .args(["--edges", "normal,no-proc-macro", "--prefix", "none", "--format", "{p}"])
        .current_dir(root())
        .output()?;
    if !output.status.success() {
        bail!("cargo tree of {krate}: {}", String::from_utf8_lossy(&output.stderr));
    }
    let lines = String::from_utf8(output.stdout)?;
    Ok(lines.lines().filter_map(|line| line.split(' ').next()).map(str::to_owned).collect())
}
