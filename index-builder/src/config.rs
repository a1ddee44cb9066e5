//! `doorstep.toml`: what is read, and where the products go.

use std::fmt;
use std::ops::Range;
use std::path::{Path, PathBuf};

use doorstep_index::PageKind;
use serde::Deserialize;
use toml::Spanned;
use url::Url;

/// The configuration, checked, with paths that work from where the command
/// runs.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Config {
    /// Name of the site, as it stands at the end of its titles.
    pub name: String,
    /// Address of the site.
    pub url: Url,
    /// Languages that get an index, the main one first; pages in others are
    /// left out.
    pub languages: Vec<String>,
    /// Page with the ways to reach a person.
    pub contact: String,
    /// The page on how the assistant handles a question; empty if there is
    /// none.
    pub privacy: String,
    /// Whether the conversation follows a resident from page to page in the
    /// same tab.
    pub memory: bool,
    /// Stylesheets of the site, for the generated pages.
    pub stylesheets: Vec<String>,
    /// What is read.
    pub sources: Vec<Source>,
    /// The council's data files for the conversation, in order.
    pub data: Vec<PathBuf>,
    /// The folder that is published.
    pub out: PathBuf,
    /// Where the raw indexes go, if they are wanted.
    pub raw: Option<PathBuf>,
}

/// What form a source has.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum Form {
    /// Built HTML pages.
    Html,
    /// Markdown with front matter.
    Markdown,
    /// Questions and answers in CSV, TSV or JSON.
    Qa,
    /// FOI responses, in HTML or text.
    Foi,
    /// Plain text.
    Text,
}

/// One thing that is read: a folder or a file.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Source {
    /// Its form.
    pub form: Form,
    /// The folder or file.
    pub path: PathBuf,
    /// Patterns of the files in the folder, relative to it; empty means all
    /// that have the form's usual endings.
    pub include: Vec<String>,
    /// Patterns of files that are left out.
    pub exclude: Vec<String>,
    /// Who publishes it.
    pub name: String,
    /// Address of the folder's pages (of the page, for a question-and-answer
    /// file).
    pub url: Url,
    /// Title of the page that a question-and-answer file makes.
    pub title: String,
    /// Owner of pages that name none.
    pub owner: String,
    /// Topics of pages that name none.
    pub topics: Vec<String>,
    /// Kind of pages that name none.
    pub kind: PageKind,
    /// Language of pages that name none.
    pub lang: String,
}

/// What is wrong with a configuration file.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ConfigError {
    /// The file.
    pub file: PathBuf,
    /// The line, from 1, where the fault has one.
    pub line: Option<u32>,
    /// What is wrong, what was expected and what to do.
    pub message: String,
}

impl fmt::Display for ConfigError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}", self.file.display())?;
        if let Some(line) = self.line {
            write!(f, ":{line}")?;
        }
        write!(f, ": {}", self.message)
    }
}

impl std::error::Error for ConfigError {}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct RawConfig {
    site: RawSite,
    #[serde(default)]
    output: RawOutput,
    #[serde(default, rename = "source")]
    sources: Vec<Spanned<RawSource>>,
    #[serde(default)]
    data: RawData,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct RawSite {
    name: String,
    url: Spanned<String>,
    languages: Option<Spanned<Vec<String>>>,
    contact: Option<String>,
    #[serde(default)]
    privacy: String,
    memory: Option<bool>,
    #[serde(default)]
    stylesheets: Vec<String>,
}

#[derive(Default, Deserialize)]
#[serde(deny_unknown_fields)]
struct RawOutput {
    folder: Option<PathBuf>,
    raw: Option<PathBuf>,
}

#[derive(Default, Deserialize)]
#[serde(deny_unknown_fields)]
struct RawData {
    #[serde(default)]
    files: Vec<PathBuf>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct RawSource {
    kind: Form,
    path: PathBuf,
    #[serde(default)]
    include: Vec<Spanned<String>>,
    #[serde(default)]
    exclude: Vec<Spanned<String>>,
    name: Option<String>,
    url: Option<Spanned<String>>,
    #[serde(default)]
    title: String,
    #[serde(default)]
    owner: String,
    #[serde(default)]
    topics: Vec<String>,
    page_kind: Option<PageKind>,
    lang: Option<String>,
}

impl Config {
    /// The configuration in a file; its paths are relative to the file.
    ///
    /// # Errors
    /// [`ConfigError`] with the line of what cannot be read or used.
    pub fn load(file: &Path) -> Result<Config, ConfigError> {
        let text = std::fs::read_to_string(file).map_err(|error| ConfigError {
            file: file.to_owned(),
            line: None,
            message: format!("{error}\n  hint: name the configuration with --config FILE"),
        })?;
        Config::parse(&text, file)
    }

