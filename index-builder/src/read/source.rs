//! The sources of a configuration, one after the other.

use std::collections::{HashMap, HashSet};
use std::path::{Path, PathBuf};

use doorstep_index::{Page, PageKind, Record};
use url::Url;

use super::blocks::Block;
use super::html::{self, HtmlPage, Place};
use super::meta::Meta;
use super::words::key;
use super::{Document, Reading, blocks, file, foi, markdown, plain, qa, repeated};
use crate::config::{Config, Form, Source};
use crate::report::{Finding, Severity};

/// Told of each file before it is read: how many were, of how many, and which.
pub type Progress<'a> = dyn FnMut(usize, usize, &Path) + 'a;

/// Reads all sources of a configuration. Never fails: what cannot be read is a
/// finding of severity [`Severity::Skipped`].
///
/// Cost: one pass over the files; all pages of a source are in memory at once.
pub fn read(config: &Config, progress: &mut Progress<'_>) -> Reading {
    let mut reading = Reading::default();
    let listed: Vec<_> = config.sources.iter().map(|source| (source, file::list(source))).collect();
    let total = listed.iter().map(|(_, (files, _))| files.len()).sum();
    let mut site =
        Site { config, seen: HashMap::new(), common: HashSet::new(), reading: &mut reading };
    for (source, (files, findings)) in listed {
        site.reading.findings.extend(findings);
        let mut drafts = Vec::new();
        for file in files {
            progress(site.reading.files, total, &file);
            site.reading.files += 1;
            match file::text(&file) {
                Ok(text) => drafts.extend(site.draft(source, &file, &text)),
                Err(finding) => site.reading.findings.push(finding),
            }
        }
        repeated::drop_repeated(drafts.iter_mut().filter_map(|draft| match &mut draft.content {
            Content::Blocks(blocks) if draft.of_site => Some(blocks),
            _ => None,
        }));
        for draft in drafts {
            site.finish(source, draft);
        }
    }
    reading
}

/// A page before lines that repeat over its source are taken out.
struct Draft {
    file: PathBuf,
    meta: Meta,
    content: Content,
    /// Whether it is a page of the site, with the site's furniture.
    of_site: bool,
}

enum Content {
    Blocks(Vec<Block>),
    Lines(Vec<foi::Line>, Vec<Block>),
    Records(Vec<Record>),
}

struct Site<'a> {
    config: &'a Config,
    /// Addresses that were read, with their files.
    seen: HashMap<String, PathBuf>,
    /// Paragraphs that FOI responses share, as compared.
    common: HashSet<String>,
    reading: &'a mut Reading,
}

