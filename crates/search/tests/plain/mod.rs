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
const STOP_MOST: f64 = 0.8;

fn saturated(tf: f64, length: f64, average: f64) -> f64 {
    let (k1, b) = (1.2, 0.75);
    tf * (k1 + 1.0) / (tf + k1 * (1.0 - b + b * length / average.max(1.0)))
}

/// What a synonym counts against the word itself.
const SYNONYM: f64 = 0.6;

fn count(words: &[&str], stemmed: &str) -> f64 {
    words.iter().filter(|word| stem(word) == stemmed).count() as f64
}

/// Of several words, the fewest times that one of them stands there.
fn fewest(phrase: &[String], of: impl Fn(&str) -> f64) -> f64 {
    phrase.iter().map(|word| of(word)).fold(f64::INFINITY, f64::min)
}

/// A group of the thesaurus: phrases that may be asked, and what they are also
/// looked for as.
#[derive(Clone, Debug)]
pub(crate) struct Group<'a> {
    pub(crate) from: Vec<Words<'a>>,
    pub(crate) to: Vec<Words<'a>>,
}

fn stems(phrase: &[&str]) -> Vec<String> {
    phrase.iter().map(|word| stem(word)).collect()
}

fn mean(lengths: impl ExactSizeIterator<Item = f64>) -> f64 {
    let many = lengths.len().max(1) as f64;
    lengths.sum::<f64>() / many
}

impl Record<'_> {
    fn asked(&self) -> f64 {
        self.questions.iter().map(Vec::len).sum::<usize>() as f64
    }

    fn count_section(&self, phrase: &[String]) -> f64 {
        fewest(phrase, |word| count(&self.section, word))
    }

    fn count_text(&self, phrase: &[String]) -> f64 {
        fewest(phrase, |word| count(&self.text, word))
    }

    fn count_asked(&self, phrase: &[String]) -> f64 {
        fewest(phrase, |word| self.questions.iter().map(|words| count(words, word)).sum())
    }

    fn length(&self) -> f64 {
        (self.section.len() + self.text.len()) as f64 + self.asked()
    }

    fn count(&self, phrase: &[String]) -> f64 {
        self.count_section(phrase) + self.count_text(phrase) + self.count_asked(phrase)
    }
}

impl Page<'_> {
    fn length(&self) -> f64 {
        self.title.len() as f64 + self.records.iter().map(Record::length).sum::<f64>()
    }

    /// Times in the title, or in the aliases if oftener.
    fn count_title(&self, phrase: &[String]) -> f64 {
        let aliases = |word: &str| self.aliases.iter().map(|alias| count(alias, word)).sum::<f64>();
        fewest(phrase, |word| count(&self.title, word)).max(fewest(phrase, aliases))
    }

    /// Whether the words of a phrase stand side by side in its title or
    /// another of its names.
    fn is_called(&self, phrase: &[String]) -> bool {
        let mut names = [&self.title].into_iter().chain(&self.aliases).map(|text| stems(text));
        names.any(|name| name.windows(phrase.len()).any(|window| window == phrase))
    }

    /// Whether the words of a phrase stand side by side in one of its texts.
    fn has(&self, phrase: &[String]) -> bool {
        let own = [&self.title].into_iter().chain(&self.aliases);
        let of_records = self.records.iter().flat_map(|record| {
            [&record.section, &record.text].into_iter().chain(&record.questions)
        });
        let mut texts = own.chain(of_records).map(|text| stems(text));
        texts.any(|text| text.windows(phrase.len()).any(|window| window == phrase))
    }
}

/// A word of the question: what it may mean with what that counts,
/// its weight, whether it only asks.
struct Word {
    meanings: Vec<(Vec<String>, f64)>,
    weight: f64,
    asking: bool,
}

impl Word {
    /// What it counts somewhere, of how often each of its meanings stands there.
    fn count(&self, of: impl Fn(&[String]) -> f64) -> f64 {
        self.meanings.iter().map(|(phrase, weight)| weight * of(phrase)).sum()
    }
}

pub(crate) struct Plain<'a> {
    site: &'a Site<'a>,
    all: Vec<(&'a Page<'a>, &'a Record<'a>)>,
    words: Vec<Word>,
}

