//! BM25F and BM25 (Robertson and Zaragoza 2009, doi:10.1561/1500000019) as
//! their formulas stand, for one question: no index, no postings, every text
//! looked at for every word.

use doorstep_text::{is_question_word, is_stop, stem};

type Words<'a> = Vec<&'a str>;

#[derive(Debug, Default)]
pub(crate) struct Site<'a> {
    pub(crate) pages: Vec<Page<'a>>,
}

#[derive(Clone, Debug, Default)]
pub(crate) struct Page<'a> {
    pub(crate) title: Words<'a>,
    pub(crate) aliases: Vec<Words<'a>>,
    pub(crate) records: Vec<Record<'a>>,
}

#[derive(Clone, Debug, Default)]
pub(crate) struct Record<'a> {
    pub(crate) section: Words<'a>,
    pub(crate) questions: Vec<Words<'a>>,
    pub(crate) text: Words<'a>,
}

/// What words in title, heading and questions count against one in the text.
const TITLE: f64 = 2.0;
const HEADING: f64 = 3.0;
const QUESTION: f64 = 2.0;
/// What a stop word counts against another word of the same rarity, and the
/// rarity beyond which it counts no more.
const STOP: f64 = 0.3;
const STOP_MOST: f64 = 1.0;

fn saturated(tf: f64, length: f64, average: f64) -> f64 {
    let (k1, b) = (1.2, 0.75);
    tf * (k1 + 1.0) / (tf + k1 * (1.0 - b + b * length / average.max(1.0)))
}

fn count(words: &[&str], stemmed: &str) -> f64 {
    words.iter().filter(|word| stem(word) == stemmed).count() as f64
}

fn mean(lengths: impl ExactSizeIterator<Item = f64>) -> f64 {
    let many = lengths.len().max(1) as f64;
    lengths.sum::<f64>() / many
}

impl Record<'_> {
    fn asked(&self) -> f64 {
        self.questions.iter().map(Vec::len).sum::<usize>() as f64
    }

    fn count_asked(&self, stemmed: &str) -> f64 {
        self.questions.iter().map(|words| count(words, stemmed)).sum()
    }

    fn length(&self) -> f64 {
        (self.section.len() + self.text.len()) as f64 + self.asked()
    }

    fn count(&self, stemmed: &str) -> f64 {
        count(&self.section, stemmed) + count(&self.text, stemmed) + self.count_asked(stemmed)
    }
}

impl Page<'_> {
    fn length(&self) -> f64 {
        self.title.len() as f64 + self.records.iter().map(Record::length).sum::<f64>()
    }

    /// Times in the title, or in the aliases if oftener.
    fn count_title(&self, stemmed: &str) -> f64 {
        let aliases: f64 = self.aliases.iter().map(|alias| count(alias, stemmed)).sum();
        count(&self.title, stemmed).max(aliases)
    }
}

/// A word of the question: its stem, its weight, whether it only asks.
struct Word {
    stem: String,
    weight: f64,
    asking: bool,
}

/// A site and a question.
pub(crate) struct Plain<'a> {
    site: &'a Site<'a>,
    all: Vec<(&'a Page<'a>, &'a Record<'a>)>,
    words: Vec<Word>,
}

