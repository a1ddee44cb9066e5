//! How near the meaning of a question is to each record's, by word vectors.

use doorstep_index::{Index, Vectors};
use doorstep_text::{fold, words};

use crate::analyse::{CONTEXT, FADE};

/// The meaning of every record and page as a vector of length one, a byte a
/// dimension.
pub(crate) struct Semantic {
    vectors: Vectors,
    /// Of each record: its text, then its title and heading together.
    texts: Vec<i8>,
    headings: Vec<i8>,
    pages: Vec<i8>,
}

/// Nearness of one record.
#[derive(Clone, Copy, Debug, Default, PartialEq)]
pub(crate) struct Nearness {
    /// Cosine with the text, -1 to 1.
    pub(crate) text: f32,
    /// Cosine with title and heading.
    pub(crate) heading: f32,
}

impl Semantic {
    /// Sums the vectors of all texts: one pass over the words.
    pub(crate) fn new(index: &Index, vectors: Vectors) -> Semantic {
        let d = vectors.dimensions();
        let mut of_word = vec![0.0f32; index.word_count() as usize * d];
        for (word, sum) in of_word.chunks_exact_mut(d).enumerate() {
            vectors.add(index.word_text(word as u32), 1.0, sum);
        }
        let add = |words: &mut dyn Iterator<Item = u32>, sum: &mut [f32]| {
            for word in words {
                let at = word as usize * d;
                for (sum, value) in sum.iter_mut().zip(&of_word[at..at + d]) {
                    *sum += value;
                }
            }
        };
        let (records, pages) = (index.record_count(), index.pages().len());
        let mut out = Semantic {
            texts: Vec::with_capacity(records as usize * d),
            headings: Vec::with_capacity(records as usize * d),
            pages: Vec::with_capacity(pages * d),
            vectors,
        };
        for page in 0..pages as u32 {
            let mut title = vec![0.0; d];
            add(&mut index.title_words(page), &mut title);
            let mut whole = unit(&title);
            for record in index.records_of(page) {
                let (mut text, mut heading) = (vec![0.0; d], title.clone());
                add(&mut index.body_words(record), &mut text);
                add(&mut index.section_words(record), &mut heading);
                out.texts.extend(bytes(&text));
                out.headings.extend(bytes(&heading));
                let count = index.records_of(page).len() as f32;
                whole.iter_mut().zip(unit(&text)).for_each(|(w, t)| *w += t / count);
            }
            out.pages.extend(bytes(&whole));
        }
        out
    }

    /// Vector of a question with the turns before it, of length one; `None` if
    /// no word has one.
    pub(crate) fn question(&self, text: &str, context: &[String]) -> Option<Vec<f32>> {
        let mut sum = self.unit_of(text);
        let mut share = CONTEXT;
        for turn in context.iter().rev() {
            if let Some(turn) = self.unit_of(turn) {
                match &mut sum {
                    Some(sum) => sum.iter_mut().zip(&turn).for_each(|(s, t)| *s += share * t),
                    None => sum = Some(turn),
                }
            }
            share *= FADE;
        }
        sum.map(|sum| unit(&sum))
    }

    fn unit_of(&self, text: &str) -> Option<Vec<f32>> {
        let mut sum = vec![0.0; self.vectors.dimensions()];
        let mut any = false;
        for word in words(text) {
            any |= self.vectors.add(&fold(word), 1.0, &mut sum);
        }
        any.then(|| unit(&sum))
    }

    pub(crate) fn nearness(&self, question: &[f32], record: u32) -> Nearness {
        Nearness {
            text: dot(question, &self.texts, record),
            heading: dot(question, &self.headings, record),
        }
    }

    /// Cosine of the question with a page as a whole.
    pub(crate) fn page(&self, question: &[f32], page: u32) -> f32 {
        dot(question, &self.pages, page)
    }
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

fn dot(question: &[f32], all: &[i8], number: u32) -> f32 {
    let at = number as usize * question.len();
    let row = all.get(at..at + question.len()).unwrap_or_default();
    question.iter().zip(row).map(|(q, &b)| q * f32::from(b)).sum::<f32>() / 127.0
}
