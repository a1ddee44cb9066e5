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

/// Prints findings, the gravest last, where they stand just above the summary.
pub(crate) fn findings(findings: &[Finding]) {
    gravest_last(findings).iter().for_each(finding);
}

/// The findings by severity; advice that holds for several that follow each
/// other stands with the last of them alone.
fn gravest_last(findings: &[Finding]) -> Vec<Finding> {
    let mut findings = findings.to_vec();
    findings.sort_by_key(|finding| finding.severity);
    for at in 1..findings.len() {
        let (before, after) = findings.split_at_mut(at);
        let (this, next) = (&mut before[at - 1], &after[0]);
        if this.expected.is_empty() && this.severity == next.severity && this.todo == next.todo {
            this.todo.clear();
        }
    }
    findings
}

/// Prints a finding under its name.
fn finding(finding: &Finding) {
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

#[cfg(test)]
mod tests {
    //! 1. what was left out is told last, whatever the order of the sources;
    //! 2. advice for several findings in a row is given once, after the last.

    use super::*;

    fn check(given: &[(Severity, &str, &str)], expected: &[(&str, &str)]) {
        let given: Vec<Finding> =
            given.iter().map(|(s, what, todo)| Finding::new(*s, "f", *what).todo(*todo)).collect();
        let told = gravest_last(&given);
        let told: Vec<_> = told.iter().map(|f| (f.what.as_str(), f.todo.as_str())).collect();
        assert_eq!(told, expected);
    }

    #[test]
    fn findings_in_the_order_they_are_told() {
        check(
            &[
                (Severity::Skipped, "empty", "remove it"),
                (Severity::Unconfirmed, "gas", "confirm it"),
                (Severity::Note, "noindex", ""),
                (Severity::Unconfirmed, "fire", "confirm it"),
                (Severity::Attention, "late", "look"),
            ],
            &[
                ("noindex", ""),
                ("late", "look"),
                ("gas", ""),
                ("fire", "confirm it"),
                ("empty", "remove it"),
            ],
        );
    }
}
