//! Files into [`Data`]: the later over the earlier, every error with its
//! place.

mod people;
mod synonyms;

use std::ops::Range;

use doorstep_index::{Date, Link};
use doorstep_text::{fold, stem};
use toml::Spanned;
use toml::value::Datetime;

use self::synonyms::Asked;
use super::DataError;
use super::raw::{File, RawCard, RawLink, RawPhone, RawRule};
use crate::data::{CardRule, Data, Group, Message, Review, Role, Rule};
use crate::pattern::Patterns;
use crate::reply::Phone;
use crate::signs;

/// A file being merged: where its lines are, and what is wrong in it.
struct Place<'a> {
    file: &'a str,
    text: &'a str,
}

impl Place<'_> {
    fn line(&self, span: Range<usize>) -> usize {
        self.text.bytes().take(span.start).filter(|b| *b == b'\n').count() + 1
    }

    fn error(&self, span: Range<usize>, message: String) -> DataError {
        DataError { file: self.file.to_owned(), line: self.line(span), message }
    }
}

/// A pattern and where it stands, to be compiled once all groups are known.
struct Written {
    pattern: String,
    file: String,
    line: usize,
}

#[derive(Default)]
struct Merger {
    data: Data,
    errors: Vec<DataError>,
    patterns: Vec<Written>,
    /// What may be asked of each group of the thesaurus.
    asked: Vec<Asked>,
    /// Ids of the phones of each card, beside the card's own list.
    phone_ids: Vec<Vec<String>>,
}

pub(super) fn merge(files: &[(&str, &str)]) -> Result<Data, Vec<DataError>> {
    let mut merger = Merger::default();
    for (file, text) in files {
        let place = Place { file, text };
        match toml::from_str::<File>(text) {
            Ok(raw) => merger.file(&place, raw),
            Err(error) => {
                let span = error.span().unwrap_or(0..0);
                merger.errors.push(place.error(span, error.message().to_owned()));
            }
        }
    }
    merger.finish()
}

impl Merger {
    fn file(&mut self, place: &Place<'_>, raw: File) {
        for (name, words) in raw.groups {
            let name = name.into_inner();
            match self.data.groups.iter_mut().find(|g| g.name == name) {
                Some(group) => group.words = words,
                None => self.data.groups.push(Group { name, words }),
            }
        }
        if let Some(correct) = raw.correct {
            self.data.correct.extend(correct.split_whitespace().map(|w| stem(&fold(w))));
        }
        for day in raw.closed {
            let day = self.date(place, &day);
            self.data.closed.extend(day);
        }
        for (id, text) in raw.messages {
            match self.data.messages.iter_mut().find(|m| m.id == id) {
                Some(message) => message.text = text,
                None => self.data.messages.push(Message { id, text }),
            }
        }
        for card in raw.card {
            self.card(place, card);
        }
        for contact in raw.contact {
            self.contact(place, contact);
        }
        for language in raw.language {
            self.language(place, language);
        }
        self.thesaurus(place, raw.thesaurus);
        for (role, rules) in [
            (Role::Smalltalk, raw.smalltalk),
            (Role::Case, raw.case),
            (Role::Eligibility, raw.eligibility),
            (Role::Body, raw.body),
            (Role::Decline, raw.decline),
            (Role::Broad, raw.broad),
            (Role::Abuse, raw.abuse),
            (Role::Injection, raw.injection),
            (Role::Sensitive, raw.sensitive),
            (Role::Private, raw.private),
        ] {
            for rule in rules {
                self.rule(place, role, rule);
            }
        }
    }

