//! The thesaurus: groups of words that mean the same.

use doorstep_index::{MOST_WORDS, Synonyms, phrase_key};
use doorstep_text::is_stop;
use toml::Spanned;

use super::super::raw::RawSynonyms;
use super::{Merger, Place, set};

/// A word or phrase that leads to what a group means by it, and where that was
/// said.
pub(super) struct Asked {
    key: Vec<String>,
    file: String,
    line: usize,
    /// Id and language of the group.
    group: (String, String),
}

const HOW: &str = "write words = [...] with two or more that mean the same, or from = [...] and \
                   to = [...] for one way";

impl Merger {
    pub(super) fn thesaurus(&mut self, place: &Place<'_>, groups: Vec<RawSynonyms>) {
        for raw in groups {
            self.synonyms(place, raw);
        }
    }

    fn synonyms(&mut self, place: &Place<'_>, raw: RawSynonyms) {
        let span = raw.id.span();
        let id = raw.id.into_inner();
        let lang = raw.lang.unwrap_or_else(|| "en".to_owned());
        let group = (id, lang);
        let known = self.data.thesaurus.iter().position(|g| g.id == group.0 && g.lang == group.1);
        if raw.remove {
            self.asked.retain(|asked| asked.group != group);
            if let Some(at) = known {
                self.data.thesaurus.remove(at);
            }
            return;
        }
        let mut wrong = |message: String| self.errors.push(place.error(span.clone(), message));
        if raw.words.is_some() && (raw.from.is_some() || raw.to.is_some()) {
            wrong(format!("group {:?} has words and from or to: {HOW}", group.0));
            return;
        }
        let mut few = false;
        let words = raw.words.as_ref().map(Vec::len);
        for (name, count, least) in [
            ("words", words, 2),
            ("from", raw.from.as_ref().map(Vec::len), 1),
            ("to", raw.to.as_ref().map(Vec::len), 1),
        ] {
            if let Some(count) = count.filter(|&count| count < least) {
                few = true;
                let found = if count == 0 { "is empty" } else { "has one word only" };
                wrong(format!("{name} of group {:?} {found}: {HOW}", group.0));
            }
        }
        let at = known.unwrap_or_else(|| {
            let (id, lang) = group.clone();
            self.data.thesaurus.push(Synonyms { id, lang, ..Synonyms::default() });
            self.data.thesaurus.len() - 1
        });
        let both = raw.words.is_some();
        if let Some(asked) = raw.words.as_ref().or(raw.from.as_ref()) {
            // Said anew here, so what an earlier file said does not count.
            self.asked.retain(|asked| asked.group != group);
            self.asked(place, asked, &group);
        }
        for list in [&raw.to, &raw.except].into_iter().flatten() {
            self.phrases(place, list);
        }
        let own = |list: Option<Vec<Spanned<String>>>| {
            list.map(|list| list.into_iter().map(Spanned::into_inner).collect::<Vec<String>>())
        };
        let synonyms = &mut self.data.thesaurus[at];
        set(&mut synonyms.owner, raw.owner);
        set(&mut synonyms.from, own(raw.words).or(own(raw.from)));
        set(&mut synonyms.to, own(raw.to).or_else(|| both.then(|| synonyms.from.clone())));
        set(&mut synonyms.except, own(raw.except));
        if !few && (synonyms.from.is_empty() || synonyms.to.is_empty()) {
            let message = format!("group {:?} says no words: {HOW}", group.0);
            self.errors.push(place.error(span, message));
        } else if synonyms.owner.is_empty() {
            let message = format!(
                "group {:?} has no owner: write owner = \"who answers for these words\"",
                group.0
            );
            self.errors.push(place.error(span, message));
        }
    }

    /// Checks what may be asked: each leads to one group, that of the latest
    /// file.
    fn asked(&mut self, place: &Place<'_>, phrases: &[Spanned<String>], group: &(String, String)) {
        let keys = self.phrases(place, phrases);
        for (key, phrase) in keys.into_iter().zip(phrases) {
            if key.is_empty() {
                continue;
            }
            let line = place.line(phrase.span());
            let same = |asked: &Asked| asked.key == key && asked.group.1 == group.1;
            let known = self.asked.iter().position(same).map(|at| self.asked.remove(at));
            match known {
                Some(other) if other.file == place.file => {
                    let message = format!(
                        "{:?} is in group {:?} at line {} already (words are compared without \
                         their endings): take one of the two away",
                        phrase.get_ref(),
                        other.group.0,
                        other.line
                    );
                    self.errors.push(place.error(phrase.span(), message));
                }
                Some(other) => {
                    // The council's own word goes before the default.
                    let (id, lang) = &other.group;
                    let earlier =
                        self.data.thesaurus.iter_mut().find(|g| g.id == *id && g.lang == *lang);
                    if let Some(earlier) = earlier {
                        earlier.from.retain(|from| phrase_key(from) != key);
                    }
                }
                None => {}
            }
            let file = place.file.to_owned();
            self.asked.push(Asked { key, file, line, group: group.clone() });
        }
    }

    /// By what each phrase is compared; nothing for one that is wrong.
    fn phrases(&mut self, place: &Place<'_>, phrases: &[Spanned<String>]) -> Vec<Vec<String>> {
        let mut keys: Vec<Vec<String>> = Vec::new();
        for phrase in phrases {
            let text = phrase.get_ref();
            let key = phrase_key(text);
            let message = if key.is_empty() {
                Some(format!("{text:?} has no word: expected letters or digits"))
            } else if key.len() > MOST_WORDS {
                let many = key.len();
                Some(format!(
                    "{text:?} has {many} words, expected at most {MOST_WORDS}: shorten it"
                ))
            } else if key.iter().all(|part| is_stop(part.trim_start_matches('='))) {
                Some(format!("{text:?} is in every other question: name the thing itself"))
            } else if keys.contains(&key) {
                Some(format!(
                    "{text:?} is in this list already (words are compared without their \
                     endings): take it away"
                ))
            } else {
                None
            };
            keys.push(if message.is_some() { Vec::new() } else { key });
            self.errors.extend(message.map(|message| place.error(phrase.span(), message)));
        }
        keys
    }
}
