//! `index-builder` as a web team runs it: arguments in, text and exit code out.

use std::env;
use std::ffi::OsStr;
use std::path::PathBuf;
use std::process::{Command, Stdio};
use std::sync::OnceLock;

use anyhow::{Context, Result, bail};
use serde_json::Value;

use crate::root;

/// The built program.
pub struct Builder {
    program: PathBuf,
}

/// How a run of it ended.
#[derive(Debug)]
pub struct Done {
    /// Exit code: 0 all read, 1 built with something skipped, 2 nothing built.
    pub code: Option<i32>,
    /// Results.
    pub stdout: String,
    /// Talk.
    pub stderr: String,
}

impl Builder {
    /// The program that `DOORSTEP_BUILDER` names, or a release build of this
    /// checkout, made once.
    ///
    /// # Errors
    /// It cannot be built.
    pub fn get() -> Result<Builder> {
        static BUILT: OnceLock<Result<PathBuf, String>> = OnceLock::new();
        let built = BUILT.get_or_init(|| match env::var_os("DOORSTEP_BUILDER") {
            Some(program) => Ok(program.into()),
            None => build().map_err(|error| format!("{error:#}")),
        });
        match built {
            Ok(program) => Ok(Builder { program: program.clone() }),
            Err(error) => bail!("index-builder cannot be built: {error}"),
        }
    }

    /// Runs it in the workspace's folder.
    ///
    /// # Errors
    /// It cannot be started.
    pub fn run<S: AsRef<OsStr>>(&self, arguments: &[S]) -> Result<Done> {
        let output = Command::new(&self.program)
            .args(arguments)
            .current_dir(root())
            .stdin(Stdio::null())
            .output()
            .with_context(|| format!("{}: cannot be started", self.program.display()))?;
        Ok(Done {
            code: output.status.code(),
            stdout: String::from_utf8_lossy(&output.stdout).into_owned(),
            stderr: String::from_utf8_lossy(&output.stderr).into_owned(),
        })
    }
}

fn build() -> Result<PathBuf> {
    let output = Command::new(env!("CARGO"))
        .args(["build", "--release", "--package", "index-builder", "--message-format", "json"])
        .current_dir(root())
        .stdin(Stdio::null())
        .output()?;
    if !output.status.success() {
        bail!("{}", String::from_utf8_lossy(&output.stderr));
    }
    let messages = String::from_utf8(output.stdout)?;
    messages
        .lines()
        .filter_map(|line| serde_json::from_str::<Value>(line).ok())
        .find_map(|message| message["executable"].as_str().map(PathBuf::from))
        .context("cargo names no executable")
}