impl Site<'_> {
    fn draft(&mut self, source: &Source, file: &Path, text: &str) -> Vec<Draft> {
        let ending = file.extension().and_then(|e| e.to_str()).unwrap_or("").to_lowercase();
        let form = match (source.form, ending.as_str()) {
            (Form::Foi, "html" | "htm") => Form::Html,
            (Form::Foi, "md" | "markdown") => Form::Markdown,
            (form, _) => form,
        };
        let url = page_url(source, file, form);
        let place = Place {
            file,
            url: url.as_ref(),
            site: Some(&self.config.url),
            site_name: &self.config.name,
        };
        let draft =
            |meta, content, of_site| Draft { file: file.to_owned(), meta, content, of_site };
        match form {
            Form::Html => {
                let HtmlPage { meta, blocks, findings } = html::read(text, &place);
                self.reading.findings.extend(findings);
                vec![draft(meta, Content::Blocks(blocks), true)]
            }
            Form::Markdown => {
                self.markdown(text, &place).map_or_else(Vec::new, |(meta, blocks)| {
                    vec![draft(meta, Content::Blocks(blocks), false)]
                })
            }
            Form::Qa => {
                let (pages, findings) = qa::read(text, file, &source.url, Some(&self.config.url));
                self.reading.findings.extend(findings);
                pages
                    .into_iter()
                    .map(|page| draft(page.meta, Content::Records(page.records), false))
                    .collect()
            }
            Form::Foi | Form::Text => {
                let (title, blocks) = plain::page(text);
                let url = url.map(|u| super::links::shorten(&u, Some(&self.config.url)));
                let mut meta = Meta { url: url.unwrap_or_default(), ..Meta::default() };
                if form == Form::Foi {
                    let lines = foi::from_text(text);
                    return vec![draft(meta, Content::Lines(lines, blocks), false)];
                }
                meta.title = title;
                vec![draft(meta, Content::Blocks(blocks), false)]
            }
        }
    }

    fn markdown(&mut self, text: &str, place: &Place<'_>) -> Option<(Meta, Vec<Block>)> {
        let parsed = match markdown::read(text) {
            Ok(parsed) => parsed,
            Err((line, what)) => {
                self.reading.findings.push(
                    Finding::new(Severity::Skipped, place.file, what)
                        .at(line)
                        .expected("YAML between two lines of `---`")
                        .todo("correct the front matter at this line"),
                );
                return None;
            }
        };
        for (line, what, expected) in parsed.faults {
            self.reading.findings.push(
                Finding::new(Severity::Attention, place.file, what)
                    .at(line)
                    .expected(expected)
                    .todo("correct the front matter; the page was built without it"),
            );
        }
        let mut page = html::read(&format!("<main>{}</main>", parsed.html), place);
        let heading = page.meta.title;
        page.meta = parsed.meta;
        if page.meta.title.is_empty() {
            page.meta.title = heading;
        }
        if let Some(base) = place.url {
            let own = Some(page.meta.url.as_str()).filter(|u| !u.is_empty());
            if let Ok(url) = base.join(own.unwrap_or("")) {
                page.meta.url = super::links::shorten(&url, place.site);
            }
        }
        Some((page.meta, page.blocks))
    }

    fn finish(&mut self, source: &Source, draft: Draft) {
        let Draft { file, meta, content, .. } = draft;
        if meta.noindex {
            let note = Finding::new(Severity::Note, &file, "left out: it asks not to be indexed");
            self.reading.findings.push(note);
            return;
        }
        let lang = if meta.lang.is_empty() { source.lang.clone() } else { meta.lang.clone() };
        if !self.config.languages.contains(&lang) {
            self.reading.findings.push(
                Finding::new(
                    Severity::Note,
                    &file,
                    format!("left out: it is in the language `{lang}`"),
                )
                .expected(format!("one of {}", self.config.languages.join(", ")))
                .todo("add the language to `languages` of [site] to build an index for it"),
            );
            return;
        }
        let says_foi = meta.kind == Some(PageKind::Foi);
        let mut page = meta.into_page(&Page {
            source: source.name.clone(),
            owner: source.owner.clone(),
            topics: source.topics.clone(),
            kind: source.kind,
            title: source.title.clone(),
            ..Page::default()
        });
        let records = match content {
            Content::Records(records) => records,
            Content::Lines(lines, blocks) => self.foi(&file, lines, &blocks, &mut page, says_foi),
            Content::Blocks(blocks) if page.kind == PageKind::Foi => {
                self.foi(&file, foi::from_blocks(&blocks), &blocks, &mut page, says_foi)
            }
            Content::Blocks(blocks) => blocks::records(&blocks),
        };
        if records.is_empty() {
            self.reading.findings.push(
                Finding::new(Severity::Skipped, &file, "no words were found in its main content")
                    .at(1)
                    .expected("text in <main>, outside navigation and hidden blocks")
                    .todo("look at the page, or leave it out with `exclude` or noindex"),
            );
            return;
        }
        if page.title.is_empty() {
            page.title =
                file.file_stem().map(|s| s.to_string_lossy().into_owned()).unwrap_or_default();
        }
        if source.form != Form::Qa {
            if let Some(first) = self.seen.get(&page.url) {
                self.reading.findings.push(
                    Finding::new(
                        Severity::Attention,
                        &file,
                        format!("left out: {} has the same address, {}", first.display(), page.url),
                    )
                    .expected("an address of its own for each page")
                    .todo("correct its <link rel=\"canonical\">, or leave it out with `exclude`"),
                );
                return;
            }
            self.seen.insert(page.url.clone(), file.clone());
        }
        self.reading.documents.push(Document { page, lang, records, file });
    }

    /// The records of an FOI response; of a document that is none after all,
    /// those of its blocks.
    fn foi(
        &mut self,
        file: &Path,
        lines: Vec<foi::Line>,
        blocks: &[Block],
        page: &mut Page,
        says_foi: bool,
    ) -> Vec<Record> {
        let response = foi::read(lines, &page.title);
        for problem in &response.problems {
            let finding = Finding::new(Severity::Attention, file, problem.clone());
            self.reading
                .findings
                .push(finding.todo("look at the response; the rest of it was built"));
        }
        if page.title.is_empty() {
            page.title.clone_from(&response.title);
        }
        if response.records.is_empty() {
            // A notice among responses is a page like others.
            if !says_foi && !response.asked && response.problems.is_empty() {
                page.kind = PageKind::Page;
            }
            return if response.asked { Vec::new() } else { blocks::records(blocks) };
        }
        page.updated = page.updated.or(response.date);
        if !response.reference.is_empty() && !page.aliases.contains(&response.reference) {
            page.aliases.push(response.reference);
        }
        let mut records = response.records;
        // What responses share word for word stands with the first of them.
        records.retain(|r| !foi::is_shared(r) || self.common.insert(key(&r.text)));
        records.extend(response.common.into_iter().filter(|r| self.common.insert(key(&r.text))));
        records
    }
}

/// Address of a page by the name of its file.
fn page_url(source: &Source, file: &Path, form: Form) -> Option<Url> {
    if source.path == file && source.url.path() != "/" {
        return Some(source.url.clone());
    }
    let relative = if source.path == file {
        PathBuf::from(file.file_name()?)
    } else {
        file.strip_prefix(&source.path).ok()?.to_owned()
    };
    let mut parts: Vec<String> =
        relative.components().map(|c| c.as_os_str().to_string_lossy().into_owned()).collect();
    let name = parts.pop()?;
    let stem = name.rsplit_once('.').map_or(name.as_str(), |(stem, _)| stem);
    match form {
        _ if stem == "index" => parts.push(String::new()),
        Form::Html => parts.push(name),
        _ => parts.extend([stem.to_owned(), String::new()]),
    }
    let mut url = source.url.clone();
    url.path_segments_mut().ok()?.pop_if_empty().extend(&parts);
    Some(url)
}

#[cfg(test)]
mod tests;
