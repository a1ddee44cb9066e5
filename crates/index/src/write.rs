//! From a collection to the bytes of an index.

use crate::Date;
use crate::bytes::Writer;
use crate::container;
use crate::error::WriteError;
use crate::record::{Collection, Page, PageKind, Record};
use crate::vocabulary::Builder;

/// The index of a collection, as bytes; the same for the same collection.
///
/// About a second of release-mode CPU for 8 MB of text; memory a few times
/// the text. Errors: records out of order, or more than the format can hold.
pub fn write(collection: &Collection) -> Result<Vec<u8>, WriteError> {
    let counts = records_a_page(collection)?;
    let mut builder = Builder::new(texts(collection));
    texts(collection).for_each(|text| builder.count(text));
    let (set, forms, encoder) = builder.finish().ok_or(WriteError::TooLarge)?;
    let mut text = Vec::new();
    texts(collection).for_each(|t| encoder.encode(t, &mut text));

    let mut meta = Writer::default();
    meta.string(&collection.lang);
    meta.number(collection.pages.len() as u32);
    meta.number(collection.records.len() as u32);
    let sections = [
        (*b"meta", meta.bytes),
        (*b"voca", set),
        (*b"form", forms),
        (*b"page", pages(&collection.pages, &counts)),
        (*b"reco", records(&collection.records)),
        (*b"text", text),
        (*b"data", collection.data.clone()),
    ];
    container::wrap(&sections).ok_or(WriteError::TooLarge)
}

/// All texts in the order of the text section: of each page the title and the
/// aliases, then of each of its records the section, the questions, the text
/// and the words of its links.
fn texts(collection: &Collection) -> impl Iterator<Item = &str> {
    let mut records = collection.records.iter().peekable();
    collection.pages.iter().enumerate().flat_map(move |(number, page)| {
        let mut of_page: Vec<&str> = vec![&page.title];
        of_page.extend(page.aliases.iter().map(String::as_str));
        while let Some(record) = records.next_if(|r| r.page as usize == number) {
            of_page.push(&record.section);
            of_page.extend(record.questions.iter().map(String::as_str));
            of_page.push(&record.text);
            of_page.extend(record.links.iter().map(|link| link.text.as_str()));
        }
        of_page
    })
}

fn records_a_page(collection: &Collection) -> Result<Vec<u32>, WriteError> {
    let mut counts = vec![0; collection.pages.len()];
    let mut last = 0;
    for (number, record) in collection.records.iter().enumerate() {
        let page = record.page as usize;
        if page < last || page >= counts.len() {
            return Err(WriteError::Order { record: number });
        }
        counts[page] += 1;
        last = page;
    }
    Ok(counts)
}

/// Column by column, as equal things then stand together for deflate.
fn pages(pages: &[Page], counts: &[u32]) -> Vec<u8> {
    let mut w = Writer::default();
    for &n in counts {
        w.number(n);
    }
    let mut column = |of: fn(&Page) -> &str| {
        for page in pages {
            w.string(of(page));
        }
    };
    column(|p| &p.url);
    column(|p| &p.source);
    column(|p| &p.owner);
    for page in pages {
        w.number(page.topics.len() as u32);
        for topic in &page.topics {
            w.string(topic);
        }
    }
    for page in pages {
        w.number(page.aliases.len() as u32);
    }
    for page in pages {
        w.number(kind_number(page.kind));
    }
    let mut dates = |of: fn(&Page) -> Option<Date>| {
        for page in pages {
            w.number(of(page).map_or(0, date_number));
        }
    };
    dates(|p| p.updated);
    dates(|p| p.review_by);
    dates(|p| p.valid_from);
    dates(|p| p.valid_to);
    w.bytes
}

fn records(records: &[Record]) -> Vec<u8> {
    let mut w = Writer::default();
    for record in records {
        w.string(&record.anchor);
    }
    for record in records {
        w.number(record.questions.len() as u32);
    }
    for record in records {
        w.number(record.links.len() as u32);
    }
    for link in records.iter().flat_map(|r| &r.links) {
        w.string(&link.url);
    }
    w.bytes
}

pub(crate) fn kind_number(kind: PageKind) -> u32 {
    match kind {
        PageKind::Page => 0,
        PageKind::Faq => 1,
        PageKind::Foi => 2,
    }
}

pub(crate) fn kind_of(number: u32) -> Option<PageKind> {
    [PageKind::Page, PageKind::Faq, PageKind::Foi].into_iter().find(|&k| kind_number(k) == number)
}

/// Never 0, which stands for no date.
pub(crate) fn date_number(date: Date) -> u32 {
    (u32::from(date.year()) * 16 + u32::from(date.month())) * 32 + u32::from(date.day())
}

pub(crate) fn date_of(number: u32) -> Option<Date> {
    Date::new(u16::try_from(number >> 9).ok()?, (number >> 5 & 15) as u8, (number & 31) as u8)
}
