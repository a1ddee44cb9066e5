//! How near the meaning of a question is to each record's, by word vectors.

use std::cell::OnceCell;

use doorstep_index::{Index, Posting, Vectors};
use doorstep_text::stem;

use crate::analyse::Word;

/// The word vectors of a site, and what they make of its pages.
pub(crate) struct Semantic {
    vectors: Vectors,
    /// Made when first asked for: a good part of what opening would cost.
    meanings: OnceCell<Meanings>,
}

/// The meaning of every record and page as a vector of length one, a byte a
/// dimension.
pub(crate) struct Meanings {
    /// Of each record: its text, then its title and heading together, with
    /// some of its text.
    texts: Vec<i8>,
    headings: Vec<i8>,
    /// Of each page: its title and each of its aliases; and of each page its
    /// first among them, and the number of all.
    names: Vec<i8>,
    first_name: Vec<u32>,
    /// Of each page: title and texts together.
    pages: Vec<i8>,
    /// Share of the pages that have a title, and of the records that have a
    /// title or a heading.
    titled: f32,
    headed: f32,
}

/// What the text counts in the meaning of a title or heading, of which the own
/// words count 1: "Overview" and "Eligibility" say little of what a section is
/// about, and some sections have no heading at all. A sweep with the ranker
/// made anew each time (`ranker/README.md`).
const TEXT: f32 = 0.5;

/// Cosines of a question with one record, -1 to 1; those with titles and
/// headings are less the fewer of them the site has, as they tell nothing of
/// the records that have none.
#[derive(Clone, Copy, Debug, Default, PartialEq)]
pub(crate) struct Nearness {
    pub(crate) text: f32,
    /// With title and heading.
    pub(crate) heading: f32,
    /// With its page's title, or the nearest of its aliases.
    pub(crate) title: f32,
    /// With its page as a whole.
    pub(crate) page: f32,
}

/// The meaning of a question: the sum of its words, of length one.
pub(crate) struct Meaning(Vec<f32>);

impl Semantic {
    pub(crate) fn new(vectors: Vectors) -> Semantic {
        Semantic { vectors, meanings: OnceCell::new() }
    }

    /// The meanings of the records of `index`, whose vectors these are.
    pub(crate) fn meanings(&self, index: &Index) -> &Meanings {
        self.meanings.get_or_init(|| Meanings::new(index, &self.vectors))
    }

    /// Vector of a question with the turns before it, of length one; `None` if
    /// no word has one. `words` are the question's, then those of its context.
    pub(crate) fn question(&self, words: &[Word]) -> Option<Meaning> {
        let d = self.vectors.dimensions();
        let mut sum = vec![0.0; d];
        let (mut any, mut vector) = (false, Vec::with_capacity(d));
        for word in words {
            // A word of English that the site does not use is no slip.
            self.vectors.of_stem(&stem(&word.typed), &mut vector);
            if !vector.is_empty() {
                any = true;
                add(&vector, word.share, &mut sum);
                continue;
            }
            // A word with several senses counts as one word.
            let all: f32 = word.senses.iter().map(|s| s.weight).sum();
            for sense in &word.senses {
                self.vectors.of_term(sense.term, &mut vector);
                any |= !vector.is_empty();
                add(&vector, word.share * sense.weight / all, &mut sum);
            }
        }
        any.then(|| {
            let scale = to_unit(&sum);
            Meaning(sum.iter().map(|x| x * scale).collect())
        })
    }

    /// Whether it is a word of English that the site does not use.
    pub(crate) fn knows(&self, word: &str) -> bool {
        self.vectors.knows(&stem(word))
    }
}

impl Meanings {
    /// Sums the vectors of all texts: one pass over the postings.
    fn new(index: &Index, vectors: &Vectors) -> Meanings {
        let d = vectors.dimensions();
        let mut vector = Vec::with_capacity(d);
        let mut add_words = |words: &mut dyn Iterator<Item = u32>, sum: &mut [f32]| {
            for term in words.filter_map(|word| index.postings().term_of(word)) {
                vectors.of_term(term, &mut vector);
                add(&vector, 1.0, sum);
            }
        };
        let sums = sums(index, vectors);
        let (records, pages) = (index.record_count(), index.pages().len());
        let mut texts = Vec::with_capacity(records as usize * d);
        let mut headings = Vec::with_capacity(records as usize * d);
        let mut names = Vec::with_capacity(pages * d);
        let mut first_name = Vec::with_capacity(pages + 1);
        let mut of_pages = Vec::with_capacity(pages * d);
        let (mut titled, mut headed) = (0, 0);
        let mut title = vec![0.0; d];
        let (mut heading, mut body) = (title.clone(), title.clone());
        for page in 0..pages as u32 {
            title.fill(0.0);
            add_words(&mut index.title_words(page), &mut title);
            let title_scale = to_unit(&title);
            titled += u32::from(title_scale > 0.0);
            body.fill(0.0);
            for record in index.records_of(page) {
                let text = &sums[record as usize * d..][..d];
                let scale = to_unit(text);
                add(text, scale, &mut body);
                push_row(text, scale, &mut texts);
                heading.copy_from_slice(&title);
                add_words(&mut index.section_words(record), &mut heading);
                headed += u32::from(to_unit(&heading) > 0.0);
                push_name(&mut heading, text, &mut headings);
            }
            first_name.push((names.len() / d) as u32);
            for mut words in index.names(page) {
                heading.fill(0.0);
                add_words(&mut words, &mut heading);
                push_name(&mut heading, &body, &mut names);
            }
            let count = index.records_of(page).len() as f32;
            add(&title, title_scale * count, &mut body);
            push_row(&body, to_unit(&body), &mut of_pages);
        }
        first_name.push((names.len() / d) as u32);
        let share = |some: u32, all: u32| some as f32 / all.max(1) as f32;
        let (titled, headed) = (share(titled, pages as u32), share(headed, records));
        Meanings { texts, headings, names, first_name, pages: of_pages, titled, headed }
    }

