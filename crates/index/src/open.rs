//! From the bytes of an index to pages, records and postings in memory.

use crate::bytes::Reader;
use crate::container::{self, Tag};
use crate::error::{Corrupt, OpenError};
use crate::numbers;
use crate::postings::{Field, Inverter, Postings};
use crate::record::{Link, Page, Record};
use crate::thesaurus::{self, Member, Thesaurus};
use crate::vectors::Vectors;
use crate::vocabulary::Vocabulary;
use crate::write::{date_of, kind_of};

/// An opened index: everything in memory, checked, ready to be searched.
///
/// Opening costs one pass over the text (about 20 ms of native CPU for 3 MB of
/// it); texts are decoded only when asked for.
pub struct Index {
    lang: String,
    pages: Vec<Page>,
    /// Where each page's title and then its aliases stand, and of each page its
    /// first among them; and the number of all.
    names: Vec<u32>,
    first_name: Vec<u32>,
    /// Of each page, its first record; and the number of all records.
    first_record: Vec<u32>,
    records: Vec<Stored>,
    vocabulary: Vocabulary,
    postings: Postings,
    text: Vec<u8>,
    data: Vec<u8>,
    thesaurus: Thesaurus,
    vectors: Option<Vectors>,
    vocabulary_checksum: u64,
    sections: Vec<(Tag, usize)>,
    bytes: usize,
}

/// What the page section holds: the pages, the number of aliases of each, and
/// the first record of each.
type Pages = (Vec<Page>, Vec<u32>, Vec<u32>);

/// A record without its texts: where they begin in the text section.
#[derive(Clone, Default)]
struct Stored {
    page: u32,
    anchor: String,
    questions: u32,
    links: Vec<String>,
    /// Where its section stands; the questions, the text and the words of the
    /// links follow it.
    at: u32,
    /// Where its text stands.
    text_at: u32,
}

impl Index {
    /// The index in `file`, or what is wrong with it.
    ///
    /// Never panics and always ends, whatever the bytes; memory stays within
    /// a small multiple of the file.
    pub fn open(file: &[u8]) -> Result<Index, OpenError> {
        let sections = container::unwrap(file)?;
        let section = |tag: &Tag, name: &'static str| {
            let found = sections.iter().find(|(t, _)| t == tag).map(|(_, bytes)| *bytes);
            found.ok_or(Corrupt { section: name, reason: "is missing" })
        };
        let mut meta = Reader::new(section(b"meta", "meta")?, "meta");
        let lang = meta.string()?.to_owned();
        let (page_count, record_count) = (meta.number()? as usize, meta.number()? as usize);
        meta.finish()?;
        let vocabulary =
            Vocabulary::open(section(b"voca", "vocabulary")?, section(b"form", "forms")?)?;
        let vocabulary_checksum = vocabulary.checksum;
        let (mut pages, aliases, first_record) =
            read_pages(section(b"page", "pages")?, page_count, record_count)?;
        let mut records = read_records(section(b"reco", "records")?, record_count)?;
        let text = section(b"text", "text")?.to_vec();

