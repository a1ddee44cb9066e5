//! Files of a source: found, bounded, decoded.

use std::fs;
use std::path::{Path, PathBuf};

use encoding_rs::{Encoding, UTF_8};
use globset::{Glob, GlobSet, GlobSetBuilder};
use walkdir::WalkDir;

use crate::config::{Form, Source};
use crate::report::{Finding, Severity};

/// Larger files are not pages: 20 MB is ten times the largest page of a
/// council's site (a committee's papers in one page).
pub const LARGEST: u64 = 20 * 1024 * 1024;

/// The files of a source in the order of their names, and what could not be
/// reached.
pub(crate) fn list(source: &Source) -> (Vec<PathBuf>, Vec<Finding>) {
    let mut findings = Vec::new();
    let path = &source.path;
    if path.is_file() {
        return (vec![path.clone()], findings);
    }
    if !path.is_dir() {
        let missing = Finding::new(Severity::Skipped, path, "there is no such file or folder")
            .expected("the path of a [[source]]")
            .todo("build the site first, or correct the path in the configuration");
        return (Vec::new(), vec![missing]);
    }
    let include = globs(&source.include);
    let exclude = globs(&source.exclude);
    let mut files = Vec::new();
    for entry in WalkDir::new(path).follow_links(true).sort_by_file_name() {
        match entry {
            Ok(entry) if entry.file_type().is_file() => {
                let relative = entry.path().strip_prefix(path).unwrap_or(entry.path());
                let wanted = match &include {
                    Some(globs) => globs.is_match(relative),
                    None => has_usual_ending(relative, source.form),
                };
                if wanted && !exclude.as_ref().is_some_and(|globs| globs.is_match(relative)) {
                    files.push(entry.into_path());
                }
            }
            Ok(_) => {}
            Err(error) => findings.push(unreachable(path, &error)),
        }
    }
    if files.is_empty() && findings.is_empty() {
        findings.push(
            Finding::new(Severity::Skipped, path, "no file of this source was found")
                .expected(format!("files that end in {}", endings(source.form).join(", ")))
                .todo("correct `path`, `include` and `exclude` of the [[source]]"),
        );
    }
    (files, findings)
}

fn unreachable(root: &Path, error: &walkdir::Error) -> Finding {
    let file = error.path().unwrap_or(root);
    if let Some(ancestor) = error.loop_ancestor() {
        return Finding::new(
            Severity::Skipped,
            file,
            format!("circular link: it leads back to {}", ancestor.display()),
        )
        .expected("links that lead to files")
        .todo("remove the link");
    }
    let why = error.io_error().map_or_else(|| error.to_string(), ToString::to_string);
    Finding::new(Severity::Skipped, file, format!("cannot be read: {why}"))
        .expected("a file that this user may read")
        .todo("correct its rights, or remove it")
}

fn endings(form: Form) -> &'static [&'static str] {
    match form {
        Form::Html => &["html", "htm", "xhtml"],
        Form::Markdown => &["md", "markdown"],
        Form::Qa => &["csv", "tsv", "json"],
        Form::Foi => &["html", "htm", "txt", "md"],
        Form::Text => &["txt"],
    }
}

fn has_usual_ending(path: &Path, form: Form) -> bool {
    path.extension()
        .and_then(|e| e.to_str())
        .is_some_and(|e| endings(form).contains(&&*e.to_lowercase()))
}

/// The patterns as one; patterns were checked with the configuration.
fn globs(patterns: &[String]) -> Option<GlobSet> {
    if patterns.is_empty() {
        return None;
    }
    let mut set = GlobSetBuilder::new();
    for glob in patterns.iter().filter_map(|p| Glob::new(p).ok()) {
        set.add(glob);
    }
    set.build().ok()
}

