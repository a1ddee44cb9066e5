//! Which groups of the council's thesaurus a site can use.
//!
//! Only the builder comes here.

use std::collections::{BTreeSet, HashMap, HashSet};

use doorstep_text::{fold, stem, words};

use crate::Index;
use crate::thesaurus::{MOST_WORDS, Member, Thesaurus};

/// Words and phrases that mean the same, as a council writes them down. A
/// phrase has at most [`MOST_WORDS`] words; they are compared by their stems,
/// or with `=` before one of them as they stand.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Synonyms {
    /// By which a later data file changes the group.
    pub id: String,
    /// Language of the words, as in HTML's `lang`.
    pub lang: String,
    /// Who answers for the group.
    pub owner: String,
    /// What residents may say.
    pub from: Vec<String>,
    /// What is then also looked for; for words that mean the same both ways,
    /// the same as `from`.
    pub to: Vec<String>,
    /// Phrases in which nothing of `from` is meant.
    pub except: Vec<String>,
}

/// The words of a phrase as they are compared: their stems, or `=` and the
/// folded word. `"=rates"` gives `["=rates"]`, `"Bus passes"` `["bus", "pass"]`.
pub fn phrase_key(phrase: &str) -> Vec<String> {
    parts(phrase).into_iter().map(|(key, _)| key).collect()
}

/// Of each word of a phrase, by what it is compared, and its folded form.
fn parts(phrase: &str) -> Vec<(String, String)> {
    let parts = phrase.split_whitespace().flat_map(|part| {
        let exact = part.starts_with('=');
        words(part)
            .map(fold)
            .filter(|word| !word.is_empty())
            .map(move |word| (if exact { ["=", &word].concat() } else { stem(&word) }, word))
    });
    parts.collect()
}

/// What `index` holds of the thesaurus `groups`, as bytes for
/// [`join_thesaurus`](crate::join_thesaurus); none if it can use none.
///
/// Of a group stays what is looked for and stands so on a page of the site, and
/// what may be asked and leads there; but a name that both may be asked and is
/// a page's title leads to that page by itself. Groups in other languages than
/// the index's are left out. Same index and groups, same bytes; one pass over
/// the texts.
pub fn choose_synonyms(index: &Index, groups: &[Synonyms]) -> Option<Vec<u8>> {
    let site = Site::new(index, groups);
    let usable: Vec<Group<'_>> = groups
        .iter()
        .filter(|group| group.lang == index.lang())
        .filter_map(|group| site.usable(group))
        .collect();
    if usable.is_empty() {
        return None;
    }
    let mut except: Vec<Phrase> = Vec::new();
    for phrase in usable.iter().flat_map(|group| &group.from.except) {
        let phrase = site.phrase(phrase);
        let asked = usable.iter().flat_map(|group| &group.asked).chain(&except);
        if phrase.fits() && !asked.map(|p| &p.key).any(|key| *key == phrase.key) {
            except.push(phrase);
        }
    }
    let all = usable.iter().flat_map(|group| &group.asked).chain(&except);
    let strange = all.flat_map(|p| p.key.iter().zip(&p.words).filter(|(_, word)| word.is_none()));
    let strange: BTreeSet<&String> = strange.map(|(part, _)| part).collect();
    let strange: Vec<String> = strange.into_iter().cloned().collect();
    let mut out = Thesaurus { strange, site: index.word_count(), ..Thesaurus::default() };
    for group in &usable {
        let number = out.group(&group.from.owner);
        for phrase in &group.asked {
            let both = group.sought.iter().any(|sought| sought.key == phrase.key);
            out.add(number, phrase, true, both);
        }
        for phrase in &group.sought {
            if !group.asked.iter().any(|asked| asked.key == phrase.key) {
                out.add(number, phrase, false, true);
            }
        }
    }
    // Asked and leading nowhere: the longest phrase of a question counts.
    if let Some(first) = usable.first().filter(|_| !except.is_empty()) {
        let number = out.group(&first.from.owner);
        for phrase in &except {
            out.add(number, phrase, true, false);
        }
    }
    Some(out.write())
}

/// A phrase as it is compared, and the numbers of its words that are the
/// site's.
struct Phrase {
    key: Vec<String>,
    words: Vec<Option<u32>>,
}

impl Phrase {
    fn fits(&self) -> bool {
        (1..=MOST_WORDS).contains(&self.key.len())
    }
}

/// What a site can use of a group.
struct Group<'a> {
    from: &'a Synonyms,
    asked: Vec<Phrase>,
    sought: Vec<Phrase>,
}

/// The words of a site by their stems.
struct Site<'a> {
    index: &'a Index,
    /// Of each term, its first word.
    first: HashMap<u32, u32>,
    /// Of what is looked for, what stands there word beside word.
    standing: HashSet<Vec<u32>>,
    /// Of that, what stands in a page's title or other names.
    titled: HashSet<Vec<u32>>,
}

