//! Where each term stands, built in memory in one pass over the text.
//!
//! A *term* is what words share that mean the same to a search: their stem.
//! Postings stand in one flat array ordered by term, so that opening allocates
//! a handful of times whatever the size.

use std::collections::HashMap;

use doorstep_text::stem;

use crate::error::Corrupt;
use crate::numbers;
use crate::vocabulary::{END, NO_WORD, Vocabulary};

/// The parts of a site that words are counted in.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Field {
    /// A page's title.
    Title,
    /// Other names of a page.
    Alias,
    /// A record's heading path or question.
    Section,
    /// Other ways to ask for a record.
    Question,
    /// A record's text.
    Body,
}

/// How often a term stands in one record, by field; at most 255 are counted.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Posting {
    /// The record.
    pub record: u32,
    /// Times in the section heading.
    pub section: u8,
    /// Times in the alternative questions.
    pub question: u8,
    /// Times in the text.
    pub body: u8,
}

/// How often a term stands in a page's own fields.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct PagePosting {
    /// The page.
    pub page: u32,
    /// Times in the title.
    pub title: u8,
    /// Times in the aliases.
    pub alias: u8,
}

/// Lengths of a record's fields, in words.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Lengths {
    /// Of the section heading.
    pub section: u32,
    /// Of the alternative questions together.
    pub question: u32,
    /// Of the text.
    pub body: u32,
}

/// The inverted index.
pub struct Postings {
    /// Of each folded word, its term.
    term_of_word: Vec<u32>,
    term_of_stem: HashMap<String, u32>,
    records: Vec<Posting>,
    /// Of each term, where its postings begin; one more at the end.
    record_starts: Vec<u32>,
    pages: Vec<PagePosting>,
    page_starts: Vec<u32>,
    lengths: Vec<Lengths>,
    title_lengths: Vec<u32>,
    page_of: Vec<u32>,
}

impl Postings {
    /// How many terms there are; they are numbered from 0.
    pub fn terms(&self) -> u32 {
        self.term_of_stem.len() as u32
    }

    /// Term whose words have this stem, if the site has any.
    pub fn term_of_stem(&self, stem: &str) -> Option<u32> {
        self.term_of_stem.get(stem).copied()
    }

    /// Term of the folded word number `word`; `None` if there is no such word.
    pub fn term_of(&self, word: u32) -> Option<u32> {
        self.term_of_word.get(word as usize).copied()
    }

    /// Postings of a term in records, by record; empty if there is no such
    /// term.
    pub fn records(&self, term: u32) -> &[Posting] {
        slice(&self.records, &self.record_starts, term)
    }

    /// Postings of a term in pages' titles and aliases, by page.
    pub fn pages(&self, term: u32) -> &[PagePosting] {
        slice(&self.pages, &self.page_starts, term)
    }

    /// Lengths of each record's fields.
    pub fn lengths(&self) -> &[Lengths] {
        &self.lengths
    }

    /// Length of each page's title, in words.
    pub fn title_lengths(&self) -> &[u32] {
        &self.title_lengths
    }

    /// Of each record, its page.
    pub fn page_of(&self) -> &[u32] {
        &self.page_of
    }

    /// How many postings there are in records, and in pages.
    pub fn counts(&self) -> (usize, usize) {
        (self.records.len(), self.pages.len())
    }
}

fn slice<'a, T>(all: &'a [T], starts: &[u32], term: u32) -> &'a [T] {
    let term = term as usize;
    match starts.get(term..term + 2) {
        Some(&[from, to]) => all.get(from as usize..to as usize).unwrap_or_default(),
        _ => &[],
    }
}

/// One occurrence: term, field and the record or page it stands in.
struct Occurrence {
    term: u32,
    place: u32,
    field: Field,
}

/// Builds [`Postings`] while the text is walked once.
pub(crate) struct Inverter<'a> {
    vocabulary: &'a Vocabulary,
    text: &'a [u8],
    term_of_word: Vec<u32>,
    term_of_stem: HashMap<String, u32>,
    /// In the order of the text, so by place within each term.
    occurrences: Vec<Occurrence>,
    lengths: Vec<Lengths>,
    title_lengths: Vec<u32>,
    /// Of each term, its last occurrence's number, field and place packed: to
    /// count repetitions without a second occurrence.
    counts: Vec<u8>,
    last: Vec<u32>,
}

