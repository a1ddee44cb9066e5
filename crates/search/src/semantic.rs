//! How near the meaning of a question is to each record's, by word vectors.

use doorstep_index::{Index, Vectors};
use doorstep_text::stem;

use crate::analyse::Word;

/// The meaning of every record and page as a vector of length one, a byte a
/// dimension.
pub(crate) struct Semantic {
    vectors: Vectors,
    /// Of each record: its text, then its title and heading together.
    texts: Vec<i8>,
    headings: Vec<i8>,
    /// Of each page: its title, then title and texts together.
    titles: Vec<i8>,
    pages: Vec<i8>,
}

/// Cosines of a question with one record, -1 to 1.
#[derive(Clone, Copy, Debug, Default, PartialEq)]
pub(crate) struct Nearness {
    pub(crate) text: f32,
    /// With title and heading.
    pub(crate) heading: f32,
    /// With its page's title.
    pub(crate) title: f32,
    /// With its page as a whole.
    pub(crate) page: f32,
}

/// The meaning of a question: the sum of its words, of length one.
pub(crate) struct Meaning(Vec<f32>);

impl Semantic {
    /// Sums the vectors of all texts: one pass over the postings.
    pub(crate) fn new(index: &Index, vectors: Vectors) -> Semantic {
        let d = vectors.dimensions();
        let add = |words: &mut dyn Iterator<Item = u32>, sum: &mut [f32]| {
            for term in words.filter_map(|word| index.postings().term_of(word)) {
                for (sum, value) in sum.iter_mut().zip(vectors.of_term(term).unwrap_or_default()) {
                    *sum += value;
                }
            }
        };
        let (records, pages) = (index.record_count(), index.pages().len());
        let sums = sums(index, &vectors);
        let mut texts = Vec::with_capacity(records as usize * d);
        let mut headings = Vec::with_capacity(records as usize * d);
        let mut titles = Vec::with_capacity(pages * d);
        let mut of_pages = Vec::with_capacity(pages * d);
        for page in 0..pages as u32 {
            let mut title = vec![0.0; d];
            add(&mut index.title_words(page), &mut title);
            titles.extend(bytes(&title));
            let mut whole = unit(&title);
            for record in index.records_of(page) {
                let text = &sums[record as usize * d..][..d];
                let mut heading = title.clone();
                add(&mut index.section_words(record), &mut heading);
                texts.extend(bytes(text));
                headings.extend(bytes(&heading));
                let count = index.records_of(page).len() as f32;
                whole.iter_mut().zip(unit(text)).for_each(|(w, t)| *w += t / count);
            }
            of_pages.extend(bytes(&whole));
        }
        Semantic { vectors, texts, headings, titles, pages: of_pages }
    }

    /// Vector of a question with the turns before it, of length one; `None` if
    /// no word has one. `words` are the question's, then those of its context.
    pub(crate) fn question(&self, words: &[Word]) -> Option<Meaning> {
        let d = self.vectors.dimensions();
        let mut sum = vec![0.0; d];
        let mut any = false;
        for word in words {
            // A word with several senses counts as one word.
            let all: f32 = word.senses.iter().map(|s| s.weight).sum();
            let mut add = |vector: Option<&[f32]>, weight: f32| {
                any |= vector.is_some();
                for (sum, value) in sum.iter_mut().zip(vector.unwrap_or_default()) {
                    *sum += weight * value;
                }
            };
            // A word of English that the site does not use is no slip.
            let strange = self.vectors.of_stem(&stem(&word.typed));
            if strange.is_some() {
                add(strange, word.share);
                continue;
            }
            for sense in &word.senses {
                add(self.vectors.of_term(sense.term), word.share * sense.weight / all);
            }
        }
        any.then(|| Meaning(unit(&sum)))
    }

    /// Whether it is a word of English that the site does not use.
    pub(crate) fn knows(&self, word: &str) -> bool {
        self.vectors.of_stem(&stem(word)).is_some()
    }

    pub(crate) fn nearness(&self, question: &Meaning, record: u32, page: u32) -> Nearness {
        Nearness {
            text: dot(question, &self.texts, record),
            heading: dot(question, &self.headings, record),
            title: dot(question, &self.titles, page),
            page: dot(question, &self.pages, page),
        }
    }

    /// Cosine of the question with a record's text and with its title and
    /// heading, added.
    pub(crate) fn record(&self, question: &Meaning, record: u32) -> f32 {
        dot(question, &self.texts, record) + dot(question, &self.headings, record)
    }

    /// Cosine of the question with a page as a whole.
    pub(crate) fn page(&self, question: &Meaning, page: u32) -> f32 {
        dot(question, &self.pages, page)
    }
}

/// Sums of the vectors of each record's text, one after another. By postings,
/// which are half as many as the words.
fn sums(index: &Index, vectors: &Vectors) -> Vec<f32> {
    let d = vectors.dimensions();
    let mut sums = vec![0.0; index.record_count() as usize * d];
    for term in 0..index.postings().terms() {
        let Some(vector) = vectors.of_term(term) else { continue };
        for posting in index.postings().records(term).iter().filter(|p| p.body > 0) {
            let count = f32::from(posting.body);
            let sum = &mut sums[posting.record as usize * d..][..d];
            for (sum, value) in sum.iter_mut().zip(vector) {
                *sum += count * value;
            }
        }
    }
    sums
}

fn unit(v: &[f32]) -> Vec<f32> {
    let length = v.iter().map(|x| x * x).sum::<f32>().sqrt();
    let scale = if length > 0.0 { 1.0 / length } else { 0.0 };
    v.iter().map(|x| x * scale).collect()
}

/// 127 stands for one.
fn bytes(v: &[f32]) -> impl Iterator<Item = i8> {
    unit(v).into_iter().map(|x| (x * 127.0).round() as i8)
}

fn dot(Meaning(question): &Meaning, all: &[i8], number: u32) -> f32 {
    let at = number as usize * question.len();
    let row = all.get(at..at + question.len()).unwrap_or_default();
    question.iter().zip(row).map(|(q, &b)| q * f32::from(b)).sum::<f32>() / 127.0
}
