//! Scores of all records that share a word with the question.

use doorstep_index::Index;

use crate::analyse::Word;
use crate::synonyms::together;

/// BM25's saturation and length normalisation (Robertson and Zaragoza 2009,
/// doi:10.1561/1500000019): the values that most engines ship.
const K1: f32 = 1.2;
const B: f32 = 0.75;
/// What a word in a title, heading or alternative question counts against one
/// in the text (BM25F, section 3.6 there); round numbers, as the ranker has the
/// last word.
const TITLE: f32 = 2.0;
const HEADING: f32 = 3.0;
const QUESTION: f32 = 2.0;

/// Evidence for one record.
#[derive(Clone, Copy, Debug, Default, PartialEq)]
pub(crate) struct Evidence {
    /// BM25F over title, heading, questions and text.
    pub(crate) section: f32,
    /// BM25 over title and heading alone.
    pub(crate) heading: f32,
    /// Weight of the question's words that the record has.
    pub(crate) covered: f32,
    /// Weight of the question's words that title and heading have.
    pub(crate) heading_covered: f32,
}

/// Evidence for one page.
#[derive(Clone, Copy, Debug, Default, PartialEq)]
pub(crate) struct PageEvidence {
    /// BM25 over the page's title and all its text.
    pub(crate) page: f32,
    /// Weight of the question's words that the page has.
    pub(crate) covered: f32,
}

/// What never changes between questions.
pub(crate) struct Averages {
    section: f32,
    heading: f32,
    page: f32,
    /// Of each page, its length in words.
    page_lengths: Vec<f32>,
}

impl Averages {
    pub(crate) fn of(index: &Index) -> Averages {
        let postings = index.postings();
        let (lengths, page_of) = (postings.lengths(), postings.page_of());
        let titles = postings.title_lengths();
        let mut page_lengths: Vec<f32> = titles.iter().map(|&n| n as f32).collect();
        let (mut section, mut heading) = (0.0, 0.0);
        for (l, &page) in lengths.iter().zip(page_of) {
            let title = titles[page as usize] as f32;
            section += section_length(l, title);
            heading += l.section as f32 + title;
            page_lengths[page as usize] += (l.body + l.section + l.question) as f32;
        }
        let records = (lengths.len() as f32).max(1.0);
        let pages = (page_lengths.len() as f32).max(1.0);
        Averages {
            section: (section / records).max(1.0),
            heading: (heading / records).max(1.0),
            page: (page_lengths.iter().sum::<f32>() / pages).max(1.0),
            page_lengths,
        }
    }
}

fn section_length(l: &doorstep_index::Lengths, title: f32) -> f32 {
    l.body as f32 + l.section as f32 + l.question as f32 + title
}

fn saturate(tf: f32, length: f32, average: f32) -> f32 {
    tf * (K1 + 1.0) / (tf + K1 * (1.0 - B + B * length / average))
}

/// All evidence for a question.
pub(crate) struct Scores {
    pub(crate) records: Vec<Evidence>,
    pub(crate) pages: Vec<PageEvidence>,
    /// Records with any evidence, in no order.
    pub(crate) touched: Vec<u32>,
}

/// Frequencies of one word of the question, over its senses.
#[derive(Clone, Copy, Default)]
struct Frequencies {
    body: f32,
    section: f32,
    question: f32,
    title: f32,
}

/// Walks the postings of every word once.
pub(crate) fn score(index: &Index, averages: &Averages, words: &[Word]) -> Scores {
    let postings = index.postings();
    let (lengths, page_of) = (postings.lengths(), postings.page_of());
    let titles = postings.title_lengths();
    let mut out = Scores {
        records: vec![Evidence::default(); index.record_count() as usize],
        pages: vec![PageEvidence::default(); index.pages().len()],
        touched: Vec::new(),
    };
    let mut tf = vec![Frequencies::default(); index.record_count() as usize];
    let mut page_tf = vec![0.0f32; index.pages().len()];
    let mut seen: Vec<u32> = Vec::new();
    let mut pages_seen: Vec<u32> = Vec::new();
    for word in words {
        for senses in word.meanings() {
            let (in_titles, in_records) = together(index, senses);
            let weight = senses[0].weight;
            for p in in_titles.iter() {
                // Question words say nothing of a page they stand in the title of.
                let n = if word.asking { 0.0 } else { f32::from(p.title.max(p.alias)) };
                let page = p.page as usize;
                if page_tf[page] == 0.0 {
                    pages_seen.push(p.page);
                }
                page_tf[page] += weight * n;
                for record in index.records_of(p.page) {
                    let f = &mut tf[record as usize];
                    if f.body + f.section + f.question + f.title == 0.0 {
                        seen.push(record);
                    }
                    f.title += weight * n;
                }
            }
            for p in in_records.iter() {
                let f = &mut tf[p.record as usize];
                if f.body + f.section + f.question + f.title == 0.0 {
                    seen.push(p.record);
                }
                f.body += weight * f32::from(p.body);
                f.section += weight * f32::from(p.section);
                f.question += weight * f32::from(p.question);
                let page = &mut page_tf[page_of[p.record as usize] as usize];
                if *page == 0.0 {
                    pages_seen.push(page_of[p.record as usize]);
                }
                *page +=
                    weight * (f32::from(p.body) + f32::from(p.section) + f32::from(p.question));
            }
        }
        for record in seen.drain(..) {
            let f = std::mem::take(&mut tf[record as usize]);
            let l = &lengths[record as usize];
            let title = titles[page_of[record as usize] as usize] as f32;
            let e = &mut out.records[record as usize];
            if *e == Evidence::default() {
                out.touched.push(record);
            }
            let all = f.body + HEADING * f.section + QUESTION * f.question + TITLE * f.title;
            let heading = f.section + f.question.min(1.0) + f.title;
            e.section += word.weight * saturate(all, section_length(l, title), averages.section);
            e.heading +=
                word.weight * saturate(heading, l.section as f32 + title, averages.heading);
            e.covered += word.weight * all.min(1.0);
            e.heading_covered += word.weight * heading.min(1.0);
        }
        for page in pages_seen.drain(..) {
            let all = std::mem::take(&mut page_tf[page as usize]);
            let e = &mut out.pages[page as usize];
            e.page +=
                word.weight * saturate(all, averages.page_lengths[page as usize], averages.page);
            e.covered += word.weight * all.min(1.0);
        }
    }
    out
}