impl<'a> Inverter<'a> {
    pub(crate) fn new(vocabulary: &'a Vocabulary, text: &'a [u8]) -> Inverter<'a> {
        let words = vocabulary.words();
        let mut term_of_stem: HashMap<String, u32> = HashMap::with_capacity(words.len());
        let mut term_of_word = Vec::with_capacity(words.len());
        for i in 0..words.len() {
            let fresh = term_of_stem.len() as u32;
            term_of_word.push(*term_of_stem.entry(stem(words.get(i))).or_insert(fresh));
        }
        let terms = term_of_stem.len();
        Inverter {
            vocabulary,
            text,
            term_of_word,
            term_of_stem,
            occurrences: Vec::with_capacity(text.len() / 3),
            lengths: Vec::new(),
            title_lengths: Vec::new(),
            counts: Vec::with_capacity(text.len() / 3),
            last: vec![u32::MAX; terms],
        }
    }

    /// Counts the words of the text at `at`, which belongs to record or page
    /// `place`; where the text ends.
    pub(crate) fn text(
        &mut self,
        field: Field,
        place: u32,
        mut at: usize,
    ) -> Result<usize, Corrupt> {
        let mut length = 0;
        loop {
            let (number, next) = numbers::read(self.text, at).ok_or(numbers::ENDS_EARLY)?;
            at = next;
            if number == END {
                break;
            }
            let unknown = Corrupt { section: "text", reason: "holds a number without a form" };
            let word = *self.vocabulary.word_of.get(number as usize).ok_or(unknown)?;
            if word == NO_WORD {
                continue;
            }
            length += 1;
            let term = self.term_of_word[word as usize];
            let last = self.last[term as usize] as usize;
            match self.occurrences.get(last) {
                Some(o) if o.place == place && o.field == field => {
                    self.counts[last] = self.counts[last].saturating_add(1);
                }
                _ => {
                    self.last[term as usize] = self.occurrences.len() as u32;
                    self.occurrences.push(Occurrence { term, place, field });
                    self.counts.push(1);
                }
            }
        }
        self.add_length(field, place, length);
        Ok(at)
    }

    /// Where the text at `at` ends; its numbers are checked, not counted.
    pub(crate) fn skip(&self, at: usize) -> Result<usize, Corrupt> {
        crate::open::end_of_text(self.text, at)
    }

    fn add_length(&mut self, field: Field, place: u32, length: u32) {
        let place = place as usize;
        match field {
            Field::Title => self.title_lengths.push(length),
            Field::Alias => {}
            Field::Section | Field::Question | Field::Body => {
                if self.lengths.len() <= place {
                    self.lengths.resize(place + 1, Lengths::default());
                }
                let lengths = &mut self.lengths[place];
                match field {
                    Field::Section => lengths.section += length,
                    Field::Question => lengths.question += length,
                    _ => lengths.body += length,
                }
            }
        }
    }

    /// Sorts the occurrences by term (a counting sort, which keeps the order of
    /// the text) and joins those of one record or page.
    pub(crate) fn finish(self, page_of: Vec<u32>, pages: u32) -> Postings {
        let Inverter {
            term_of_word,
            term_of_stem,
            occurrences,
            counts,
            lengths,
            mut title_lengths,
            ..
        } = self;
        title_lengths.resize(pages as usize, 0);
        let terms = term_of_stem.len();
        let mut starts = vec![0u32; terms + 1];
        for o in &occurrences {
            starts[o.term as usize + 1] += 1;
        }
        for i in 0..terms {
            starts[i + 1] += starts[i];
        }
        let mut next = starts.clone();
        let mut sorted = vec![0u32; occurrences.len()];
        for (i, o) in occurrences.iter().enumerate() {
            let slot = &mut next[o.term as usize];
            sorted[*slot as usize] = i as u32;
            *slot += 1;
        }
        let mut records: Vec<Posting> = Vec::with_capacity(occurrences.len());
        let mut page_postings: Vec<PagePosting> = Vec::new();
        let (mut record_starts, mut page_starts) = (vec![0], vec![0]);
        for term in 0..terms {
            let (first_record, first_page) = (records.len(), page_postings.len());
            for &i in &sorted[starts[term] as usize..starts[term + 1] as usize] {
                let (o, n) = (&occurrences[i as usize], counts[i as usize]);
                if matches!(o.field, Field::Title | Field::Alias) {
                    if page_postings[first_page..].last().is_none_or(|p| p.page != o.place) {
                        page_postings.push(PagePosting { page: o.place, ..PagePosting::default() });
                    }
                    if let Some(p) = page_postings.last_mut() {
                        let slot =
                            if o.field == Field::Title { &mut p.title } else { &mut p.alias };
                        *slot = slot.saturating_add(n);
                    }
                    continue;
                }
                if records[first_record..].last().is_none_or(|p| p.record != o.place) {
                    records.push(Posting { record: o.place, ..Posting::default() });
                }
                if let Some(p) = records.last_mut() {
                    let slot = match o.field {
                        Field::Section => &mut p.section,
                        Field::Question => &mut p.question,
                        _ => &mut p.body,
                    };
                    *slot = slot.saturating_add(n);
                }
            }
            record_starts.push(records.len() as u32);
            page_starts.push(page_postings.len() as u32);
        }
        Postings {
            term_of_word,
            term_of_stem,
            records,
            record_starts,
            pages: page_postings,
            page_starts,
            lengths,
            title_lengths,
            page_of,
        }
    }
}
