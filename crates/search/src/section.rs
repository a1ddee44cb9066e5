//! Which section of the first page answers.
//!
//! The ranker compares records of all pages, and learned from questions whose
//! right *page* is known. Within a page its evidence misleads: a word of the
//! page's title is in most of its sections, so the one that happens to repeat
//! it would come before the introduction. Here a word counts by how few
//! sections of the page have it, and what nothing else is asked of is answered
//! by the introduction.
//!
//! Learned listwise from questions whose right section is known;
//! `ranker/sections.py` is the recipe.

use doorstep_index::PageKind;

use crate::features::Question;
use crate::section_weights::SECTION;
use crate::synonyms::together;

/// Numbers for one section, in the order of [`NAMES`].
pub(crate) type Told = [f32; NAMES.len()];

/// What each number is.
pub(crate) const NAMES: [&str; 9] = [
    "heading told",       // share of the heading's weight that the question has
    "near text",          // cosine with the text
    "near heading",       // cosine with title and heading
    "text",               // words in the text, by their rarity on the page, share
    "introduction",       // 1 for the text before the first heading
    "introduction, rest", // for that text, share it has of what the title lacks
    "length",             // logarithm of the words of the text
    "place",              // share of the page that stands before it
    "sums",               // logarithm of the sums of money, if one is asked for
];

/// Words that ask for a sum of money.
const COST: &[&str] = &[
    "charge",
    "charged",
    "charges",
    "cost",
    "costs",
    "expensive",
    "fee",
    "fees",
    "free",
    "much",
    "paid",
    "pay",
    "price",
    "prices",
    "rate",
    "rates",
];

/// The numbers of each section of page `page`, in order.
pub(crate) fn told(question: &Question<'_>, page: u32) -> Vec<Told> {
    let index = question.index;
    let postings = index.postings();
    let records = index.records_of(page);
    let n = records.len() as f32;
    let mut texts = vec![0.0; records.len()];
    // Weight of the question; of its words that the title lacks and some section
    // has; of those of them that the introduction has.
    let (mut asked, mut rest, mut introduced) = (0.0, 0.0, 0.0);
    for word in question.words.iter().filter(|w| !w.asking) {
        let mut found = vec![0.0; records.len()];
        let mut headings = vec![false; records.len()];
        let mut in_title = false;
        for senses in word.meanings() {
            let (in_titles, in_records) = together(index, senses);
            if in_titles.iter().any(|p| p.page == page && p.title > 0) {
                in_title = true;
            }
            let from = in_records.partition_point(|p| p.record < records.start);
            for p in in_records[from..].iter().take_while(|p| p.record < records.end) {
                let at = (p.record - records.start) as usize;
                found[at] += senses[0].weight * f32::from(p.body);
                headings[at] |= p.section > 0 || p.question > 0;
            }
        }
        let have = found.iter().zip(&headings).filter(|&(&f, &h)| f > 0.0 || h).count() as f32;
        if !in_title && !word.stop && have > 0.0 {
            rest += word.weight;
            if found.first().is_some_and(|&first| first > 0.0) {
                introduced += word.weight;
            }
        }
        // From nearly one, for a word of a single section, to nearly none.
        let rarity = ((n + 1.0) / (have + 0.5)).ln().max(0.0) / (2.0 * n + 2.0).ln();
        for (text, found) in texts.iter_mut().zip(found) {
            *text += word.weight * rarity * 2.0 * found / (found + 1.0);
        }
        asked += word.weight;
    }
    let asked = asked.max(1e-6);
    let cost = question.words.iter().any(|w| COST.contains(&w.typed.as_str()));
    let row = |(record, text): (u32, f32)| {
        let near = question.nearness(record, page);
        let introduction = f32::from(u8::from(index.section_words(record).next().is_none()));
        let sums = if cost { index.record(record).text.matches('£').count() } else { 0 };
        [
            question.heading_told(record),
            near.text,
            near.heading,
            text / asked,
            introduction,
            if rest > 0.0 { introduction * introduced / rest } else { introduction },
            (1.0 + postings.lengths()[record as usize].body as f32).ln(),
            (record - records.start) as f32 / n,
            (1.0 + sums as f32).ln(),
        ]
    };
    records.clone().zip(texts).map(row).collect()
}