    pub(crate) fn nearness(&self, question: &Meaning, record: u32, page: u32) -> Nearness {
        let bound = |n: u32| self.first_name.get(n as usize).copied().unwrap_or_default();
        let names = bound(page)..bound(page + 1);
        let names = names.map(|name| dot(question, &self.names, name));
        Nearness {
            text: dot(question, &self.texts, record),
            heading: self.headed * dot(question, &self.headings, record),
            title: self.titled * names.reduce(f32::max).unwrap_or_default(),
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
    let mut vector = Vec::with_capacity(d);
    for term in 0..index.postings().terms() {
        vectors.of_term(term, &mut vector);
        if !vector.is_empty() {
            add_to_records(&vector, index.postings().records(term), &mut sums);
        }
    }
    sums
}

/// Adds a term's vector to the sums of the records that it stands in.
#[inline(never)]
fn add_to_records(vector: &[f32], postings: &[Posting], sums: &mut [f32]) {
    for posting in postings.iter().filter(|p| p.body > 0) {
        let sum = &mut sums[posting.record as usize * vector.len()..][..vector.len()];
        for (sum, value) in sum.iter_mut().zip(vector) {
            *sum += f32::from(posting.body) * value;
        }
    }
}

/// Appends the meaning of a title or heading, and of the text below it
/// ([`TEXT`]).
fn push_name(name: &mut [f32], text: &[f32], out: &mut Vec<i8>) {
    let scale = to_unit(name);
    let length = if scale > 0.0 { 1.0 / scale } else { 1.0 };
    add(text, TEXT * length * to_unit(text), name);
    push_row(name, to_unit(name), out);
}

/// Adds a vector some times to a sum.
///
/// This, [`add_to_records`], [`to_unit`] and [`push_row`] are functions of their own because a
/// browser makes fast code of a function after some thousand steps, but runs it
/// only where the function is called anew: one long loop would run slowly to
/// its end.
#[inline(never)]
fn add(vector: &[f32], times: f32, sum: &mut [f32]) {
    for (sum, value) in sum.iter_mut().zip(vector) {
        *sum += times * value;
    }
}

/// What makes a vector's length one.
#[inline(never)]
fn to_unit(v: &[f32]) -> f32 {
    let length = product(v, v, |&x| x).sqrt();
    if length > 0.0 { 1.0 / length } else { 0.0 }
}

/// Appends a vector times `scale`; 127 stands for one.
#[inline(never)]
fn push_row(v: &[f32], scale: f32, out: &mut Vec<i8>) {
    let start = out.len();
    out.resize(start + v.len(), 0);
    for (out, x) in out[start..].iter_mut().zip(v) {
        // `f32::round` is a function call a number, and saturating at 8 bits
        // more.
        *out = (x * scale * 127.0 + 0.5f32.copysign(*x)) as i32 as i8;
    }
}

fn dot(Meaning(question): &Meaning, all: &[i8], number: u32) -> f32 {
    let at = number as usize * question.len();
    let row = all.get(at..at + question.len()).unwrap_or_default();
    product(question, row, |&b| f32::from(b)) / 127.0
}

/// Scalar product, in eight sums side by side as processors have it.
#[inline]
fn product<T>(a: &[f32], b: &[T], value: impl Fn(&T) -> f32) -> f32 {
    let (a, a_rest) = a.as_chunks::<8>();
    let (b, b_rest) = b.as_chunks::<8>();
    let mut sums = [0.0; 8];
    for (a, b) in a.iter().zip(b) {
        for i in 0..8 {
            sums[i] += a[i] * value(&b[i]);
        }
    }
    let rest = a_rest.iter().zip(b_rest).map(|(a, b)| a * value(b));
    sums.into_iter().chain(rest).sum()
}