    fn card(&mut self, place: &Place<'_>, raw: RawCard) {
        let span = raw.id.span();
        let id = raw.id.into_inner();
        let lang = raw.lang.unwrap_or_else(|| "en".to_owned());
        let known = self.data.cards.iter().position(|c| c.card.id == id && c.card.lang == lang);
        if raw.remove {
            if let Some(at) = known {
                self.data.cards.remove(at);
                self.phone_ids.remove(at);
            }
            self.data.reviews.retain(|r| r.what != named("card", &id, &lang));
            return;
        }
        let at = known.unwrap_or_else(|| {
            let mut card = CardRule::default();
            card.card.id.clone_from(&id);
            card.card.lang.clone_from(&lang);
            self.data.cards.push(card);
            self.phone_ids.push(Vec::new());
            self.data.cards.len() - 1
        });
        let (when, unless) = (self.written(place, raw.when), self.written(place, raw.unless));
        // Signs say nothing that somebody would have to confirm.
        let signs_alone = known.is_some()
            && raw.signs.is_some()
            && raw.owner.is_none()
            && raw.confirmed.is_none()
            && raw.review_by.is_none();
        if let Some(broken) = raw.signs.as_ref().and_then(|s| signs::broken(s.get_ref())) {
            let message = format!("expected signs such as pill=21 or garden=-3, found {broken:?}");
            let span = raw.signs.as_ref().map_or(span.clone(), Spanned::span);
            self.errors.push(place.error(span, message));
        }
        let card = &mut self.data.cards[at];
        set(&mut card.signs, raw.signs.map(Spanned::into_inner));
        set(&mut card.card.title, raw.title);
        set(&mut card.card.lines, raw.lines);
        set(&mut card.card.safeguarding, raw.safeguarding);
        set(&mut card.alone, raw.alone);
        set(&mut card.when, when);
        set(&mut card.unless, unless);
        if let Some(page) = raw.page {
            card.card.page = Some(link(page));
        }
        for phone in raw.phones {
            Self::phone(&mut card.card.phones, &mut self.phone_ids[at], phone);
        }
        let review_by = raw.review_by.and_then(|day| self.date(place, &day));
        if !signs_alone {
            let what = named("card", &id, &lang);
            self.review(place, span, &what, raw.owner, raw.confirmed, review_by);
        }
    }

    fn phone(phones: &mut Vec<Phone>, ids: &mut Vec<String>, raw: RawPhone) {
        let id = raw.id.into_inner();
        let at = ids.iter().position(|i| *i == id).unwrap_or_else(|| {
            ids.push(id);
            phones.push(Phone::default());
            phones.len() - 1
        });
        let phone = &mut phones[at];
        set(&mut phone.name, raw.name);
        set(&mut phone.hours, raw.hours);
        if let Some(number) = raw.number {
            let digits: String =
                number.chars().filter(|c| c.is_ascii_digit() || *c == '+').collect();
            let scheme = if raw.text == Some(true) { "sms:" } else { "tel:" };
            phone.url = if digits.is_empty() { String::new() } else { [scheme, &digits].concat() };
            phone.number = number;
        }
    }

    fn rule(&mut self, place: &Place<'_>, role: Role, raw: RawRule) {
        let span = raw.id.span();
        let id = raw.id.into_inner();
        let known = self.data.rules.iter().position(|r| r.id == id && r.role == role);
        let what = named("entry", &id, "en");
        if raw.remove {
            if let Some(at) = known {
                self.data.rules.remove(at);
            }
            self.data.reviews.retain(|r| r.what != what);
            return;
        }
        let at = known.unwrap_or_else(|| {
            self.data.rules.push(Rule { id: id.clone(), role, ..Rule::default() });
            self.data.rules.len() - 1
        });
        let (when, unless) = (self.written(place, raw.when), self.written(place, raw.unless));
        let rule = &mut self.data.rules[at];
        set(&mut rule.when, when);
        set(&mut rule.unless, unless);
        set(&mut rule.text, raw.text);
        set(&mut rule.topics, raw.topics);
        set(&mut rule.lang, raw.lang);
        if let Some(to) = raw.link {
            rule.link = Some(link(to));
        }
        let review_by = raw.review_by.and_then(|day| self.date(place, &day));
        // What names a source states facts of others: somebody confirms them.
        if raw.source.is_some() || raw.confirmed.is_some() || review_by.is_some() {
            let confirmed =
                raw.confirmed.or_else(|| raw.source.is_none().then(|| "own".to_owned()));
            self.review(place, span, &what, raw.owner, confirmed, review_by);
        }
    }