impl Site<'_> {
    fn new<'a>(index: &'a Index, groups: &[Synonyms]) -> Site<'a> {
        let mut first = HashMap::new();
        for word in 0..index.word_count() {
            if let Some(term) = index.postings().term_of(word) {
                first.entry(term).or_insert(word);
            }
        }
        let mut site = Site { index, first, standing: HashSet::new(), titled: HashSet::new() };
        let sought = groups.iter().flat_map(|group| &group.to).map(|phrase| site.sought(phrase));
        let wanted = sought.filter_map(|phrase| site.terms(&phrase)).collect();
        (site.standing, site.titled) = standing(index, &wanted);
        site
    }

    /// Words by the form that was written, or another with their stem.
    fn phrase(&self, text: &str) -> Phrase {
        let word = |(key, folded): &(String, String)| {
            let term = self.index.postings().term_of_stem(key)?;
            self.index.word(folded).or_else(|| self.first.get(&term).copied())
        };
        let parts = parts(text);
        let words = parts.iter().map(word).collect();
        Phrase { key: parts.into_iter().map(|(key, _)| key).collect(), words }
    }

    fn usable<'a>(&self, group: &'a Synonyms) -> Option<Group<'a>> {
        let mut sought: Vec<Phrase> = Vec::new();
        for phrase in &group.to {
            let phrase = self.sought(phrase);
            let stands = self.terms(&phrase).is_some_and(|terms| self.standing.contains(&terms));
            if stands && sought.iter().all(|p| p.key != phrase.key) {
                sought.push(phrase);
            }
        }
        let mut asked: Vec<Phrase> = Vec::new();
        for phrase in &group.from {
            let phrase = self.phrase(phrase);
            let leads = sought.iter().any(|to| to.key != phrase.key);
            // What pages are called by needs no other name: it would only blur
            // what they are about.
            let both = sought.iter().any(|to| to.key == phrase.key);
            let titled = self.terms(&phrase).is_some_and(|terms| self.titled.contains(&terms));
            let leads = leads && !(both && titled);
            if phrase.fits() && leads && asked.iter().all(|p| p.key != phrase.key) {
                asked.push(phrase);
            }
        }
        (!asked.is_empty()).then_some(Group { from: group, asked, sought })
    }

    /// What is looked for is looked for in all its forms.
    fn sought(&self, text: &str) -> Phrase {
        self.phrase(&text.replace('=', " "))
    }

    /// The terms of a phrase, if the site has all of them.
    fn terms(&self, phrase: &Phrase) -> Option<Vec<u32>> {
        let term = |word: &Option<u32>| self.index.postings().term_of((*word)?);
        phrase.words.iter().map(term).collect()
    }
}

/// Those of `wanted` that stand side by side somewhere on the site, and those
/// of them that stand so in a page's title or other names.
fn standing(index: &Index, wanted: &HashSet<Vec<u32>>) -> (HashSet<Vec<u32>>, HashSet<Vec<u32>>) {
    let mut found = HashSet::new();
    let mut look =
        |words: &mut dyn Iterator<Item = u32>| look_for(index, wanted, words, &mut found);
    let of_text = |text: &str| -> Vec<u32> {
        words(text).filter_map(|word| index.word(&fold(word))).collect()
    };
    for (number, page) in index.pages().iter().enumerate() {
        look(&mut index.title_words(number as u32));
        for alias in &page.aliases {
            look(&mut of_text(alias).into_iter());
        }
    }
    let titled = found.clone();
    let mut look =
        |words: &mut dyn Iterator<Item = u32>| look_for(index, wanted, words, &mut found);
    for record in 0..index.record_count() {
        look(&mut index.section_words(record));
        look(&mut index.body_words(record));
        for question in index.record(record).questions {
            look(&mut of_text(&question).into_iter());
        }
    }
    (found, titled)
}

/// Adds to `found` what of `wanted` stands in these words.
fn look_for(
    index: &Index,
    wanted: &HashSet<Vec<u32>>,
    words: &mut dyn Iterator<Item = u32>,
    found: &mut HashSet<Vec<u32>>,
) {
    let terms: Vec<u32> = words.filter_map(|word| index.postings().term_of(word)).collect();
    for length in 1..=MOST_WORDS {
        for run in terms.windows(length) {
            if wanted.contains(run) && !found.contains(run) {
                found.insert(run.to_vec());
            }
        }
    }
}

impl Thesaurus {
    fn group(&mut self, owner: &str) -> u32 {
        let known = self.owners.iter().position(|o| o == owner).unwrap_or_else(|| {
            self.owners.push(owner.to_owned());
            self.owners.len() - 1
        });
        self.groups.push(known as u32);
        self.groups.len() as u32 - 1
    }

