//! The whole build: sources read, indexes written, products published.

use std::fs;
use std::path::{Path, PathBuf};

use doorstep_chat::Data;
use doorstep_chat::build::DataError;
use doorstep_index::{Collection, Date, Index, Record};

use crate::config::Config;
use crate::products::{self, Manifest};
use crate::read::{self, Document, Progress};
use crate::report::{Finding, Severity, Summary};
use crate::vectors::write_index;

/// What a build did.
#[derive(Clone, Debug, Default)]
pub struct Outcome {
    /// What a person should know, in the order of sources and files.
    pub findings: Vec<Finding>,
    /// The build in numbers; without files if nothing was built.
    pub summary: Summary,
}

impl Outcome {
    /// 0 if all was read, 1 if something was left out or must be confirmed
    /// before it is published, 2 if nothing was built.
    pub fn exit_code(&self) -> u8 {
        let unconfirmed = |f: &Finding| f.severity == Severity::Unconfirmed;
        match (self.summary.files.is_empty(), self.summary.skipped) {
            (true, _) => 2,
            (false, 0) if !self.findings.iter().any(unconfirmed) => 0,
            (false, _) => 1,
        }
    }
}

/// Reads the sources of a configuration and writes its products.
///
/// Same sources, same bytes: nothing here reads a clock. Nothing is written
/// unless every index could be made. What nobody at the council has confirmed,
/// and what was to be reviewed before `today`, is told.
///
/// # Errors
/// Never by itself: what could not be done is a finding of severity
/// [`Severity::Skipped`].
pub fn build(config: &Config, today: Option<Date>, progress: &mut Progress<'_>) -> Outcome {
    let mut reading = read::read(config, progress);
    let data = data(&config.data, today, &mut reading.findings);
    let mut outcome = Outcome { findings: reading.findings, summary: Summary::default() };
    if let Some(data) = data
        && let Err(finding) = publish(config, &reading.documents, &data, &mut outcome.summary)
    {
        outcome.findings.push(finding);
        outcome.summary.files.clear();
    }
    outcome.summary.skipped =
        outcome.findings.iter().filter(|f| f.severity == Severity::Skipped).count();
    outcome
}

/// The council's data over the defaults; `None` if a file is wrong, since an
/// emergency card that was dropped would never be missed.
fn data(files: &[PathBuf], today: Option<Date>, findings: &mut Vec<Finding>) -> Option<Data> {
    let mut texts = Vec::new();
    let mut sound = true;
    for path in files {
        match fs::read_to_string(path) {
            Ok(text) => texts.push((path.display().to_string(), text)),
            Err(error) => {
                sound = false;
                findings.push(
                    Finding::new(Severity::Skipped, path, format!("cannot be read: {error}"))
                        .expected("a data file of [data]")
                        .todo("correct `files` in the configuration"),
                );
            }
        }
    }
    let named: Vec<(&str, &str)> = texts.iter().map(|(n, t)| (n.as_str(), t.as_str())).collect();
    let tell = |severity, error: DataError| {
        let line = u32::try_from(error.line).unwrap_or(u32::MAX);
        Finding::new(severity, error.file, error.message).at(line)
    };
    match Data::with_defaults(&named) {
        Ok(data) => {
            let due = today.map(|day| data.overdue(day)).unwrap_or_default();
            findings.extend(due.into_iter().map(|error| tell(Severity::Attention, error)));
            let open = data.unconfirmed().into_iter();
            let todo = "check them, then write confirmed = \"who, when\" in an entry with this id \
                        in a file of your own";
            findings.extend(open.map(|error| tell(Severity::Unconfirmed, error).todo(todo)));
            Some(data).filter(|_| sound)
        }
        Err(errors) => {
            let todo = "correct the data file: without it nothing is built";
            let wrong = errors.into_iter().map(|error| tell(Severity::Skipped, error).todo(todo));
            findings.extend(wrong);
            None
        }
    }
}

/// The documents of a language as one collection.
pub fn collection(documents: &[Document], lang: &str, data: Vec<u8>) -> Collection {
    let mut collection = Collection { lang: lang.to_owned(), data, ..Collection::default() };
    for document in documents.iter().filter(|d| d.lang == lang) {
        let page = collection.pages.len() as u32;
        collection.pages.push(document.page.clone());
        collection.records.extend(document.records.iter().map(|r| Record { page, ..r.clone() }));
    }
    collection
}

fn publish(
    config: &Config,
    documents: &[Document],
    data: &Data,
    summary: &mut Summary,
) -> Result<(), Finding> {
    let fault = |what: String| Finding::new(Severity::Skipped, &config.out, what);
    let mut collections = Vec::new();
    for lang in &config.languages {
        let collection = collection(documents, lang, data.to_bytes());
        if collection.records.is_empty() {
            continue;
        }
        let raw =
            write_index(&collection, &data.thesaurus).map_err(|error| fault(error.to_string()))?;
        let index = Index::open(&raw).map_err(|error| fault(error.to_string()))?;
        summary.pages += collection.pages.len();
        summary.records += collection.records.len();
        summary.terms += index.word_count() as usize;
        summary.text_bytes += collection.records.iter().map(|r| r.text.len() as u64).sum::<u64>();
        collections.push((collection, raw));
    }
    if collections.is_empty() {
        return Err(fault("nothing to build: no record was read".into())
            .expected("at least one page with words")
            .todo("look at the findings above and at the [[source]] entries"));
    }
    let mut manifest = Manifest {
        ask: "/ask/".to_owned(),
        contact: config.contact.clone(),
        privacy: config.privacy.clone(),
        memory: config.memory,
        ..Manifest::default()
    };
    let doorstep = config.out.join("doorstep");
    products::remove_old_indexes(&doorstep).map_err(|e| cannot_write(&doorstep, &e))?;
    let mut file = |path: &Path, bytes: &[u8]| -> Result<(), Finding> {
        products::write_file(path, bytes).map_err(|e| cannot_write(path, &e))?;
        summary.files.push((path.display().to_string(), bytes.len() as u64));
        Ok(())
    };
    for (collection, raw) in &collections {
        if let Some(folder) = &config.raw {
            file(&folder.join(format!("{}.index", collection.lang)), raw)?;
        }
        let module = products::index_module(raw);
        let name = format!("index.{}.{}.js", collection.lang, products::hash(module.as_bytes()));
        file(&doorstep.join(&name), module.as_bytes())?;
        manifest.index.insert(collection.lang.clone(), format!("./{name}"));
    }
    for (collection, _) in &collections {
        // The main language's pages stand at /ask/, others below it.
        let main = collection.lang == collections[0].0.lang;
        let at = if main { "ask".to_owned() } else { format!("ask/{}", collection.lang) };
        for (path, html) in products::ask_pages(config, collection, data, &at) {
            file(&config.out.join(path), html.as_bytes())?;
        }
    }
    manifest.build = products::hash(
        manifest.index.values().map(String::as_str).collect::<Vec<_>>().join(" ").as_bytes(),
    );
    let path = products::write_manifest(&doorstep, &manifest)
        .map_err(|e| cannot_write(&doorstep.join("manifest.js"), &e))?;
    summary.files.push((path.display().to_string(), manifest.to_module().len() as u64));
    Ok(())
}

fn cannot_write(path: &Path, error: &std::io::Error) -> Finding {
    Finding::new(Severity::Skipped, path, format!("cannot be written: {error}"))
        .expected("a folder that this user may write to")
        .todo("choose another folder with --out DIR")
}

#[cfg(test)]
mod tests;
