//! The engine against the plainest code that does the same, on small random
//! sites:
//!
//! 1. what the ranker sees of each record's and page's words is BM25F and
//!    BM25 as the formulas say, worked out from the texts record by record, as
//!    a share of the best, times the share of the question that any record
//!    has, or for headings any heading; a synonym of several words counts as often as the rarest of them;
//! 2. the records that are looked at closely are the best of all by these
//!    scores: what is left out could not have come before them;
//! 3. hits stand by score, each once, and come from what was looked at; of the
//!    first page another section may lead;
//! 4. a word is corrected exactly where plain comparison with every word of
//!    the site finds one near enough.
#![allow(clippy::unwrap_used, clippy::expect_used)]

mod plain;

use std::collections::BTreeSet;

use doorstep_index::{
    Collection, Index, Page, Record, Synonyms, choose_synonyms, join_thesaurus, write,
};
use doorstep_search::{Engine, FEATURES, Query};
use plain::{Group, Plain, Site};
use proptest::prelude::*;

/// Far enough from one another that none is read as another, some with the
/// same stem; two stop words, two that only ask.
const WORDS: [&str; 16] = [
    "bin",
    "bins",
    "rubbish",
    "council",
    "library",
    "libraries",
    "permit",
    "permits",
    "garden",
    "fence",
    "swimming",
    "school",
    "the",
    "of",
    "how",
    "when",
];

fn engine(site: &Site<'_>, thesaurus: &[Group<'_>]) -> Engine {
    let mut collection = Collection { lang: "en".into(), ..Collection::default() };
    for (number, page) in site.pages.iter().enumerate() {
        collection.pages.push(Page {
            title: page.title.join(" "),
            aliases: page.aliases.iter().map(|alias| alias.join(" ")).collect(),
            ..Page::default()
        });
        for record in &page.records {
            collection.records.push(Record {
                page: number as u32,
                section: record.section.join(" "),
                questions: record.questions.iter().map(|words| words.join(" ")).collect(),
                text: record.text.join(" "),
                ..Record::default()
            });
        }
    }
    let mut file = write(&collection).unwrap();
    let phrases = |list: &[Vec<&str>]| list.iter().map(|phrase| phrase.join(" ")).collect();
    let group = |group: &Group<'_>| Synonyms {
        lang: "en".into(),
        from: phrases(&group.from),
        to: phrases(&group.to),
        ..Synonyms::default()
    };
    let groups: Vec<Synonyms> = thesaurus.iter().map(group).collect();
    if let Some(section) = choose_synonyms(&Index::open(&file).unwrap(), &groups) {
        file = join_thesaurus(&file, section).unwrap();
    }
    Engine::new(Index::open(&file).unwrap())
}

fn some(most: usize) -> impl Strategy<Value = Vec<&'static str>> {
    prop::collection::vec(prop::sample::select(&WORDS[..]), 0..most)
}

fn site(pages: usize) -> impl Strategy<Value = Site<'static>> {
    let record = (some(4), prop::collection::vec(some(4), 0..2), some(20))
        .prop_map(|(section, questions, text)| plain::Record { section, questions, text });
    let page = (some(4), prop::collection::vec(some(3), 0..2), prop::collection::vec(record, 0..5))
        .prop_map(|(title, aliases, records)| plain::Page { title, aliases, records });
    prop::collection::vec(page, 1..pages).prop_map(|pages| Site { pages })
}

/// Some groups of the thesaurus, of words that are no stop words.
fn thesaurus() -> impl Strategy<Value = Vec<Group<'static>>> {
    let phrase = || prop::collection::vec(prop::sample::select(&WORDS[..12]), 1..4);
    let phrases = || prop::collection::vec(phrase(), 1..4);
    let group = (phrases(), phrases()).prop_map(|(from, to)| Group { from, to });
    prop::collection::vec(group, 0..4)
}