    /// The configuration in a text; `file` is named in errors, and relative
    /// paths start beside it.
    ///
    /// # Errors
    /// As [`Config::load`].
    pub fn parse(text: &str, file: &Path) -> Result<Config, ConfigError> {
        let fault = |span: Option<Range<usize>>, message: String| ConfigError {
            file: file.to_owned(),
            line: span.map(|span| line_of(text, span.start)),
            message,
        };
        let raw: RawConfig = toml::from_str(text)
            .map_err(|error| fault(error.span(), error.message().trim().to_owned()))?;
        let folder = file.parent().unwrap_or(Path::new(""));
        let site_url = parse_url(&raw.site.url, &fault)?;
        let languages = match raw.site.languages {
            None => vec!["en".to_owned()],
            Some(list) if list.as_ref().is_empty() => {
                return Err(fault(
                    Some(list.span()),
                    "expected at least one language, such as \"en\"".into(),
                ));
            }
            Some(list) => list.into_inner(),
        };
        let mut sources = Vec::new();
        for source in raw.sources {
            let span = source.span();
            let source = source.into_inner();
            for glob in source.include.iter().chain(&source.exclude) {
                if let Err(error) = globset::Glob::new(glob.as_ref()) {
                    return Err(fault(
                        Some(glob.span()),
                        format!("{error}; expected a pattern such as \"**/*.html\""),
                    ));
                }
            }
            let own =
                |globs: Vec<Spanned<String>>| globs.into_iter().map(Spanned::into_inner).collect();
            let path = folder.join(&source.path);
            if source.kind == Form::Qa && source.url.is_none() {
                return Err(fault(
                    Some(span),
                    "a source of kind \"qa\" needs a url: the page that shows its questions".into(),
                ));
            }
            let default_kind = match source.kind {
                Form::Foi => PageKind::Foi,
                Form::Qa => PageKind::Faq,
                Form::Html | Form::Markdown | Form::Text => PageKind::Page,
            };
            sources.push(Source {
                form: source.kind,
                path,
                include: own(source.include),
                exclude: own(source.exclude),
                name: source.name.unwrap_or_else(|| raw.site.name.clone()),
                url: match &source.url {
                    Some(url) => site_url.join(url.as_ref()).map_err(|error| {
                        fault(Some(url.span()), format!("{error}; expected an address such as \"/faq/\" or \"https://www.example.gov.uk/\""))
                    })?,
                    None => site_url.clone(),
                },
                title: source.title,
                owner: source.owner,
                topics: source.topics,
                kind: source.page_kind.unwrap_or(default_kind),
                lang: source.lang.unwrap_or_else(|| languages[0].clone()),
            });
        }
        if sources.is_empty() {
            return Err(fault(
                None,
                "no [[source]]; expected at least one, with kind and path".into(),
            ));
        }
        Ok(Config {
            name: raw.site.name,
            url: site_url,
            languages,
            contact: raw.site.contact.unwrap_or_else(|| "/contact/".to_owned()),
            privacy: raw.site.privacy,
            memory: raw.site.memory.unwrap_or(true),
            stylesheets: raw.site.stylesheets,
            sources,
            data: raw.data.files.iter().map(|path| folder.join(path)).collect(),
            out: folder.join(raw.output.folder.unwrap_or_else(|| "dist".into())),
            raw: raw.output.raw.map(|path| folder.join(path)),
        })
    }
}

fn parse_url(
    url: &Spanned<String>,
    fault: &dyn Fn(Option<Range<usize>>, String) -> ConfigError,
) -> Result<Url, ConfigError> {
    let wrong = |why: String| {
        fault(
            Some(url.span()),
            format!("{why}; expected an address such as \"https://www.example.gov.uk\""),
        )
    };
    let parsed = Url::parse(url.as_ref()).map_err(|error| wrong(error.to_string()))?;
    if matches!(parsed.scheme(), "http" | "https") {
        Ok(parsed)
    } else {
        Err(wrong("not a web address".into()))
    }
}

fn line_of(text: &str, at: usize) -> u32 {
    text.get(..at).unwrap_or(text).matches('\n').count() as u32 + 1
}

#[cfg(test)]
mod tests {
    //! 1. a whole configuration is read, with defaults and paths beside the file;
    //! 2. each fault names its line and what was expected.

    use super::*;

    const SITE: &str = "[site]\nname = \"Larkmere\"\nurl = \"https://www.larkmere.example\"\n";

    fn check(text: &str, line: Option<u32>, message: &str) {
        let error = Config::parse(text, Path::new("conf/doorstep.toml")).unwrap_err();
        assert_eq!(error.line, line, "{error}");
        assert!(error.message.contains(message), "{error}");
    }

    #[test]
    fn reads_a_configuration() {
        let text = format!(
            "{SITE}[output]\nraw = \"raw\"\n[data]\nfiles = [\"a.toml\"]\n[[source]]\nkind = \"html\"\npath = \"site\"\n[[source]]\nkind = \"qa\"\npath = \"faq.csv\"\nurl = \"/faq/\"\nname = \"Other\"\n"
        );
        let config = Config::parse(&text, Path::new("conf/doorstep.toml")).unwrap();
        assert_eq!(config.out, Path::new("conf/dist"));
        assert_eq!(config.raw.as_deref(), Some(Path::new("conf/raw")));
        assert_eq!(config.data, [Path::new("conf/a.toml")]);
        assert_eq!(config.languages, ["en"]);
        let [html, qa] = &config.sources[..] else { panic!("two sources") };
        assert_eq!((html.path.as_path(), html.name.as_str()), (Path::new("conf/site"), "Larkmere"));
        assert_eq!(
            (qa.url.as_str(), qa.kind),
            ("https://www.larkmere.example/faq/", PageKind::Faq)
        );
    }

    #[test]
    fn names_faults() {
        check("", Some(1), "site");
        check("[site\n", Some(1), "");
        check("[site]\nname = \"L\"\nurl = \"larkmere\"\n", Some(3), "expected an address");
        check("[site]\nname = \"L\"\nurl = \"ftp://a.example\"\n", Some(3), "not a web address");
        check(SITE, None, "no [[source]]");
        check(&format!("{SITE}colour = 1\n"), Some(4), "colour");
        check(&format!("{SITE}[[source]]\nkind = \"pdf\"\npath = \"x\"\n"), Some(5), "pdf");
        check(&format!("{SITE}[[source]]\nkind = \"qa\"\npath = \"x\"\n"), Some(4), "needs a url");
        check(
            &format!("{SITE}[[source]]\nkind = \"html\"\npath = \"x\"\ninclude = [\n\"a[\"]\n"),
            Some(8),
            "pattern",
        );
        check(&format!("{SITE}languages = []\n"), Some(4), "at least one");
    }
}