        let mut inverter = Inverter::new(&vocabulary, &text);
        let mut at = 0;
        let (mut names, mut first_name) = (Vec::new(), Vec::with_capacity(pages.len() + 1));
        for (number, page) in pages.iter_mut().enumerate() {
            let title_at = at;
            first_name.push(names.len() as u32);
            names.push(at as u32);
            at = inverter.text(Field::Title, number as u32, at)?;
            page.title = vocabulary.decode(&text, title_at)?.0;
            for _ in 0..aliases[number] {
                let alias_at = at;
                names.push(at as u32);
                at = inverter.text(Field::Alias, number as u32, at)?;
                page.aliases.push(vocabulary.decode(&text, alias_at)?.0);
            }
            for i in first_record[number]..first_record[number + 1] {
                let record = &mut records[i as usize];
                record.page = number as u32;
                record.at = at as u32;
                at = inverter.text(Field::Section, i, at)?;
                for _ in 0..record.questions {
                    at = inverter.text(Field::Question, i, at)?;
                }
                record.text_at = at as u32;
                at = inverter.text(Field::Body, i, at)?;
                for _ in 0..record.links.len() {
                    at = inverter.skip(at)?;
                }
            }
        }
        first_name.push(names.len() as u32);
        if at != text.len() {
            return Err(Corrupt { section: "text", reason: "has bytes after its end" }.into());
        }
        let page_of: Vec<u32> = records.iter().map(|r| r.page).collect();
        let postings = inverter.finish(page_of, pages.len() as u32);
        let vectors = match section(b"vect", "vectors") {
            Ok(bytes) => Some(Vectors::read(bytes, postings.terms(), vocabulary_checksum)?),
            Err(_) => None,
        };
        let thesaurus = match section(&thesaurus::TAG, "thesaurus") {
            Ok(bytes) => Thesaurus::read(bytes, vocabulary.words().len() as u32)?,
            Err(_) => Thesaurus::default(),
        };
        Ok(Index {
            lang,
            pages,
            names,
            first_name,
            first_record,
            records,
            vocabulary,
            postings,
            text,
            data: section(b"data", "data")?.to_vec(),
            thesaurus,
            vectors,
            vocabulary_checksum,
            sections: sections.iter().map(|(tag, bytes)| (*tag, bytes.len())).collect(),
            bytes: file.len(),
        })
    }

    /// Language of the texts, as in HTML's `lang`.
    pub fn lang(&self) -> &str {
        &self.lang
    }

    /// The pages.
    pub fn pages(&self) -> &[Page] {
        &self.pages
    }

    /// How many records there are; they are numbered from 0.
    pub fn record_count(&self) -> u32 {
        self.records.len() as u32
    }

    /// Page of record `n`; 0 if there is no such record.
    pub fn page_of(&self, n: u32) -> u32 {
        self.records.get(n as usize).map_or(0, |r| r.page)
    }

    /// The records of page `page`, as a range of their numbers.
    pub fn records_of(&self, page: u32) -> std::ops::Range<u32> {
        match self.first_record.get(page as usize..page as usize + 2) {
            Some(&[from, to]) => from..to,
            _ => 0..0,
        }
    }

    /// Record `n` as it was written, byte for byte; an empty one if there is
    /// no such record. Decodes its texts anew each time.
    pub fn record(&self, n: u32) -> Record {
        let Some(stored) = self.records.get(n as usize) else { return Record::default() };
        let mut at = stored.at as usize;
        let mut next = || {
            // Every text was walked to its end when the index was opened.
            let (text, end) = self.vocabulary.decode(&self.text, at).unwrap_or_default();
            at = end;
            text
        };
        let section = next();
        let questions = (0..stored.questions).map(|_| next()).collect();
        let text = next();
        let links =
            stored.links.iter().map(|url| Link { text: next(), url: url.clone() }).collect();
        Record { page: stored.page, section, anchor: stored.anchor.clone(), text, questions, links }
    }

    /// The council's data for the conversation.
    pub fn data(&self) -> &[u8] {
        &self.data
    }

    /// Words that mean the same; without groups if the file has none.
    pub fn thesaurus(&self) -> &Thesaurus {
        &self.thesaurus
    }

    /// A phrase of the thesaurus in words.
    pub fn phrase(&self, member: &Member) -> String {
        let site = self.word_count();
        let text = |&word: &u32| match word.checked_sub(site) {
            None => self.word_text(word),
            Some(strange) => self.thesaurus.strange_text(strange),
        };
        member.words().iter().map(text).collect::<Vec<_>>().join(" ")
    }

    /// Words, terms and where they stand.
    pub fn postings(&self) -> &Postings {
        &self.postings
    }

    /// The site's folded words as an fst, for search by prefix or automaton.
    pub fn words(&self) -> &fst::Set<Vec<u8>> {
        &self.vocabulary.set
    }

    /// Number of a folded word, if the site has it.
    pub fn word(&self, folded: &str) -> Option<u32> {
        self.vocabulary.word(folded)
    }

    /// Folded word number `word`; empty if there is none.
    pub fn word_text(&self, word: u32) -> &str {
        self.vocabulary.words().get(word as usize)
    }

    /// How many folded words the site has.
    pub fn word_count(&self) -> u32 {
        self.vocabulary.words().len() as u32
    }

    /// Forms of words and separators, with what they cost in the file: bytes
    /// of each section by name, then of the whole.
    pub fn sections(&self) -> impl Iterator<Item = (String, usize)> + '_ {
        let named = |(tag, n): &(Tag, usize)| (String::from_utf8_lossy(tag).into_owned(), *n);
        self.sections.iter().map(named).chain([("file".to_owned(), self.bytes)])
    }

    /// The folded words of record `n`'s text in order, by number.
    pub fn body_words(&self, n: u32) -> impl Iterator<Item = u32> + '_ {
        let at = self.records.get(n as usize).map_or(self.text.len(), |r| r.text_at as usize);
        self.vocabulary.words_at(&self.text, at)
    }

    /// The folded words of record `n`'s section heading in order, by number.
    pub fn section_words(&self, n: u32) -> impl Iterator<Item = u32> + '_ {
        let at = self.records.get(n as usize).map_or(self.text.len(), |r| r.at as usize);
        self.vocabulary.words_at(&self.text, at)
    }

    /// The folded words of page `page`'s title in order, by number.
    pub fn title_words(&self, page: u32) -> impl Iterator<Item = u32> + '_ {
        let first = self.first_name.get(page as usize).map_or(self.names.len(), |&n| n as usize);
        let at = self.names.get(first).map_or(self.text.len(), |&at| at as usize);
        self.vocabulary.words_at(&self.text, at)
    }

    /// The folded words of each of page `page`'s names in order, by number: of
    /// its title, then of its aliases.
    pub fn names(&self, page: u32) -> impl Iterator<Item = impl Iterator<Item = u32> + '_> {
        let bound = |n: usize| self.first_name.get(n).map_or(self.names.len(), |&at| at as usize);
        let names = bound(page as usize)..bound(page as usize + 1);
        let texts = self.names.get(names).unwrap_or_default().iter();
        texts.map(|&at| self.vocabulary.words_at(&self.text, at as usize))
    }

    /// Checksum of the vocabulary, by which vectors know their index.
    pub(crate) fn vocabulary_checksum(&self) -> u64 {
        self.vocabulary_checksum
    }

    /// The word vectors that stood in the file, if any did; they are handed
    /// over, not copied.
    pub fn take_vectors(&mut self) -> Option<Vectors> {
        self.vectors.take()
    }
}