impl<'a> Plain<'a> {
    pub(crate) fn new(site: &'a Site<'a>, asked: &[&str], thesaurus: &[Group<'_>]) -> Plain<'a> {
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
        let synonyms = synonyms(site, asked, thesaurus);
        let words = once.into_iter().map(|word| {
            let mut meanings = vec![(vec![stem(word)], 1.0)];
            let meant = synonyms
                .iter()
                .filter(|(of, to)| *of == word && !is_stop(of) && !to.contains(&stem(word)));
            meanings.extend(meant.map(|(_, to)| (to.clone(), SYNONYM)));
            let many = all.len() as f64;
            let found = meanings.iter().map(|(phrase, _)| {
                let records = all.iter().filter(|(_, record)| record.count(phrase) > 0.0).count();
                let pages = site.pages.iter().filter(|page| page.count_title(phrase) > 0.0).count();
                records.max(pages) as f64
            });
            let found = found.fold(0.0, f64::max);
            let idf = (1.0 + (many - found + 0.5).max(0.0) / (found + 0.5)).ln();
            let weight = if is_stop(word) { STOP * idf.min(STOP_MOST) } else { idf };
            Word { meanings, weight, asking: is_question_word(word) }
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
        if word.asking { 0.0 } else { word.count(|phrase| page.count_title(phrase)) }
    }

    fn everywhere(word: &Word, page: &Page<'_>, record: &Record<'_>) -> f64 {
        word.count(|phrase| {
            record.count_text(phrase)
                + HEADING * record.count_section(phrase)
                + QUESTION * record.count_asked(phrase)
        }) + TITLE * Self::title(word, page)
    }

    fn heading(word: &Word, page: &Page<'_>, record: &Record<'_>) -> f64 {
        let questions = word.count(|phrase| record.count_asked(phrase)).min(1.0);
        word.count(|phrase| record.count_section(phrase)) + questions + Self::title(word, page)
    }

    fn whole_page(word: &Word, page: &Page<'_>) -> f64 {
        let of_records = |phrase: &[String]| page.records.iter().map(|r| r.count(phrase)).sum();
        Self::title(word, page) + word.count(of_records)
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

    /// Shares of the question's weight that the record, its page, and its
    /// title and heading cover.
    pub(crate) fn covered(&self, n: u32) -> [f64; 3] {
        let (page, record) = self.all[n as usize];
        let asked = self.sum(|_| 1.0).max(1e-6);
        let share = |of: &dyn Fn(&Word) -> f64| self.sum(|word| of(word).min(1.0)) / asked;
        [
            share(&|word| Self::everywhere(word, page, record)),
            share(&|word| Self::whole_page(word, page)),
            share(&|word| Self::heading(word, page, record)),
        ]
    }
}

/// Which words of the question mean what else: of the phrases that begin at a
/// word the longest counts, and its words begin no other. Stop words may stand
/// between; no phrase has any.
fn synonyms<'q>(
    site: &Site<'_>,
    asked: &[&'q str],
    thesaurus: &[Group<'_>],
) -> Vec<(&'q str, Vec<String>)> {
    let mut out: Vec<(&str, Vec<String>)> = Vec::new();
    let asked: Vec<&str> = asked.iter().copied().filter(|word| !is_stop(word)).collect();
    let mut at = 0;
    while at < asked.len() {
        let rest = stems(&asked[at..]);
        let mut best: (usize, Vec<Vec<String>>) = (0, Vec::new());
        for group in thesaurus {
            let to: Vec<Vec<String>> = group.to.iter().map(|phrase| stems(phrase)).collect();
            let stands = |phrase: &Vec<String>| site.pages.iter().any(|page| page.has(phrase));
            let to: Vec<Vec<String>> = to.into_iter().filter(stands).collect();
            for from in group.from.iter().map(|phrase| stems(phrase)) {
                let titled = to.contains(&from) && site.pages.iter().any(|p| p.is_called(&from));
                let leads = !titled && to.iter().any(|phrase| *phrase != from);
                if leads && rest.starts_with(&from) && from.len() > best.0 {
                    best = (from.len(), to.clone());
                }
            }
        }
        for word in &asked[at..at + best.0] {
            for phrase in &best.1 {
                if !out.contains(&(word, phrase.clone())) {
                    out.push((word, phrase.clone()));
                }
            }
        }
        at += best.0.max(1);
    }
    out
}