    fn add(&mut self, group: u32, phrase: &Phrase, asked: bool, sought: bool) {
        let mut words = [0; MOST_WORDS];
        for (word, (part, own)) in words.iter_mut().zip(phrase.key.iter().zip(&phrase.words)) {
            // What is no word of the site was gathered as strange.
            *word = own.or_else(|| self.strange(part)).unwrap_or_default();
        }
        self.members.push(Member { group, asked, sought, words, length: phrase.key.len() as u8 });
    }
}

#[cfg(test)]
mod tests {
    //! 1. of a group stays what the site has and what leads there, but for names
    //!    that are a page's title;
    //! 2. a group, or a phrase, of which the site has nothing together is
    //!    dropped, and so are other languages;
    //! 3. what was chosen is read back with the index; same input, same bytes;
    //! 4. broken sections give an error or a thesaurus, never a panic.

    use super::*;
    use crate::{Collection, Page, Record, join_thesaurus, write};
    use proptest::prelude::*;

    fn index_of(texts: &[&str]) -> (Vec<u8>, Index) {
        let page = |text: &&str| Page {
            title: text.strip_prefix("Title: ").unwrap_or_default().into(),
            ..Page::default()
        };
        let record = |(page, text): (usize, &&str)| Record {
            page: page as u32,
            text: (*text).into(),
            ..Record::default()
        };
        let bytes = write(&Collection {
            lang: "en".into(),
            pages: texts.iter().map(page).collect(),
            records: texts.iter().enumerate().map(record).collect(),
            ..Collection::default()
        })
        .expect("written");
        let index = Index::open(&bytes).expect("opens");
        (bytes, index)
    }

    fn group(from: &[&str], to: &[&str], except: &[&str]) -> Synonyms {
        let own = |list: &[&str]| list.iter().map(|&text| text.to_owned()).collect();
        Synonyms {
            id: "a".into(),
            lang: "en".into(),
            owner: "Waste".into(),
            from: own(from),
            to: own(to),
            except: own(except),
        }
    }

    fn joined(texts: &[&str], groups: &[Synonyms]) -> Option<Index> {
        let (bytes, index) = index_of(texts);
        let section = choose_synonyms(&index, groups)?;
        assert_eq!(choose_synonyms(&index, groups).as_ref(), Some(&section));
        Some(Index::open(&join_thesaurus(&bytes, section).expect("joined")).expect("opens"))
    }

    /// `expected`: the paragraph of the dump.
    fn check(texts: &[&str], groups: &[Synonyms], expected: &str) {
        let dump = joined(texts, groups).map(|index| index.dump()).unwrap_or_default();
        assert_eq!(dump.split_once("\nthesaurus\n").map_or("", |(_, rest)| rest), expected);
    }

    #[test]
    fn what_the_site_can_use_stays() {
        let bins = ["bin", "rubbish", "household refuse"];
        let site = ["Bins are emptied.", "The recycling centre takes rubbish."];
        check(
            &site,
            &[group(&bins, &bins, &[])],
            "  bins, rubbish, household refus -> bins, rubbish (Waste)\n",
        );
        check(
            &site,
            &[group(
                &["=tip", "dump"],
                &["household waste site", "recycling centres"],
                &["fly tipping"],
            )],
            "  =tip, dump -> recycling centre (Waste)\n  fli tip -> nothing (Waste)\n",
        );
    }

    #[test]
    fn a_title_needs_no_other_name() {
        let badges = ["blue badge", "disabled badge"];
        check(
            &["Title: Blue badge", "Disabled badge holders."],
            &[group(&badges, &badges, &[])],
            "  disabled badge -> disabled badge, blue badge (Waste)\n",
        );
    }

    #[test]
    fn what_leads_nowhere_is_dropped() {
        let site = ["The library.", "The centre for recycling.", "A bin."];
        check(&site, &[group(&["tip"], &["library centre"], &["fly tipping"])], "");
        check(&site, &[group(&["bin", "bins"], &["bin"], &[])], "");
        check(&site, &[Synonyms { lang: "cy".into(), ..group(&["tip"], &["bin"], &[]) }], "");
        check(&site, &[], "");
    }

    proptest! {
        #[test]
        fn broken_bytes_never_panic(at in any::<prop::sample::Index>(), value: u8, cut: bool) {
            let groups = [group(&["=tip", "dump"], &["bin", "recycling centre"], &["fly tipping"])];
            let (bytes, index) = index_of(&["Recycling centre bin."]);
            let mut section = choose_synonyms(&index, &groups).expect("usable");
            let at = at.index(section.len());
            if cut { section.truncate(at) } else { section[at] = value }
            match Index::open(&join_thesaurus(&bytes, section).expect("joined")) {
                Ok(index) => drop(index.dump()),
                Err(error) => prop_assert!(error.to_string().contains("thesaurus"), "{error}"),
            }
        }
    }
}
