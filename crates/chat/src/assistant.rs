//! The order of decisions for one turn of the resident.

mod questions;
mod summary;

use std::fmt;

use doorstep_index::Index;
use doorstep_search::{Engine, Query, Ranking};

use doorstep_text::lower_case;

use crate::book::Book;
use crate::compose::passage;
use crate::contact::{contact_for, contact_named};
use crate::data::{CardRule, Data, Language, Role, Rule};
use crate::mask::{self, Known, mask, searchable};
use crate::reading::{Place, Reading};
use crate::reply::{Choice, Kind, Notice, Part, Reply};
use crate::retrieve::Retrieve;
use crate::split::Piece;
use crate::state::{Now, State};
use crate::tokens::{Token, tokens};
use crate::{language, topic};

/// Why an assistant cannot be opened.
#[derive(Debug)]
#[non_exhaustive]
pub enum OpenError {
    /// The bytes are no index.
    Index(doorstep_index::OpenError),
    /// The council's data in the index cannot be read: build it again with the
    /// builder of the same release.
    Data(String),
}

impl fmt::Display for OpenError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            OpenError::Index(error) => error.fmt(f),
            OpenError::Data(reason) => {
                f.write_str("the council's data in the index cannot be read: ")?;
                f.write_str(reason)?;
                f.write_str("; build the index again with the builder of the same release")
            }
        }
    }
}

impl std::error::Error for OpenError {
    fn source(&self) -> Option<&(dyn std::error::Error + 'static)> {
        match self {
            OpenError::Index(error) => Some(error),
            OpenError::Data(_) => None,
        }
    }
}

/// An opened site with the council's data: answers turn after turn, remembers
/// nothing itself.
pub struct Assistant<R: Retrieve = Engine> {
    site: R,
    book: Book,
    /// Telephone numbers that the council publishes, digits only.
    phones: Vec<String>,
    /// Mailboxes that the council publishes, lower case.
    mailboxes: Vec<String>,
}

impl Assistant<Engine> {
    /// The assistant of an index file.
    ///
    /// Cost: that of opening the index and its engine, and some milliseconds
    /// for the patterns.
    ///
    /// # Errors
    /// [`OpenError`], if the bytes are no index or its data are no data.
    pub fn open(bytes: &[u8]) -> Result<Assistant<Engine>, OpenError> {
        let index = Index::open(bytes).map_err(OpenError::Index)?;
        let data =
            Data::from_bytes(index.data()).map_err(|e| OpenError::Data(e.reason.to_owned()))?;
        Assistant::new(Engine::new(index), data)
    }
}

impl<R: Retrieve> Assistant<R> {
    /// The assistant of a site and a council's data.
    ///
    /// # Errors
    /// [`OpenError::Data`], if a pattern does not compile; the builder refuses
    /// such data.
    pub fn new(site: R, data: Data) -> Result<Assistant<R>, OpenError> {
        let book = Book::new(data)
            .map_err(|e| OpenError::Data([&*e.error.0, " in pattern ", &*e.pattern].concat()))?;
        let mut phones: Vec<String> = Vec::new();
        let mut mailboxes: Vec<String> = Vec::new();
        for entry in &book.data.contacts {
            phones.extend(numbers(&entry.contact.phone));
            phones.extend(numbers(&entry.contact.hours));
            mailboxes.push(entry.contact.email.to_ascii_lowercase());
        }
        for phone in book.data.cards.iter().flat_map(|c| &c.card.phones) {
            phones.extend(numbers(&phone.number));
        }
        Ok(Assistant { site, book, phones, mailboxes })
    }

    /// The site that is searched.
    pub fn site(&self) -> &R {
        &self.site
    }

    /// The council's data.
    pub fn data(&self) -> &Data {
        &self.book.data
    }

