//! What titles and headings say of their sections:
//!
//! 1. where a site has none, nothing;
//! 2. a section without one is as near as its text, times the share of the
//!    sections that have one: none gains by having a heading;
//! 3. under headings that say the same, the section whose text is nearer is
//!    nearer by its heading too.
#![allow(clippy::unwrap_used)]

use doorstep_index::{Collection, Index, Page, Record, choose_vectors, join, write};
use doorstep_search::{Engine, FEATURES, Query};

const BINS: &str = "Put rubbish in the grey bin and recycling in the green one.";
const LIBRARY: &str = "Borrow books and films from the library with a card.";

/// Other sections, so that words are common or rare.
const OTHERS: [&str; 4] = [
    "Apply for a parking permit for your car in a street with permits.",
    "School places are offered in March to children who start in September.",
    "A grave in the cemetery is bought for fifty years.",
    "Report a street light that is not working, and where it stands.",
];

/// An engine for a site of these sections, heading and text, a page each, and
/// of others that have a heading or not as the last of these.
fn engine(sections: &[(&str, &str)]) -> Engine {
    let mut site = Collection { lang: "en".into(), ..Collection::default() };
    let heading = sections.last().map_or("", |last| last.0);
    let others = OTHERS.iter().map(|text| (heading, *text));
    for (number, (heading, text)) in sections.iter().copied().chain(others).enumerate() {
        site.pages.push(Page { url: format!("/{number}/"), ..Page::default() });
        site.records.push(Record {
            page: number as u32,
            section: heading.to_owned(),
            text: text.to_owned(),
            ..Record::default()
        });
    }
    let table = concat!(env!("CARGO_MANIFEST_DIR"), "/../text/vectors/pieces.bin");
    let table = std::fs::read(table).unwrap();
    let file = write(&site).unwrap();
    let vectors = choose_vectors(&Index::open(&file).unwrap(), &table, 1_000).unwrap();
    Engine::new(Index::open(&join(&file, vectors).unwrap()).unwrap())
}

/// Nearness of a question about rubbish to each section's text and heading.
fn near(sections: &[(&str, &str)]) -> Vec<[f32; 2]> {
    let engine = engine(sections);
    let (records, rows, _) =
        engine.features(&Query { text: "rubbish and recycling", ..Query::default() });
    assert_eq!(records.len(), sections.len() + OTHERS.len());
    let column = |name| FEATURES.iter().position(|feature| *feature == name).unwrap();
    let (text, heading) = (column("near text"), column("near heading"));
    rows.iter().map(|row| [row[text], row[heading]]).collect()
}

#[test]
fn no_headings_say_nothing() {
    for [text, heading] in near(&[("", BINS), ("", LIBRARY)]) {
        assert!(text != 0.0 && heading == 0.0, "{text}, {heading}");
    }
}

#[test]
fn none_gains_by_a_heading_that_says_little() {
    let found = near(&[("", BINS), ("Overview", LIBRARY)]);
    let [text, heading] = found[0];
    assert!(text > 0.2 && (heading - 5.0 / 6.0 * text).abs() < 0.02, "{text}, {heading}");
    assert!(heading > found[1][1], "{found:?}");
}

#[test]
fn the_same_heading_says_what_stands_below_it() {
    let found = near(&[("Overview", LIBRARY), ("Overview", BINS)]);
    assert!(found[1][1] > found[0][1] + 0.1, "{found:?}");
}