/// The text of a file.
///
/// # Errors
/// A finding when the file is too large, empty, no text, or not in the
/// encoding that it names (UTF-8 if it names none).
pub(crate) fn text(path: &Path) -> Result<String, Finding> {
    let refuse = |what: String| Finding::new(Severity::Skipped, path, what);
    let io = |error: std::io::Error| {
        refuse(format!("cannot be read: {error}"))
            .expected("a file that this user may read")
            .todo("correct its rights, or remove it")
    };
    let size = fs::metadata(path).map_err(io)?.len();
    if size > LARGEST {
        return Err(refuse(format!("{} MB is too large", size / (1024 * 1024)))
            .at(1)
            .expected(format!("a page of at most {} MB", LARGEST / (1024 * 1024)))
            .todo("divide the page, or leave it out with `exclude`"));
    }
    let bytes = fs::read(path).map_err(io)?;
    if bytes.iter().all(u8::is_ascii_whitespace) {
        return Err(refuse("the file is empty".into())
            .at(1)
            .expected("a page with words")
            .todo("build the site again, or remove the file"));
    }
    if let Some(at) =
        bytes.iter().position(|b| *b == 0).filter(|_| Encoding::for_bom(&bytes).is_none())
    {
        return Err(refuse("the file is no text: it holds zero bytes".into())
            .at(line_of(&bytes, at))
            .expected("text")
            .todo("remove the file, or leave it out with `exclude`"));
    }
    let named = Encoding::for_bom(&bytes).map(|(e, _)| e).or_else(|| declared(&bytes));
    let encoding = named.unwrap_or(UTF_8);
    if encoding == UTF_8 {
        let start = if bytes.starts_with(b"\xef\xbb\xbf") { 3 } else { 0 };
        return match std::str::from_utf8(&bytes[start..]) {
            Ok(text) => Ok(text.to_owned()),
            Err(error) => {
                let at = start + error.valid_up_to();
                Err(refuse(format!("byte {:#04x} is not UTF-8", bytes[at]))
                    .at(line_of(&bytes, at))
                    .expected("UTF-8, or the encoding that the page names")
                    .todo("save the page as UTF-8, or name its encoding (<meta charset=\"windows-1252\">)"))
            }
        };
    }
    let (text, _, broken) = encoding.decode(&bytes);
    if broken {
        let at = text.find('\u{fffd}').unwrap_or(0);
        return Err(refuse(format!("it names the encoding {} and is not in it", encoding.name()))
            .at(line_of(text.as_bytes(), at))
            .expected(format!("text in {}", encoding.name()))
            .todo("save the page as UTF-8 and name that"));
    }
    Ok(text.into_owned())
}

/// The encoding that an HTML page names in its first 1,024 bytes, where
/// browsers look for it.
fn declared(bytes: &[u8]) -> Option<&'static Encoding> {
    let head = String::from_utf8_lossy(&bytes[..bytes.len().min(1024)]).to_lowercase();
    let at = head.find("charset=")?;
    let rest = head[at + "charset=".len()..].trim_start_matches(['"', '\'', ' ']);
    let end = rest.find(|c: char| !(c.is_ascii_alphanumeric() || "-_:".contains(c)));
    let encoding = Encoding::for_label(&rest.as_bytes()[..end.unwrap_or(rest.len())])?;
    // A page that could name itself in ASCII is not in UTF-16.
    Some(encoding.output_encoding())
}

fn line_of(bytes: &[u8], at: usize) -> u32 {
    bytes[..at.min(bytes.len())].split(|b| *b == b'\n').count() as u32
}

#[cfg(test)]
mod tests {
    //! 1. text is read in UTF-8 and in the encodings that pages name;
    //! 2. each fault names its line, what was expected and what to do.

    use super::*;

    fn check(bytes: &[u8], expected: Result<&str, (u32, &str)>) {
        let folder = tempfile::tempdir().unwrap();
        let file = folder.path().join("page.html");
        fs::write(&file, bytes).unwrap();
        match (text(&file), expected) {
            (Ok(text), Ok(expected)) => assert_eq!(text, expected),
            (Err(finding), Err((line, what))) => {
                assert_eq!(finding.line, Some(line), "{finding}");
                assert!(finding.what.contains(what), "{finding}");
                assert!(!finding.expected.is_empty() && !finding.todo.is_empty());
            }
            (got, expected) => panic!("{got:?} is not {expected:?}"),
        }
    }

    #[test]
    fn decodes() {
        check("Café".as_bytes(), Ok("Café"));
        check(b"\xef\xbb\xbfBOM", Ok("BOM"));
        check(
            b"<meta charset=windows-1252>\x91so\x92",
            Ok("<meta charset=windows-1252>\u{2018}so\u{2019}"),
        );
        check(b"\xff\xfeh\0i\0", Ok("hi"));
    }

    #[test]
    fn refuses() {
        check(b"one\ntwo \x92", Err((2, "0x92 is not UTF-8")));
        check(b"<meta charset='utf-8'>\n\n\xe9", Err((3, "not UTF-8")));
        check(b" \n\t", Err((1, "empty")));
        check(b"\x89PNG\n\0\0", Err((2, "zero bytes")));
        check(b"<meta charset=shift_jis>\n\x81", Err((2, "names the encoding Shift_JIS")));
        check(&vec![b' '; LARGEST as usize + 1], Err((1, "too large")));
    }
}