    /// The reply to `text` (NFKC-normalised) after the turns of `state`.
    ///
    /// Pure and bounded: the text is capped, the same input gives the same
    /// reply, nothing is remembered.
    pub fn reply(&self, state: &State, text: &str, now: Now) -> Reply {
        let asked = doorstep_text::normalise(text);
        let words = tokens(&asked);
        let card = self.book.card(&words);
        if card.is_none()
            && let Some((turn, choice)) = typed_choice(state, &asked)
            && let Some(reply) = self.choose(state, turn, choice, now)
        {
            return reply;
        }
        let (question, mut notices) = self.hide(&asked);
        let mut reply = Reply { question, ..Reply::default() };
        if let Some(card) = card {
            self.emergency(&mut reply, card, state, now);
            notices.append(&mut reply.notices);
            reply.notices = notices;
            return reply;
        }
        reply.notices = notices;
        if !self.small_talk(&mut reply, now) && !self.other_language(&mut reply, now) {
            self.questions(&mut reply, state, now);
        }
        reply
    }

    /// The reply to choosing `choice` of `turn`; `None` if there is none.
    pub fn choose(&self, state: &State, turn: usize, choice: usize, now: Now) -> Option<Reply> {
        let asked = state.turns.get(turn)?;
        let Choice { text, url, .. } = asked.choices.get(choice)?;
        let question = [text.as_str(), " ", &searchable(&asked.question)].concat();
        let page = self.site.pages().iter().position(|p| p.url == *url)?;
        let on_page = |record: u32| self.site.page_of(record) as usize == page;
        let query = Query { text: &question, context: &[], page: Some(url) };
        let ranking = self.site.search(&query);
        let record = ranking
            .hits
            .iter()
            .map(|hit| hit.record)
            .find(|&r| on_page(r))
            .or_else(|| (0..self.site.record_count()).find(|&r| on_page(r)))?;
        // The resident said so: nothing is likelier.
        let mut chosen = passage(&self.site, record, 1.0, &question);
        chosen.why = self.site.explain(&query, record);
        let question = text.clone();
        let part = Part { question, answered: true, near: false, passages: vec![chosen] };
        let mut reply = Reply {
            question: text.clone(),
            kind: Kind::Answer,
            parts: vec![part],
            ..Reply::default()
        };
        self.date_answers(&mut reply, now);
        Some(reply)
    }

    /// The ranking for `text` after the turns of `state`, before anything is
    /// decided: what an evaluation scores.
    pub fn rank(&self, state: &State, text: &str) -> Ranking {
        let (question, _) = self.hide(&doorstep_text::normalise(text));
        let piece = Piece { text: question, ..Piece::default() };
        self.retrieve(&piece, &topic::context(&state.turns), &state.page).ranking
    }

    /// The question with personal data, diagnoses and abuse hidden, and what
    /// is said about it.
    fn hide(&self, asked: &str) -> (String, Vec<Notice>) {
        let (masked, hid) = mask(asked, self);
        let mut notices = Vec::new();
        if hid {
            notices.push(self.notice("masked"));
        }
        let words = tokens(&masked);
        let mut reading = self.book.read(&words);
        let private = self.book.all_places(&mut reading, Role::Private);
        let abuse = self.book.all_places(&mut reading, Role::Abuse);
        let named = |p: &Place| {
            // The words that led to it ("my", "I have") stay.
            !doorstep_text::is_stop(&words[reading.token_of[*p]].folded)
        };
        let spans = private
            .iter()
            .chain(&abuse)
            .filter(|p| named(p))
            .map(|&p| {
                let word = &words[reading.token_of[p]];
                (word.start, word.end)
            })
            .collect();
        let sensitive = self.book.matches(&mut reading, Role::Sensitive);
        if !private.is_empty() || !sensitive.is_empty() {
            notices.push(self.notice("sensitive"));
        }
        (mask::cover(&masked, spans), notices)
    }

    pub(crate) fn notice(&self, id: &str) -> Notice {
        Notice { id: id.to_owned(), text: self.data().message(id).to_owned(), ..Notice::default() }
    }

    /// The card leads; unless it stands alone, what the site says follows.
    fn emergency(&self, reply: &mut Reply, card: &CardRule, state: &State, now: Now) {
        if !card.alone {
            self.questions(reply, state, now);
            reply.parts.retain(|part| part.answered);
        }
        reply.kind = Kind::Emergency;
        reply.card = Some(card.card.id.clone());
        reply.emergency = Some(card.card.clone());
        reply.choices.clear();
        reply.contact = None;
        reply.notices.retain(|n| n.id == "dated");
    }

