//! Where each term stands, built in memory in one pass over the text.
//!
//! A *term* is what words share that mean the same to a search: their stem.
//! Postings stand in one flat array ordered by term, so that opening allocates
//! a handful of times whatever the size.

use crate::error::Corrupt;
use crate::numbers;
use crate::terms::Terms;
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
    terms: Terms,
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
        self.terms.len() as u32
    }

    /// Term whose words have this stem, if the site has any.
    pub fn term_of_stem(&self, stem: &str) -> Option<u32> {
        self.terms.of_stem(stem)
    }

    /// Term of the folded word number `word`; `None` if there is no such word.
    pub fn term_of(&self, word: u32) -> Option<u32> {
        self.terms.of_word(word)
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

/// Builds [`Postings`] while the text is walked once.
pub(crate) struct Inverter<'a> {
    text: &'a [u8],
    terms: Terms,
    /// Of each form's number: its term, or [`NO_WORD`].
    term_of_form: Vec<u32>,
    /// Postings in the order of the text, each with its term.
    records: Found<Posting>,
    pages: Found<PagePosting>,
    lengths: Vec<Lengths>,
    title_lengths: Vec<u32>,
}

/// Postings of one kind as they are found.
struct Found<P> {
    all: Vec<(u32, P)>,
    of_term: Vec<Seen>,
}

/// What was found of a term: where last, the number of that posting, and how
/// many there are. The place stands here too, as looking for it in the posting
/// would wait for memory at every word.
#[derive(Clone, Copy)]
struct Seen {
    place: u32,
    last: u32,
    count: u32,
}

impl<P: Copy + Default> Found<P> {
    fn new(terms: usize, expected: usize) -> Found<P> {
        let seen = Seen { place: u32::MAX, last: 0, count: 0 };
        Found { all: Vec::with_capacity(expected), of_term: vec![seen; terms] }
    }

    /// The posting of `term` at `place`: its last if that is there, or else
    /// `fresh`.
    #[inline]
    fn posting(&mut self, term: u32, place: u32, fresh: P) -> &mut P {
        let seen = &mut self.of_term[term as usize];
        if seen.place != place {
            *seen = Seen { place, last: self.all.len() as u32, count: seen.count + 1 };
            self.all.push((term, fresh));
        }
        &mut self.all[seen.last as usize].1
    }

    /// The postings by term (a counting sort, which keeps the order of the
    /// text), and where those of each begin.
    fn by_term(self) -> (Vec<P>, Vec<u32>) {
        let mut starts = vec![0];
        let mut start = 0;
        starts.extend(self.of_term.iter().map(|seen| {
            start += seen.count;
            start
        }));
        let mut next = starts.clone();
        let mut sorted = vec![P::default(); self.all.len()];
        for some in self.all.chunks(CHUNK) {
            scatter(some, &mut next, &mut sorted);
        }
        (sorted, starts)
    }
}

/// A browser makes fast code of a function after some thousand steps, but runs
/// it only where the function is called anew: so long loops call for their
/// work in parts.
const CHUNK: usize = 512;

/// Puts each posting where the next of its term goes.
#[inline(never)]
fn scatter<P: Copy>(some: &[(u32, P)], next: &mut [u32], sorted: &mut [P]) {
    for &(term, posting) in some {
        let next = &mut next[term as usize];
        sorted[*next as usize] = posting;
        *next += 1;
    }
}

impl<'a> Inverter<'a> {
    pub(crate) fn new(vocabulary: &Vocabulary, text: &'a [u8]) -> Inverter<'a> {
        let terms = Terms::new(vocabulary.words());
        let term_of = |&word: &u32| terms.of_word(word).unwrap_or(NO_WORD);
        let term_of_form = vocabulary.word_of.iter().map(term_of).collect();
        Inverter {
            text,
            term_of_form,
            // More than two bytes of text make a posting.
            records: Found::new(terms.len(), text.len() / 5 * 2),
            pages: Found::new(terms.len(), 0),
            terms,
            lengths: Vec::new(),
            title_lengths: Vec::new(),
        }
    }

    /// Counts the words of the text at `at`, which belongs to record or page
    /// `place`; where the text ends.
    #[inline(never)]
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
            let term = *self.term_of_form.get(number as usize).ok_or(unknown)?;
            if term != NO_WORD {
                length += 1;
                self.count(field, place, term);
            }
        }
        self.add_length(field, place, length);
        Ok(at)
    }

    #[inline]
    fn count(&mut self, field: Field, place: u32, term: u32) {
        let count = if let Field::Title | Field::Alias = field {
            let fresh = PagePosting { page: place, ..PagePosting::default() };
            let posting = self.pages.posting(term, place, fresh);
            if field == Field::Title { &mut posting.title } else { &mut posting.alias }
        } else {
            let fresh = Posting { record: place, ..Posting::default() };
            let posting = self.records.posting(term, place, fresh);
            match field {
                Field::Section => &mut posting.section,
                Field::Question => &mut posting.question,
                _ => &mut posting.body,
            }
        };
        *count = count.saturating_add(1);
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

    /// The postings, by term.
    pub(crate) fn finish(self, page_of: Vec<u32>, pages: u32) -> Postings {
        let Inverter { terms, lengths, mut title_lengths, records, pages: in_pages, .. } = self;
        title_lengths.resize(pages as usize, 0);
        let (records, record_starts) = records.by_term();
        let (pages, page_starts) = in_pages.by_term();
        Postings {
            terms,
            records,
            record_starts,
            pages,
            page_starts,
            lengths,
            title_lengths,
            page_of,
        }
    }
}
