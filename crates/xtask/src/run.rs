//! Running other programs.

use std::ffi::{OsStr, OsString};
use std::fmt::Write as _;
use std::path::{Path, PathBuf};
use std::process::{Command, Stdio};

use anyhow::{Context, bail};

use crate::Result;

/// A program to be run in the workspace's folder, without standard input.
pub(crate) struct Run {
    command: Command,
}

/// A program with its arguments, the words of one line ("npm ci").
pub(crate) fn run(line: &str) -> Run {
    let mut words = line.split_whitespace();
    let mut command = Command::new(words.next().unwrap_or_default());
    command.args(words).current_dir(crate::place::root()).stdin(Stdio::null());
    Run { command }
}

/// The same, by its path and without arguments.
pub(crate) fn program(path: impl AsRef<OsStr>) -> Run {
    let mut command = Command::new(path);
    command.current_dir(crate::place::root()).stdin(Stdio::null());
    Run { command }
}

/// Cargo itself, with the arguments of one line; never with the variables by
/// which the outer cargo speaks of xtask, or builds would differ from those of
/// a plain `cargo`.
pub(crate) fn cargo(line: &str) -> Run {
    let mut run = program(std::env::var_os("CARGO").unwrap_or_else(|| "cargo".into()));
    run.command.args(line.split_whitespace());
    for (name, _) in std::env::vars_os() {
        if name.to_str().is_some_and(|name| {
            name.starts_with("CARGO_PKG_") || name.starts_with("CARGO_MANIFEST_")
        }) {
            run.command.env_remove(name);
        }
    }
    run
}

impl Run {
    /// One more argument, as it is.
    pub(crate) fn arg(mut self, word: impl AsRef<OsStr>) -> Run {
        self.command.arg(word);
        self
    }

    /// More arguments, the words of one line.
    pub(crate) fn args(mut self, line: &str) -> Run {
        self.command.args(line.split_whitespace());
        self
    }

    /// In this folder.
    pub(crate) fn within(mut self, folder: &Path) -> Run {
        self.command.current_dir(folder);
        self
    }

    /// With this variable.
    pub(crate) fn env(mut self, name: &str, value: impl AsRef<OsStr>) -> Run {
        self.command.env(name, value);
        self
    }

    /// Without this variable.
    pub(crate) fn env_remove(mut self, name: &str) -> Run {
        self.command.env_remove(name);
        self
    }

    /// Runs it, its output going where ours goes.
    ///
    /// # Errors
    /// It cannot be started, or ends with another exit code than 0.
    pub(crate) fn go(mut self) -> Result {
        let line = self.line();
        let status = self.command.status().with_context(|| format!("cannot start `{line}`"))?;
        if !status.success() {
            bail!("`{line}` ended with {status}");
        }
        Ok(())
    }

    /// Runs it quietly and returns its standard output, and its standard
    /// error in the error.
    ///
    /// # Errors
    /// As [`Run::go`].
    pub(crate) fn read(self) -> Result<String> {
        self.read_at_most(0)
    }

    /// The same, for a program that means less than a failure by exit codes up
    /// to this one.
    ///
    /// # Errors
    /// It cannot be started, or ends with a higher exit code.
    pub(crate) fn read_at_most(mut self, code: i32) -> Result<String> {
        let line = self.line();
        let output = self.command.output().with_context(|| format!("cannot start `{line}`"))?;
        if !output.status.code().is_some_and(|ended| (0..=code).contains(&ended)) {
            let said = String::from_utf8_lossy(&output.stderr);
            bail!("`{line}` ended with {}\n{}", output.status, said.trim_end());
        }
        Ok(String::from_utf8_lossy(&output.stdout).into_owned())
    }

    fn line(&self) -> String {
        let mut line = self.command.get_program().to_string_lossy().into_owned();
        for word in self.command.get_args() {
            let _ = write!(line, " {}", word.to_string_lossy());
        }
        line
    }
}

/// The search path for programs with these folders first.
///
/// # Errors
/// A folder's name holds the separator of search paths.
pub(crate) fn path_with(folders: &[&Path]) -> Result<OsString> {
    let before = std::env::var_os("PATH").unwrap_or_default();
    let all =
        folders.iter().map(|folder| folder.to_path_buf()).chain(std::env::split_paths(&before));
    std::env::join_paths(all).context("a folder of tools cannot stand in PATH")
}

/// The program of this name on the search path.
pub(crate) fn find(name: &str) -> Option<PathBuf> {
    let path = std::env::var_os("PATH").unwrap_or_default();
    std::env::split_paths(&path).map(|folder| folder.join(name)).find(|path| path.is_file())
}