/// The section of page `page` that answers best; `None` for a list of
/// questions and answers, each of which stands for itself.
pub(crate) fn best(question: &Question<'_>, page: u32) -> Option<u32> {
    question.index.pages().get(page as usize).filter(|p| p.kind == PageKind::Page)?;
    let scores = told(question, page);
    let scores =
        scores.iter().map(|told| SECTION.iter().zip(told).map(|(w, x)| w * x).sum::<f32>());
    // The earliest of equals.
    let best = scores.enumerate().reduce(|a, b| if b.1 > a.1 { b } else { a })?;
    Some(question.index.records_of(page).start + best.0 as u32)
}

#[cfg(test)]
mod tests {
    //! 1. a question that names the page is answered by its introduction;
    //! 2. one that names a heading, or what only one text has, by that section;
    //! 3. one that asks what it costs, by the sums of money;
    //! 4. a list of questions and answers keeps the ranker's choice;
    //! 5. the first place keeps its score and confidence, and no hit is lost.

    use doorstep_index::{Collection, Index, Page, PageKind, Record, write};

    use crate::{Engine, Query};

    const SECTIONS: [(&str, &str); 4] = [
        ("", "Garden waste collections are every fortnight from March to November. Join online."),
        ("What to put in", "Grass, leaves and twigs from your garden. No soil, no kitchen waste."),
        ("What it costs", "A brown bin costs £48 a year. A second one is £30."),
        (
            "If your bin was not emptied",
            "If your garden bin was not emptied, tell us within two days.",
        ),
    ];

    fn engine(kind: PageKind) -> Engine {
        let titles = ["Garden waste collections", "Swimming pools", "Dog fouling"];
        let mut site = Collection { lang: "en".into(), ..Collection::default() };
        for (page, title) in titles.into_iter().enumerate() {
            site.pages.push(Page { title: title.into(), kind, ..Page::default() });
            for (section, text) in SECTIONS.into_iter().take(if page == 0 { 4 } else { 1 }) {
                let text = if page == 0 { text.to_owned() } else { title.repeat(2) };
                let section = section.to_owned();
                site.records.push(Record { page: page as u32, section, text, ..Record::default() });
            }
        }
        Engine::new(Index::open(&write(&site).unwrap()).unwrap())
    }

    fn check(question: &str, expected: &str) {
        let engine = engine(PageKind::Page);
        let hits = engine.search(&Query { text: question, ..Query::default() }).hits;
        let index = engine.index();
        assert_eq!(index.record(hits[0].record).section, expected, "{question}");
        assert!(hits.windows(2).all(|pair| pair[0].score >= pair[1].score), "{question}");
        let mut records: Vec<u32> = hits.iter().map(|h| h.record).collect();
        records.sort_unstable();
        records.dedup();
        assert_eq!(records.len(), hits.len(), "{question}");
    }

    #[test]
    fn the_section_that_answers() {
        check("garden waste collections", "");
        check("when is my garden waste collected", "");
        check("can i put twigs in garden waste", "What to put in");
        check("how much does garden waste cost", "What it costs");
        check("my garden waste bin was not emptied", "If your bin was not emptied");
    }

    #[test]
    fn questions_and_answers_stand_for_themselves() {
        let asked = Query { text: "garden waste collected", ..Query::default() };
        let kinds = [PageKind::Faq, PageKind::Foi].map(|kind| engine(kind).search(&asked));
        let [faq, foi] = kinds;
        assert_eq!(faq, foi);
        let sorted = faq.hits.windows(2).all(|p| {
            p[0].score > p[1].score || p[0].score >= p[1].score && p[0].record < p[1].record
        });
        assert!(sorted, "{faq:?}");
    }
}
