//! What the command prints: data on standard output, talk on standard error.

use std::io::{self, IsTerminal, Write};

use index_builder::report::{Finding, Severity};

/// Prints data; a reader that has gone away is no fault.
pub(crate) fn data(text: &str) {
    let mut out = io::stdout().lock();
    let _ = out.write_all(text.as_bytes());
    if !text.ends_with('\n') {
        let _ = out.write_all(b"\n");
    }
    let _ = out.flush();
}

/// Prints a line of talk.
pub(crate) fn talk(text: impl std::fmt::Display) {
    let _ = writeln!(io::stderr().lock(), "{text}");
}

/// Prints what stops the command.
pub(crate) fn fault(text: impl std::fmt::Display) {
    talk(format_args!("{} {text}", paint("31;1", "error:")));
}

/// Prints a finding under its name.
pub(crate) fn finding(finding: &Finding) {
    let name = match finding.severity {
        Severity::Skipped => paint("31;1", "skipped:"),
        Severity::Unconfirmed => paint("31;1", "confirm:"),
        Severity::Attention => paint("33;1", "look:"),
        Severity::Note => paint("2", "note:"),
    };
    talk(format_args!("{name} {finding}"));
}

/// Shows how far a long work is, on a terminal only: one line, written anew.
pub(crate) fn progress(done: usize, total: usize, name: &str) {
    if io::stderr().is_terminal() {
        let name: String =
            name.chars().rev().take(50).collect::<Vec<_>>().into_iter().rev().collect();
        let _ = write!(io::stderr().lock(), "\r\x1b[K  reading {done} of {total}: {name}");
    }
}

/// Takes the line of [`progress`] away.
pub(crate) fn end_progress() {
    if io::stderr().is_terminal() {
        let _ = write!(io::stderr().lock(), "\r\x1b[K");
    }
}

/// The text in a colour, where standard error is a terminal and `NO_COLOR` is
/// not set.
fn paint(code: &str, text: &str) -> String {
    let plain = std::env::var_os("NO_COLOR").is_some_and(|v| !v.is_empty());
    if plain || !io::stderr().is_terminal() {
        text.to_owned()
    } else {
        format!("\x1b[{code}m{text}\x1b[0m")
    }
}