/// Holds that a number is what it should be, but for rounding.
fn check(what: &str, record: u32, got: f32, expected: f64) -> Result<(), TestCaseError> {
    let near = (f64::from(got) - expected).abs() <= 1e-4 * expected.abs().max(1.0);
    prop_assert!(near, "{what} of record {record}: {got}, expected {expected}");
    Ok(())
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(200))]

    #[test]
    fn scores_are_those_of_the_formulas(
        site in site(8), asked in some(6), thesaurus in thesaurus(),
    ) {
        let engine = engine(&site, &thesaurus);
        let plain = Plain::new(&site, &asked, &thesaurus);
        let text = asked.join(" ");
        let (records, rows, _) = engine.features(&Query { text: &text, ..Query::default() });
        let column = |name| FEATURES.iter().position(|feature| *feature == name).unwrap();
        let best = |n: usize| records.iter().map(|&r| plain.scores(r)[n]).fold(1e-6, f64::max);
        let best = [best(0), best(1), best(2)];
        let covered = |n: usize| records.iter().map(|&r| plain.covered(r)[n]).fold(0.0, f64::max);
        let scales = [covered(0).max(1e-6), covered(0).max(1e-6), covered(2)];
        for (&record, row) in records.iter().zip(rows) {
            for (n, name) in ["section", "page", "heading"].into_iter().enumerate() {
                let share = plain.scores(record)[n] / best[n];
                check(name, record, row[column(name)], share * scales[n])?;
            }
            for (n, name) in ["covered", "page covered"].into_iter().enumerate() {
                check(name, record, row[column(name)], plain.covered(record)[n])?;
            }
        }
    }

    #[test]
    fn what_is_left_out_is_worse(
        site in site(60), asked in some(5), thesaurus in thesaurus(),
    ) {
        // A word that only asks brings titles in without a score.
        let asked: Vec<&str> = asked.into_iter().filter(|w| !["how", "when"].contains(w)).collect();
        let engine = engine(&site, &thesaurus);
        let plain = Plain::new(&site, &asked, &thesaurus);
        let text = asked.join(" ");
        let (records, ..) = engine.features(&Query { text: &text, ..Query::default() });
        let kept: BTreeSet<u32> = records.iter().copied().collect();
        let worst = kept.iter().map(|&r| plain.mixture(r)).fold(f64::INFINITY, f64::min);
        for record in 0..plain.records() {
            if plain.has_a_word(record) && !kept.contains(&record) {
                let score = plain.mixture(record);
                prop_assert!(kept.len() >= 80 && score <= worst + 1e-4, "{record}: {score}, {worst}");
            }
        }
    }

    #[test]
    fn hits_are_in_order(site in site(20), asked in some(6)) {
        let engine = engine(&site, &[]);
        let text = asked.join(" ");
        let query = Query { text: &text, ..Query::default() };
        let hits = engine.search(&query).hits;
        let (looked_at, ..) = engine.features(&query);
        prop_assert_eq!(hits.len(), looked_at.len().min(10));
        for pair in hits.windows(2) {
            prop_assert!(pair[0].score >= pair[1].score);
        }
        let page = hits.first().map(|h| engine.index().page_of(h.record));
        let mut seen = BTreeSet::new();
        for hit in &hits {
            let own = Some(engine.index().page_of(hit.record)) == page;
            prop_assert!(own || looked_at.contains(&hit.record));
            prop_assert!(seen.insert(hit.record), "twice");
            prop_assert!((0.0..=1.0).contains(&hit.confidence));
        }
        prop_assert!(looked_at.iter().any(|&r| Some(engine.index().page_of(r)) == page) || hits.is_empty());
    }

    #[test]
    fn corrections_are_those_of_plain_comparison(
        site in prop::collection::vec("[bdk][aeo][lnr]{4,12}", 1..12), typed in "[bdk][aeo][lnr]{2,12}",
    ) {
        let page = plain::Page { records: vec![plain::Record {
            text: site.iter().map(String::as_str).collect(), ..plain::Record::default()
        }], ..plain::Page::default() };
        let engine = engine(&Site { pages: vec![page] }, &[]);
        let ranking = engine.search(&Query { text: &typed, ..Query::default() });
        let known = site.iter().any(|word| doorstep_text::stem(word) == doorstep_text::stem(&typed));
        // One slip from four letters on, two from eight, three from twelve, or two from five where
        // both sound alike: the same consonants, doubled or not, and a vowel
        // for each vowel. Two letters swapped from three.
        let sound = |word: &str| {
            let mut letters: Vec<u8> = word.bytes().map(|b| if b"aeo".contains(&b) { b'a' } else { b }).collect();
            letters.dedup();
            letters
        };
        let sorted = |word: &str| { let mut letters = word.as_bytes().to_vec(); letters.sort_unstable(); letters };
        let near = |word: &str| {
            let within = |most| doorstep_text::edit_distance(&typed, word, most).is_some();
            match typed.len() {
                0..=2 => false,
                3 => within(1) && sorted(&typed) == sorted(word),
                4 => within(1),
                5..=7 => within(1) || within(2) && sound(&typed) == sound(word),
                8..=11 => within(2),
                _ => within(3),
            }
        };
        let expected = !known && site.iter().any(|word| near(word));
        prop_assert_eq!(!ranking.corrected.is_empty(), expected, "{:?}", ranking);
        for (_, meant) in ranking.corrected {
            prop_assert!(site.contains(&meant) && near(&meant));
        }
    }
}
