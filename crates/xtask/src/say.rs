//! All that xtask prints: results on standard output, talk on standard error.
#![allow(clippy::print_stdout, clippy::print_stderr)]

use std::io::{self, IsTerminal, Write};

/// A result, on standard output.
pub(crate) fn result(line: impl std::fmt::Display) {
    // A reader that went away is no fault of ours.
    let _ = writeln!(io::stdout(), "{line}");
}

/// What is being done, on standard error.
pub(crate) fn note(line: impl std::fmt::Display) {
    eprintln!("{line}");
}

/// The heading of a step, on standard error.
pub(crate) fn heading(line: impl std::fmt::Display) {
    if io::stderr().is_terminal() && std::env::var_os("NO_COLOR").is_none() {
        eprintln!("\n\x1b[1m==> {line}\x1b[0m");
    } else {
        eprintln!("\n==> {line}");
    }
}

/// An error with its chain of reasons, once.
pub(crate) fn error(error: &anyhow::Error) {
    eprintln!("error: {error:#}");
}

/// Bytes as people read them: `70.8 kB`, with a thousand to the kilobyte.
pub(crate) fn bytes(count: usize) -> String {
    match count {
        0..1_000 => format!("{count} B"),
        1_000..1_000_000 => format!("{:.1} kB", count as f64 / 1e3),
        _ => format!("{:.2} MB", count as f64 / 1e6),
    }
}
