//! What is in an index file, for people.

use std::fmt::Write;
use std::path::Path;

use doorstep_index::{Index, VERSION};

use crate::ask::{FileError, index_bytes};

/// A summary of an index file: what it holds, and what each of its sections
/// costs.
///
/// # Errors
/// The file cannot be read, or is no index that this program can open.
pub fn summary(file: &Path) -> Result<String, FileError> {
    let bytes = index_bytes(file)?;
    let index = Index::open(&bytes).map_err(|error| FileError::new(file, error))?;
    let mut out = String::new();
    let mut line = |name: &str, value: &str| {
        let _ = writeln!(out, "{name:<12} {value}");
    };
    let records: Vec<_> = (0..index.record_count()).map(|n| index.record(n)).collect();
    let text: usize = records.iter().map(|r| r.text.len()).sum();
    let linked: usize = records.iter().map(|r| r.links.len()).sum();
    line("format", &format!("version {VERSION}"));
    line("language", index.lang());
    line("pages", &number(index.pages().len()));
    line("records", &number(records.len()));
    line("words", &number(index.word_count() as usize));
    line("text", &format!("{} bytes", number(text)));
    line("links", &number(linked));
    line("thesaurus", &format!("{} groups", number(index.thesaurus().groups())));
    line("data", &format!("{} bytes", number(index.data().len())));
    let mut owners: Vec<(&str, usize)> = Vec::new();
    for page in index.pages() {
        let owner = if page.owner.is_empty() { "(no owner)" } else { &page.owner };
        match owners.iter_mut().find(|(name, _)| *name == owner) {
            Some((_, count)) => *count += 1,
            None => owners.push((owner, 1)),
        }
    }
    out.push_str("\nsection         bytes\n");
    for (name, size) in index.sections() {
        let _ = writeln!(out, "{name:<12} {:>8}", number(size));
    }
    out.push_str("\npages  owner\n");
    owners.sort_by_key(|(name, count)| (std::cmp::Reverse(*count), *name));
    for (name, count) in owners {
        let _ = writeln!(out, "{count:>5}  {name}");
    }
    Ok(out)
}

/// Everything in an index file as text.
///
/// # Errors
/// As [`summary`].
pub fn dump(file: &Path) -> Result<String, FileError> {
    let bytes = index_bytes(file)?;
    let index = Index::open(&bytes).map_err(|error| FileError::new(file, error))?;
    Ok(index.dump())
}

/// A number with commas between thousands.
pub fn number(n: usize) -> String {
    let digits = n.to_string();
    let mut out = String::new();
    for (at, digit) in digits.chars().enumerate() {
        if at > 0 && (digits.len() - at).is_multiple_of(3) {
            out.push(',');
        }
        out.push(digit);
    }
    out
}

#[cfg(test)]
mod tests {
    //! 1. a summary counts what is there; 2. numbers are parted by thousands.

    use super::*;
    use doorstep_index::{Collection, Page, Record, write};

    #[test]
    fn counts() {
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join("en.index");
        let collection = Collection {
            lang: "en".into(),
            pages: vec![Page { owner: "Waste".into(), ..Page::default() }],
            records: vec![Record { text: "Blue bins".into(), ..Record::default() }],
            data: Vec::new(),
        };
        std::fs::write(&path, write(&collection).unwrap()).unwrap();
        let summary = summary(&path).unwrap();
        assert!(
            summary.contains("records      1\n") && summary.contains("    1  Waste\n"),
            "{summary}"
        );
    }

    fn check(n: usize, expected: &str) {
        assert_eq!(number(n), expected);
    }

    #[test]
    fn parts_thousands() {
        check(0, "0");
        check(999, "999");
        check(1000, "1,000");
        check(1_234_567, "1,234,567");
    }
}