impl<'a> Plain<'a> {
    pub(crate) fn new(site: &'a Site<'a>, asked: &[&str]) -> Plain<'a> {
        let all: Vec<_> = site
            .pages
            .iter()
            .flat_map(|page| page.records.iter().map(move |r| (page, r)))
            .collect();
        let mut once: Vec<&str> = Vec::new();
        for word in asked {
            if !once.contains(word) {
                once.push(word);
            }
        }
        let words = once.into_iter().map(|word| {
            let stemmed = stem(word);
            let records = all.iter().filter(|(_, record)| record.count(&stemmed) > 0.0).count();
            let pages = site.pages.iter().filter(|page| page.count_title(&stemmed) > 0.0).count();
            let (found, many) = (records.max(pages) as f64, all.len() as f64);
            let idf = (1.0 + (many - found + 0.5).max(0.0) / (found + 0.5)).ln();
            let weight = if is_stop(word) { STOP * idf.min(STOP_MOST) } else { idf };
            Word { stem: stemmed, weight, asking: is_question_word(word) }
        });
        let words = words.collect();
        Plain { site, all, words }
    }

    pub(crate) fn records(&self) -> u32 {
        self.all.len() as u32
    }

    /// The weighted sum over the question's words of what `of` says.
    fn sum(&self, of: impl Fn(&Word) -> f64) -> f64 {
        self.words.iter().map(|word| word.weight * of(word)).sum()
    }

    /// Times in the page's title; words that only ask say nothing of it.
    fn title(word: &Word, page: &Page<'_>) -> f64 {
        if word.asking { 0.0 } else { page.count_title(&word.stem) }
    }

    fn everywhere(word: &Word, page: &Page<'_>, record: &Record<'_>) -> f64 {
        count(&record.text, &word.stem)
            + HEADING * count(&record.section, &word.stem)
            + QUESTION * record.count_asked(&word.stem)
            + TITLE * Self::title(word, page)
    }

    fn heading(word: &Word, page: &Page<'_>, record: &Record<'_>) -> f64 {
        let questions = record.count_asked(&word.stem).min(1.0);
        count(&record.section, &word.stem) + questions + Self::title(word, page)
    }

    fn whole_page(word: &Word, page: &Page<'_>) -> f64 {
        let records: f64 = page.records.iter().map(|record| record.count(&word.stem)).sum();
        Self::title(word, page) + records
    }

    fn section_score(&self, n: u32) -> f64 {
        let length = |(p, r): &(&Page<'_>, &Record<'_>)| r.length() + p.title.len() as f64;
        let average = mean(self.all.iter().map(length));
        let here = self.all[n as usize];
        self.sum(|word| saturated(Self::everywhere(word, here.0, here.1), length(&here), average))
    }

    fn heading_score(&self, n: u32) -> f64 {
        let length = |(p, r): &(&Page<'_>, &Record<'_>)| (r.section.len() + p.title.len()) as f64;
        let average = mean(self.all.iter().map(length));
        let here = self.all[n as usize];
        self.sum(|word| saturated(Self::heading(word, here.0, here.1), length(&here), average))
    }

    fn page_score(&self, n: u32) -> f64 {
        let average = mean(self.site.pages.iter().map(Page::length));
        let page = self.all[n as usize].0;
        self.sum(|word| saturated(Self::whole_page(word, page), page.length(), average))
    }

    /// By which the records are chosen that are looked at closely.
    pub(crate) fn mixture(&self, n: u32) -> f64 {
        self.section_score(n) + 0.6 * self.page_score(n) + 0.3 * self.heading_score(n)
    }

    pub(crate) fn has_a_word(&self, n: u32) -> bool {
        let (page, record) = self.all[n as usize];
        self.words.iter().any(|word| Self::everywhere(word, page, record) > 0.0)
    }

    /// BM25F of the record, BM25 of its page and of title and heading, which
    /// the ranker sees against the best candidate's.
    pub(crate) fn scores(&self, n: u32) -> [f64; 3] {
        [self.section_score(n), self.page_score(n), self.heading_score(n)]
    }

    /// Shares of the question's weight that the record and its page cover.
    pub(crate) fn covered(&self, n: u32) -> [f64; 2] {
        let (page, record) = self.all[n as usize];
        let asked = self.sum(|_| 1.0).max(1e-6);
        let share = |of: &dyn Fn(&Word) -> f64| self.sum(|word| of(word).min(1.0)) / asked;
        [
            share(&|word| Self::everywhere(word, page, record)),
            share(&|word| Self::whole_page(word, page)),
        ]
    }
}