    /// Notes what somebody must look at; a later file changes what it names.
    fn review(
        &mut self,
        place: &Place<'_>,
        span: Range<usize>,
        what: &str,
        owner: Option<String>,
        confirmed: Option<String>,
        review_by: Option<Date>,
    ) {
        let (file, line) = (place.file.to_owned(), place.line(span));
        let at = self.data.reviews.iter().position(|r| r.what == what).unwrap_or_else(|| {
            self.data.reviews.push(Review {
                file: file.clone(),
                line,
                what: what.to_owned(),
                owner: "no owner".to_owned(),
                confirmed: String::new(),
                review_by: None,
            });
            self.data.reviews.len() - 1
        });
        let review = &mut self.data.reviews[at];
        review.file = file;
        review.line = line;
        set(&mut review.owner, owner);
        set(&mut review.confirmed, confirmed);
        if review_by.is_some() {
            review.review_by = review_by;
        }
    }

    fn written(
        &mut self,
        place: &Place<'_>,
        patterns: Option<Vec<Spanned<String>>>,
    ) -> Option<Vec<String>> {
        let patterns = patterns?;
        for pattern in &patterns {
            self.patterns.push(Written {
                pattern: pattern.get_ref().clone(),
                file: place.file.to_owned(),
                line: place.line(pattern.span()),
            });
        }
        Some(patterns.into_iter().map(Spanned::into_inner).collect())
    }

    fn date(&mut self, place: &Place<'_>, day: &Spanned<Datetime>) -> Option<Date> {
        let found = day.get_ref().to_string().parse::<Date>();
        if found.is_err() {
            let message = format!("expected a day such as 2027-04-30, found {}", day.get_ref());
            self.errors.push(place.error(day.span(), message));
        }
        found.ok()
    }

    /// Compiles every pattern, drops numbers that are not filled in, sorts.
    fn finish(mut self) -> Result<Data, Vec<DataError>> {
        let mut compiled = Patterns::new(&self.data.groups);
        for written in &self.patterns {
            if let Err(error) = compiled.add(&written.pattern) {
                self.errors.push(DataError {
                    file: written.file.clone(),
                    line: written.line,
                    message: format!("pattern {:?}: {}", written.pattern, error.0),
                });
            }
        }
        for card in &mut self.data.cards {
            card.when.iter_mut().chain(&mut card.unless).for_each(compact);
        }
        for rule in &mut self.data.rules {
            rule.when.iter_mut().chain(&mut rule.unless).for_each(compact);
        }
        for group in &mut self.data.groups {
            group.words = once(&group.words, ' ');
        }
        for card in &mut self.data.cards {
            // A place that the council has not filled: `overdue` insists on
            // the card being confirmed.
            card.card.phones.retain(|p| !p.number.is_empty());
        }
        self.data.correct.sort_unstable();
        self.data.correct.dedup();
        if self.errors.is_empty() {
            Ok(self.data)
        } else {
            self.errors.dedup();
            Err(self.errors)
        }
    }
}

/// A pattern without the words that mean the same to the matcher ("hit",
/// "hits"): people write them for each other, the download need not hold them.
fn compact(pattern: &mut String) {
    let slots: Vec<String> = pattern.split_whitespace().map(|slot| once(slot, '|')).collect();
    *pattern = slots.join(" ");
}

fn once(words: &str, between: char) -> String {
    let mut keys: Vec<String> = Vec::new();
    let mut kept: Vec<&str> = Vec::new();
    for word in words.split([between, '\n']).filter(|w| !w.is_empty()) {
        let key = if word.starts_with(['=', '@', '!', '~', '#']) {
            word.to_owned()
        } else {
            word.split('_').map(|w| stem(&fold(w))).collect::<Vec<_>>().join("_")
        };
        if !keys.contains(&key) {
            keys.push(key);
            kept.push(word);
        }
    }
    kept.join(&between.to_string())
}

fn named(what: &str, id: &str, lang: &str) -> String {
    if lang == "en" { [what, " ", id].concat() } else { [what, " ", id, " (", lang, ")"].concat() }
}

fn link(raw: RawLink) -> Link {
    Link { text: raw.text, url: raw.url }
}

fn set<T>(place: &mut T, value: Option<T>) {
    if let Some(value) = value {
        *place = value;
    }
}