fn read_pages(bytes: &[u8], pages: usize, records: usize) -> Result<Pages, Corrupt> {
    let mut r = Reader::new(bytes, "pages");
    let mut first = vec![0u32];
    let mut total = 0u32;
    for _ in 0..pages {
        total = total.checked_add(r.number()?).ok_or_else(|| r.error("counts too many records"))?;
        first.push(total);
    }
    if total as usize != records {
        return Err(r.error("counts other records than there are"));
    }
    let mut out = vec![Page::default(); pages];
    for page in &mut out {
        r.string()?.clone_into(&mut page.url);
    }
    for page in &mut out {
        r.string()?.clone_into(&mut page.source);
    }
    for page in &mut out {
        r.string()?.clone_into(&mut page.owner);
    }
    for page in &mut out {
        for _ in 0..r.count()? {
            page.topics.push(r.string()?.to_owned());
        }
    }
    let aliases = out.iter().map(|_| r.number()).collect::<Result<_, _>>()?;
    for page in &mut out {
        let kind = r.number()?;
        page.kind = kind_of(kind).ok_or_else(|| r.error("names an unknown kind of page"))?;
    }
    for which in 0..4 {
        for page in &mut out {
            let date = match r.number()? {
                0 => None,
                n => Some(date_of(n).ok_or_else(|| r.error("holds a day that does not exist"))?),
            };
            match which {
                0 => page.updated = date,
                1 => page.review_by = date,
                2 => page.valid_from = date,
                _ => page.valid_to = date,
            }
        }
    }
    r.finish()?;
    Ok((out, aliases, first))
}

fn read_records(bytes: &[u8], count: usize) -> Result<Vec<Stored>, Corrupt> {
    let mut r = Reader::new(bytes, "records");
    if count > bytes.len() {
        return Err(r.error("is too short for its records"));
    }
    let mut out = vec![Stored::default(); count];
    for record in &mut out {
        r.string()?.clone_into(&mut record.anchor);
    }
    for record in &mut out {
        record.questions = r.number()?;
    }
    let links = out.iter().map(|_| r.number()).collect::<Result<Vec<_>, _>>()?;
    for (record, links) in out.iter_mut().zip(links) {
        for _ in 0..links {
            record.links.push(r.string()?.to_owned());
        }
    }
    r.finish()?;
    Ok(out)
}

/// Where the text that begins at `at` ends, its end mark included.
pub(crate) fn end_of_text(text: &[u8], mut at: usize) -> Result<usize, Corrupt> {
    loop {
        let (number, next) = numbers::read(text, at).ok_or(numbers::ENDS_EARLY)?;
        at = next;
        if number == crate::vocabulary::END {
            return Ok(at);
        }
    }
}
