//! Words that mean the same: the phrases of a question that the council's
//! thesaurus knows, and what they are also looked for as.

use std::borrow::Cow;

use doorstep_index::{Index, Member, PagePosting, Posting};

use crate::analyse::Sense;

/// By what a word of the question is compared with those of the thesaurus.
#[derive(Clone, Copy, Debug, Default, PartialEq)]
pub(crate) struct Key {
    /// The site's term, if it has one or what was meant by it.
    pub(crate) term: Option<u32>,
    /// Number of the stem among the strange words of the thesaurus.
    pub(crate) stem: Option<u32>,
    /// Number of this very form there.
    pub(crate) form: Option<u32>,
}

/// A phrase of the question that the thesaurus knows.
#[derive(Clone, Debug, PartialEq)]
pub(crate) struct Known {
    /// Places of its words in the question, in order.
    pub(crate) places: Vec<usize>,
    /// Group of the thesaurus.
    pub(crate) group: u32,
}

/// What a word or phrase of the question was also looked for as.
#[derive(Clone, Debug, PartialEq)]
pub(crate) struct Also {
    pub(crate) typed: String,
    pub(crate) sought: Vec<String>,
    pub(crate) owner: String,
}

/// The phrases of a question that the thesaurus knows, in order: of those that
/// overlap the first, of those that begin together the longest.
///
/// `readings` are the question's words with their places, and again without
/// those that may stand between the words of a phrase. One pass over the
/// thesaurus for each, some microseconds.
pub(crate) fn known(index: &Index, readings: &[Vec<(usize, Key)>]) -> Vec<Known> {
    // Of each place, the longest that begins there.
    let places = readings.iter().flatten().map(|&(place, _)| place + 1).max().unwrap_or(0);
    let mut longest: Vec<Option<Known>> = vec![None; places];
    for reading in readings {
        for member in index.thesaurus().members().iter().filter(|m| m.asked) {
            let words = member.words();
            for window in reading.windows(words.len()) {
                let mut both = window.iter().zip(words);
                if !both.all(|((_, key), &word)| same(index, key, word)) {
                    continue;
                }
                let places: Vec<usize> = window.iter().map(|&(place, _)| place).collect();
                let first = &mut longest[places[0]];
                if first.as_ref().is_none_or(|known| known.places.len() < places.len()) {
                    *first = Some(Known { places, group: member.group });
                }
            }
        }
    }
    let mut all: Vec<Known> = Vec::new();
    for known in longest.into_iter().flatten() {
        if all.last().is_none_or(|last| last.places.last() < known.places.first()) {
            all.push(known);
        }
    }
    all
}

fn same(index: &Index, key: &Key, word: u32) -> bool {
    match index.postings().term_of(word) {
        Some(term) => key.term == Some(term),
        None => key.stem == Some(word) || key.form == Some(word),
    }
}

/// What the words of group `group` are looked for as.
pub(crate) fn sought(index: &Index, group: u32) -> impl Iterator<Item = &Member> {
    index.thesaurus().members().iter().filter(move |m| m.group == group && m.sought)
}

/// The terms of a phrase that is looked for.
pub(crate) fn terms(index: &Index, member: &Member) -> Vec<u32> {
    member.words().iter().filter_map(|&word| index.postings().term_of(word)).collect()
}

/// Where words stand together: of one, its postings; of several, the fewest
/// times that one of them stands in the same field, so that a record which
/// has "recycling" alone has nothing of "recycling centre".
pub(crate) fn together<'a>(
    index: &'a Index,
    senses: &[Sense],
) -> (Cow<'a, [PagePosting]>, Cow<'a, [Posting]>) {
    let postings = index.postings();
    let Some((first, rest)) = senses.split_first() else { return Default::default() };
    let (pages, records) = (postings.pages(first.term), postings.records(first.term));
    if rest.is_empty() {
        return (pages.into(), records.into());
    }
    let (mut pages, mut records) = (pages.to_vec(), records.to_vec());
    for &Sense { term, .. } in rest {
        let others = postings.pages(term);
        pages.retain_mut(|p| {
            let other = others.binary_search_by_key(&p.page, |o| o.page).map(|at| others[at]);
            let other = other.unwrap_or_default();
            (p.title, p.alias) = (p.title.min(other.title), p.alias.min(other.alias));
            p.title > 0 || p.alias > 0
        });
        let others = postings.records(term);
        records.retain_mut(|p| {
            let other = others.binary_search_by_key(&p.record, |o| o.record).map(|at| others[at]);
            let other = other.unwrap_or_default();
            p.section = p.section.min(other.section);
            p.question = p.question.min(other.question);
            p.body = p.body.min(other.body);
            p.section > 0 || p.question > 0 || p.body > 0
        });
    }
    (pages.into(), records.into())
}

/// Records in which words stand together, their pages' titles included.
pub(crate) fn found(index: &Index, senses: &[Sense]) -> usize {
    let (pages, records) = together(index, senses);
    pages.len().max(records.len())
}

