//! Why a record stands where it stands, in words a web editor understands.

use crate::analyse::{Source, Word, documents};
use crate::engine::Looked;
use crate::features::NAMES;
use crate::query::Explanation;
use crate::synonyms::Also;
use crate::weights::RANK;
use doorstep_index::Index;

/// The lines: what became of each word, then the parts of the score.
pub(crate) fn explain(index: &Index, looked: &Looked, record: u32) -> Explanation {
    let mut lines = Vec::new();
    for word in &looked.words {
        if !word.stop {
            lines.push(word_line(index, word, record));
        }
        lines.extend(word.also.as_ref().map(also_line));
    }
    let at = looked.candidates.iter().position(|&c| c == record);
    if let Some(features) = at.map(|at| &looked.features[at]) {
        let part = |columns: &[usize]| columns.iter().map(|&i| RANK[i] * features[i]).sum::<f32>();
        let parts = [
            ("words in this section", part(&[0, 3, 8])),
            ("words in title and heading", part(&[2, 5, 6, 7])),
            ("words on the whole page", part(&[1, 4])),
            ("nearness in meaning", part(&[9, 10, 11, 12])),
        ];
        debug_assert_eq!(NAMES.len(), 13, "every feature belongs to a part");
        // Whole tenths: printing fractions would add 10 kB to the widget.
        let points = |value: f32| (value * 10.0) as i32;
        let parts = parts.map(|(name, value)| [name, " ", &points(value).to_string()].concat());
        lines.push(["points: ", &parts.join(", ")].concat());
    }
    let sections = index.records_of(index.page_of(record)).len();
    if looked.section == Some(record) && sections > 1 {
        lines.push(["chosen among the ", &sections.to_string(), " sections of its page"].concat());
    }
    Explanation { lines }
}

fn word_line(index: &Index, word: &Word, record: u32) -> String {
    let typed = &word.typed;
    let read = match &word.source {
        Source::Corrected(meant) => format!("“{typed}” was read as “{meant}”"),
        Source::Compound(parts) => format!("“{typed}” was read as “{parts}”"),
        Source::Synonym | Source::Unknown => return format!("“{typed}” is not on this site"),
        Source::Known => format!("“{typed}”"),
    };
    let page = index.page_of(record);
    let (mut title, mut heading, mut text) = (false, false, 0);
    for sense in word.senses.iter().filter(|s| s.synonym == 0) {
        let pages = index.postings().pages(sense.term);
        title |= pages.binary_search_by_key(&page, |p| p.page).is_ok();
        let records = index.postings().records(sense.term);
        if let Ok(at) = records.binary_search_by_key(&record, |p| p.record) {
            heading |= records[at].section > 0 || records[at].question > 0;
            text += u32::from(records[at].body);
        }
    }
    let mut places = Vec::new();
    if title {
        places.push("in the title".to_owned());
    }
    if heading {
        places.push("in the heading".to_owned());
    }
    if text > 0 {
        places.push(format!("in the text ({text} times)"));
    }
    let own = word.senses.iter().filter(|s| s.synonym == 0);
    let found = own.map(|s| documents(index, s.term)).max().unwrap_or(0);
    let rarity = format!("in {found} of {} sections", index.record_count());
    if places.is_empty() {
        format!("{read} is not in this section ({rarity})")
    } else {
        format!("{read} is {} ({rarity})", places.join(" and "))
    }
}

fn also_line(also: &Also) -> String {
    let sought = also.sought.join("”, “");
    format!("“{}” was also looked for as “{sought}” (thesaurus, {})", also.typed, also.owner)
}
