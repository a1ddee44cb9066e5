//! Contacts and languages.

use super::super::hours::parse_hours;
use super::super::raw::{RawContact, RawLanguage};
use super::{Merger, Place, named, set};
use crate::data::{ContactEntry, Language};

impl Merger {
    pub(super) fn contact(&mut self, place: &Place<'_>, raw: RawContact) {
        let span = raw.name.span();
        let name = raw.name.into_inner();
        let known = self.data.contacts.iter().position(|c| c.contact.name == name);
        if raw.remove {
            if let Some(at) = known {
                self.data.contacts.remove(at);
            }
            return;
        }
        let at = known.unwrap_or_else(|| {
            let mut entry = ContactEntry::default();
            entry.contact.name.clone_from(&name);
            self.data.contacts.push(entry);
            self.data.contacts.len() - 1
        });
        let mut words = None;
        let mut open = None;
        if let Some(lines) = raw.open {
            let mut hours = Vec::new();
            for line in &lines {
                match parse_hours(line.get_ref()) {
                    Ok(found) => hours.push(found),
                    Err(message) => self.errors.push(place.error(line.span(), message)),
                }
            }
            let text: Vec<&str> = lines.iter().map(|l| l.get_ref().as_str()).collect();
            words = Some(text.join("; "));
            open = Some(hours);
        }
        let entry = &mut self.data.contacts[at];
        set(&mut entry.contact.phone, raw.phone);
        set(&mut entry.contact.email, raw.email);
        set(&mut entry.contact.url, raw.url);
        set(&mut entry.contact.topics, raw.topics);
        set(&mut entry.contact.hours, words);
        set(&mut entry.open, open);
        set(&mut entry.lang, raw.lang);
        if let Some(also) = raw.also {
            entry.contact.hours = [&*entry.contact.hours, "; ", &*also].concat();
        }
        if let Some(day) = raw.review_by {
            let review_by = self.date(place, &day);
            let what = named("contact", &name, "en");
            self.review(place, span, &what, Some(name), Some("own".to_owned()), review_by);
        }
    }

    pub(super) fn language(&mut self, place: &Place<'_>, raw: RawLanguage) {
        let span = raw.lang.span();
        let lang = raw.lang.into_inner();
        let known = self.data.languages.iter().position(|l| l.lang == lang);
        if raw.remove {
            if let Some(at) = known {
                self.data.languages.remove(at);
            }
            return;
        }
        let at = known.unwrap_or_else(|| {
            self.data.languages.push(Language { lang: lang.clone(), ..Language::default() });
            self.data.languages.len() - 1
        });
        let language = &mut self.data.languages[at];
        set(&mut language.words, raw.words);
        set(&mut language.letters, raw.letters);
        set(&mut language.text, raw.text);
        set(&mut language.contact, raw.contact);
        if let Some(script) = raw.script {
            let mut ends = script.get_ref().chars().map(u32::from);
            match (ends.next(), ends.next(), ends.next()) {
                (Some(first), Some(last), None) if first <= last => {
                    language.script = Some((first, last));
                }
                _ => self.errors.push(place.error(
                    script.span(),
                    "expected the first and the last character of a script, and no more".to_owned(),
                )),
            }
        }
        let folded = |text: &str| {
            doorstep_text::words(text).map(doorstep_text::fold).collect::<Vec<_>>().join(" ")
        };
        let language = &mut self.data.languages[at];
        for (from, to) in raw.glossary {
            let from = crate::tokens::tokens(&from)
                .into_iter()
                .map(|t| t.folded)
                .collect::<Vec<_>>()
                .join(" ");
            language.glossary.push((from, folded(&to)));
        }
        language.words = folded(&language.words);
        if let Some(day) = raw.review_by {
            let review_by = self.date(place, &day);
            let what = named("language", &lang, "en");
            self.review(place, span, &what, None, Some("own".to_owned()), review_by);
        }
    }
}