    /// Whether the whole turn was small talk, and its reply.
    fn small_talk(&self, reply: &mut Reply, now: Now) -> bool {
        let words = tokens(&searchable(&reply.question));
        let mut reading = self.book.read(&words);
        let found = self.whole(&mut reading, &words, Role::Smalltalk);
        let Some(rule) = found else { return false };
        reply.kind = Kind::Smalltalk;
        reply.notices.push(said(rule, "smalltalk:"));
        if !rule.topics.is_empty() {
            reply.contact = contact_for(self.data(), "", &rule.topics, now);
        }
        true
    }

    /// The first rule of `role` that, with filler words, is the whole text.
    fn whole(&self, reading: &mut Reading, words: &[Token], role: Role) -> Option<&Rule> {
        let mut filler = vec![false; words.len()];
        for place in reading.places_of(self.book.words.filler) {
            filler[reading.token_of[place]] = true;
        }
        for (rule, _) in self.book.matches(reading, role) {
            let mut covered = filler.clone();
            for place in self.book.words_of_rule(reading, rule) {
                covered[reading.token_of[place]] = true;
            }
            if covered.iter().all(|c| *c) {
                return Some(rule);
            }
        }
        None
    }

    /// Whether the question is in another language, and what is said then:
    /// the way to a person who speaks it, and pages by its glossary, as pages
    /// that might help.
    fn other_language(&self, reply: &mut Reply, now: Now) -> bool {
        let text = searchable(&reply.question);
        let words = tokens(&text);
        let Some(found) =
            language::detect(&self.data().languages, &text, &words, &|word| self.site.has(word))
        else {
            return false;
        };
        reply.kind = Kind::None;
        reply.notices.push(language_notice(found));
        let translated = language::translated(found, &words);
        let mut part = Part { question: reply.question.clone(), ..Part::default() };
        if !translated.is_empty() {
            let query = Query { text: &translated, context: &[], page: None };
            part.passages = self.listed(&self.site.search(&query), &translated);
        }
        reply.parts.push(part);
        reply.contact = contact_named(self.data(), &found.contact, now);
        true
    }
}

impl<R: Retrieve> Known for Assistant<R> {
    fn is_public_phone(&self, digits: &str) -> bool {
        self.phones.iter().any(|p| p == digits)
    }

    fn is_role_mailbox(&self, address: &str) -> bool {
        self.mailboxes.iter().any(|m| m == address)
    }

    fn not_names(&self, words: &[Token]) -> Vec<bool> {
        let reading = self.book.read(words);
        let mut out = vec![false; words.len()];
        for place in reading.places_of(self.book.words.not_names) {
            out[reading.token_of[place]] = true;
        }
        out
    }
}

/// The numbers in a text, digits only, a number's groups joined.
fn numbers(text: &str) -> impl Iterator<Item = String> + '_ {
    text.split(|c: char| !(c.is_ascii_digit() || matches!(c, ' ' | '-' | '(' | ')')))
        .map(|run| run.chars().filter(char::is_ascii_digit).collect::<String>())
        .filter(|digits| digits.len() >= 3)
}

fn said(rule: &Rule, prefix: &str) -> Notice {
    Notice {
        id: [prefix, &*rule.id].concat(),
        text: rule.text.clone(),
        lang: (!rule.lang.is_empty()).then(|| rule.lang.clone()),
        link: rule.link.clone(),
    }
}

fn language_notice(found: &Language) -> Notice {
    Notice {
        id: "language".to_owned(),
        text: found.text.clone(),
        lang: Some(found.lang.clone()),
        link: None,
    }
}

/// The choice of the last turn that was typed instead of chosen.
fn typed_choice(state: &State, text: &str) -> Option<(usize, usize)> {
    let turn = state.turns.len().checked_sub(1)?;
    let plain = |s: &str| lower_case(s.trim().trim_end_matches('.'));
    let typed = plain(text);
    let choice = state.turns[turn].choices.iter().position(|c| plain(&c.text) == typed)?;
    Some((turn, choice))
}