#[cfg(test)]
mod tests {
    //! 1. what the site calls otherwise is found, by a word or a phrase, and
    //!    explained with its owner; such a word is not unknown, nor corrected;
    //! 2. the word itself comes before a synonym;
    //! 3. a phrase counts only together, and once;
    //! 4. one way is one way; a phrase that is excepted means nothing else;
    //! 5. of phrases the longest counts;
    //! 6. grammar may stand between the words of a phrase, and every negation
    //!    is "not".

    use doorstep_index::{
        Collection, Page, Record, Synonyms, choose_synonyms, join_thesaurus, write,
    };

    use super::*;
    use crate::{Engine, Query};

    fn engine(texts: &[&str]) -> Engine {
        let mut collection = Collection { lang: "en".into(), ..Collection::default() };
        for (page, text) in texts.iter().enumerate() {
            collection.pages.push(Page::default());
            collection.records.push(Record {
                page: page as u32,
                text: (*text).into(),
                ..Record::default()
            });
        }
        let group = |from: &[&str], to: &[&str], except: &[&str]| {
            let own = |list: &[&str]| list.iter().map(|&text| text.to_owned()).collect();
            let (from, to, except) = (own(from), own(to), own(except));
            let (lang, owner) = ("en".into(), "Waste".into());
            Synonyms { id: String::new(), lang, owner, from, to, except }
        };
        let bins = ["wheelie bin", "dustbin"];
        let groups = [
            group(&["tip"], &["recycling centre"], &["fly tipping"]),
            group(&bins, &bins, &[]),
            group(&["bus pass"], &["concessionary travel"], &[]),
            group(&["bus"], &["coach"], &[]),
            group(&["not emptied"], &["missed"], &[]),
        ];
        let file = write(&collection).expect("written");
        let section = choose_synonyms(&Index::open(&file).expect("opens"), &groups);
        let file = join_thesaurus(&file, section.expect("usable")).expect("joined");
        Engine::new(Index::open(&file).expect("opens"))
    }

    /// `expected`: the records found, the best first.
    fn check(texts: &[&str], asked: &str, expected: &[u32]) -> Engine {
        let engine = engine(texts);
        let ranking = engine.search(&Query { text: asked, ..Query::default() });
        let found: Vec<u32> = ranking.hits.iter().map(|hit| hit.record).collect();
        assert_eq!(found, expected, "{asked}: {ranking:?}");
        engine
    }

    #[test]
    fn synonyms_are_found() {
        let site = ["The library opens.", "The recycling centre opens.", "A dustbin is grey."];
        let engine = check(&site, "tip", &[1]);
        check(&site, "tips", &[1]);
        check(&site, "my wheelie bin", &[2]);
        let query = Query { text: "tip", ..Query::default() };
        let ranking = engine.search(&query);
        assert!(ranking.unknown.is_empty() && ranking.corrected.is_empty(), "{ranking:?}");
        let lines = engine.explain(&query, 1).lines;
        assert_eq!(lines[0], "“tip” is not on this site");
        assert_eq!(lines[1], "“tip” was also looked for as “recycling centre” (thesaurus, Waste)");
    }

    #[test]
    fn the_word_itself_comes_first() {
        check(&["The recycling centre opens.", "The big tip opens."], "tip", &[1, 0]);
        check(&["A dustbin here, grey.", "A wheelie bin here."], "wheelie bin", &[1, 0]);
    }

    #[test]
    fn a_phrase_counts_together_and_once() {
        let site = ["The leisure centre.", "Recycling for you.", "The recycling centre."];
        let engine = check(&site, "tip", &[2]);
        let (_, rows, _) = engine.features(&Query { text: "tip", ..Query::default() });
        let covered = crate::FEATURES.iter().position(|&name| name == "covered").expect("there");
        assert!((rows[0][covered] - 0.6).abs() < 1e-6, "{rows:?}");
        let both = ["Concessionary travel for all.", "Travel by night."];
        let (_, rows, _) = check(&both, "bus pass", &[0])
            .features(&Query { text: "bus pass", ..Query::default() });
        assert!((rows[0][covered] - 0.6).abs() < 1e-6, "{rows:?}");
    }

    #[test]
    fn one_way_is_one_way() {
        check(
            &["The tip.", "Recycling at the centre.", "Recycling centre"],
            "recycling centre",
            &[2, 1],
        );
        check(&["Recycling centre", "Fly posters."], "fly tipping", &[1]);
    }

    #[test]
    fn the_longest_phrase_counts() {
        let site = ["A coach.", "Concessionary travel.", "A bus."];
        check(&site, "bus pass", &[1, 2]);
        check(&site, "bus", &[2, 0]);
    }

    #[test]
    fn grammar_between_is_no_matter() {
        let site = ["Missed ones.", "Recycling centre.", "Concessionary travel."];
        for asked in ["was not emptied", "it wasn't emptied", "hasnt been emptied", "never emptied"]
        {
            check(&site, asked, &[0]);
        }
        check(&site, "my pass for the bus", &[]);
        check(&site, "a bus with my pass", &[2]);
        check(&site, "a bus or a pass", &[]);
        check(&site, "emptied", &[]);
    }
}
