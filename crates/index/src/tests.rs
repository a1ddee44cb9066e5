//! 1. a collection comes back from its index byte for byte, for any Unicode;
//! 2. the same collection gives the same bytes;
//! 3. any byte flipped, and any cut, gives an error;
//! 4. sections whose content is wrong under a right checksum give an error or
//!    an index, never a panic;
//! 5. foreign files and other versions are named as such;
//! 6. postings and lengths count what the texts hold.

use proptest::prelude::*;

use crate::container::{unwrap, wrap};
use crate::{Collection, Date, Index, Link, OpenError, Page, PageKind, Record, WriteError, write};

fn check(collection: &Collection) {
    let bytes = write(collection).expect("records in order");
    assert_eq!(write(collection).expect("again"), bytes);
    let index = Index::open(&bytes).expect("opens");
    assert_eq!(index.lang(), collection.lang);
    assert_eq!(index.pages(), collection.pages);
    assert_eq!(index.data(), collection.data);
    let records: Vec<Record> = (0..index.record_count()).map(|n| index.record(n)).collect();
    assert_eq!(records, collection.records);
}

fn council() -> Collection {
    let page = |url: &str, title: &str| Page {
        url: url.into(),
        title: title.into(),
        source: "Larkmere Council".into(),
        owner: "Waste and recycling".into(),
        topics: vec!["lgsl-524".into(), "lgsl-533".into()],
        aliases: vec!["wheelie bins".into()],
        kind: PageKind::Foi,
        updated: Date::new(2026, 9, 14),
        review_by: None,
        valid_from: Date::new(2026, 1, 1),
        valid_to: Date::new(9999, 12, 31),
    };
    let record = |page: u32, section: &str, text: &str| Record {
        page,
        section: section.into(),
        anchor: "when".into(),
        text: text.into(),
        questions: vec!["When do you come?".into()],
        links: vec![Link { text: "Report it".into(), url: "/report/".into() }],
    };
    Collection {
        lang: "en".into(),
        pages: vec![page("/bins/", "Your bins"), page("/empty/", ""), page("/tax/", "Council tax")],
        records: vec![
            record(
                0,
                "Bin days",
                "Put bins out by 7am. The Council’s lorries come early.\n- the lid\n- The bin",
            ),
            record(0, "", ""),
            record(2, "Paying > Direct Debit", "COUNCIL tax of £1,200 is due.  Two spaces. "),
        ],
        data: b"{}".to_vec(),
    }
}

#[test]
fn a_council_comes_back() {
    check(&council());
    check(&Collection::default());
}

#[test]
fn every_flip_and_cut_is_an_error() {
    let bytes = write(&council()).expect("written");
    for at in 0..bytes.len() {
        assert!(Index::open(&bytes[..at]).is_err(), "cut at {at}");
        for bit in 0..8 {
            let mut flipped = bytes.clone();
            flipped[at] ^= 1 << bit;
            assert!(Index::open(&flipped).is_err(), "bit {bit} of byte {at}");
        }
    }
}

#[test]
fn errors_are_named() {
    let bytes = write(&council()).expect("written");
    let error = |bytes: &[u8]| Index::open(bytes).err();
    assert_eq!(error(b"%PDF-1.7 and so on and on"), Some(OpenError::Foreign));
    assert_eq!(error(b""), Some(OpenError::Foreign));
    assert!(matches!(error(&bytes[..bytes.len() - 1]), Some(OpenError::Length { .. })));
    let mut other = bytes.clone();
    other[8] = 200;
    assert_eq!(error(&other), Some(OpenError::Version { expected: crate::VERSION, found: 200 }));
    let mut flipped = bytes;
    *flipped.last_mut().expect("bytes") ^= 1;
    assert!(matches!(error(&flipped), Some(OpenError::Checksum { .. })));
}

#[test]
fn records_must_follow_their_pages() {
    let mut collection = council();
    collection.records.swap(0, 2);
    assert_eq!(write(&collection), Err(WriteError::Order { record: 1 }));
}

#[test]
fn postings_count_what_stands_there() {
    let index = Index::open(&write(&council()).expect("written")).expect("opens");
    let term =
        |word: &str| index.word(word).and_then(|w| index.postings().term_of(w)).expect("known");
    assert_eq!(term("bin"), term("bins"));
    let found: Vec<_> = index
        .postings()
        .records(term("bin"))
        .iter()
        .map(|p| (p.record, p.section, p.body))
        .collect();
    assert_eq!(found, [(0, 1, 2)]);
    let found: Vec<_> = index
        .postings()
        .pages(term("council"))
        .iter()
        .map(|p| (p.page, p.title, p.alias))
        .collect();
    assert_eq!(found, [(2, 1, 0)]);
    assert_eq!(index.postings().lengths()[0].body, 14);
    assert_eq!(index.postings().title_lengths(), [2, 0, 2]);
    assert_eq!(index.body_words(0).count(), 14);
    assert!(index.body_words(9).next().is_none());
    assert_eq!(index.word("council"), index.word(&doorstep_text::fold("Council’s")));
}

fn any_text() -> impl Strategy<Value = String> {
    prop_oneof![
        "\\PC{0,40}",
        "([A-Z][a-z]{0,3}|[a-z]{1,4}|[0-9.,]{1,4}|['’\\-\n :£|]|  ?){0,30}",
        ".{0,20}",
    ]
}

fn any_collection() -> impl Strategy<Value = Collection> {
    let record = (0..3u32, any_text(), any_text(), prop::collection::vec(any_text(), 0..3))
        .prop_map(|(page, section, text, questions)| Record {
            page,
            section,
            text,
            links: questions.iter().map(|q| Link { text: q.clone(), url: q.clone() }).collect(),
            questions,
            ..Record::default()
        });
    let page =
        (any_text(), prop::collection::vec(any_text(), 0..3)).prop_map(|(title, aliases)| Page {
            topics: aliases.clone(),
            title,
            aliases,
            ..Page::default()
        });
    (prop::collection::vec(page, 3..4), prop::collection::vec(record, 0..6), any::<Vec<u8>>())
        .prop_map(|(pages, mut records, data)| {
            records.sort_by_key(|r| r.page);
            Collection { lang: "cy".into(), pages, records, data }
        })
}

proptest! {
    #[test]
    fn any_collection_comes_back(collection in any_collection()) {
        check(&collection);
    }

    #[test]
    fn any_bytes_open_or_give_an_error(bytes: Vec<u8>, known: bool) {
        let mut file = if known { b"DOORSTEP\x01\x00".to_vec() } else { Vec::new() };
        file.extend(bytes);
        prop_assert!(Index::open(&file).is_err());
    }

    #[test]
    fn wrong_content_under_a_right_checksum_never_panics(
        section in 0usize..7, at in any::<prop::sample::Index>(), value: u8, cut: bool,
    ) {
        let bytes = write(&council()).expect("written");
        let mut sections: Vec<_> =
            unwrap(&bytes).expect("sound").into_iter().map(|(t, b)| (t, b.to_vec())).collect();
        let content = &mut sections[section].1;
        let at = at.index(content.len());
        if cut { content.truncate(at) } else { content[at] = value }
        if let Ok(index) = Index::open(&wrap(&sections).expect("fits")) {
            for n in 0..index.record_count() {
                index.record(n);
                index.body_words(n).count();
            }
        }
    }
}
