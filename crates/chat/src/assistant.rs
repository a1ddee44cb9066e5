//! The order of decisions for one turn of the resident.

use std::fmt;

use doorstep_index::Index;
use doorstep_search::{Engine, Hit, Query, Ranking};

use crate::book::Book;
use crate::compose::{dated, long_date, passage};
use crate::contact::{contact_for, contact_named};
use crate::data::{CardRule, Data, Language, Role, Rule};
use crate::decide::{Verdict, choice, choices_of_topics, nearest, signposts_last, verdict};
use crate::mask::{self, Known, mask, searchable};
use crate::reading::{Place, Reading};
use crate::reply::{Choice, Kind, Notice, Part, Passage, Reply};
use crate::retrieve::Retrieve;
use crate::split::{Piece, split};
use crate::state::{Now, State};
use crate::tokens::{Token, tokens};
use crate::{language, topic};

/// Passages of a part: the answer and what might help besides.
const PASSAGES: usize = 4;
/// Pages listed where nothing is sure.
const NEAREST: usize = 3;
/// Misses after which the general contact is given whatever was found.
const MISSES: u8 = 2;

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
        let data = Data::from_json(index.data()).map_err(OpenError::Data)?;
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
            mailboxes.push(entry.contact.email.to_lowercase());
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
        if let Some(choice) = typed_choice(state, text) {
            if let Some(reply) = self.choose(state, choice.0, choice.1, now) {
                return reply;
            }
        }
        let asked = doorstep_text::normalise(text);
        let words = tokens(&asked);
        let card = self.book.card(&mut self.book.read(&words));
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
        let part = Part { question: text.clone(), answered: true, passages: vec![chosen] };
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

    /// One sentence that says what came, for a screen reader: never the whole
    /// reply.
    pub fn summary(&self, reply: &Reply) -> String {
        let data = self.data();
        let first = |part: &Part| {
            part.passages.first().map_or_else(String::new, |p| {
                if p.section.is_empty() {
                    p.title.clone()
                } else {
                    [&*p.title, ": ", &*p.section].concat()
                }
            })
        };
        match reply.kind {
            Kind::Emergency => reply.emergency.as_ref().map_or_else(String::new, |card| {
                let urgent = card.lines.first().map_or("", String::as_str);
                [&*card.title, ". ", urgent].concat()
            }),
            Kind::Smalltalk => reply.notices.first().map_or_else(String::new, |n| n.text.clone()),
            Kind::Answer => {
                let answered: Vec<String> =
                    reply.parts.iter().filter(|p| p.answered).map(first).collect();
                data.message_with("say-answer", &answered.join("; "))
            }
            Kind::Choices => {
                let ways: Vec<&str> = reply.choices.iter().map(|c| c.text.as_str()).collect();
                data.message_with("say-choices", &ways.join("; "))
            }
            Kind::None => {
                let who = reply.contact.as_ref().map_or("", |c| c.name.as_str());
                let told = reply.notices.last().map_or("", |n| n.text.as_str());
                [told, " ", &*data.message_with("say-contact", who)].concat().trim().to_owned()
            }
        }
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

    fn notice(&self, id: &str) -> Notice {
        Notice {
            id: id.to_owned(),
            text: self.data().message(id).to_owned(),
            ..Notice::default()
        }
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
        let Some(found) = language::detect(&self.data().languages, &text, &words) else {
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

    /// The questions of the turn, each answered under its own words.
    fn questions(&self, reply: &mut Reply, state: &State, now: Now) {
        let pieces = split(&reply.question);
        let single = pieces.len() == 1;
        let mut whole = self.book.read(&tokens(&reply.question));
        let injected = !self.book.matches(&mut whole, Role::Injection).is_empty()
            || has_markup(&reply.question);
        let mut framed = false;

        let mut earlier = topic::context(&state.turns);
        for piece in pieces {
            let part_words = tokens(&searchable(&piece.text));
            let mut reading = self.book.read(&part_words);
            framed |= self.frames(reply, &mut reading);
            let blocked = self.others(reply, &mut reading) || injected;
            let found = self.retrieve(&piece, &earlier, &state.page);
            let broad = if found.inherited || !single {
                None
            } else {
                self.whole(&mut reading, &part_words, Role::Broad)
            };
            if let Some(rule) = broad {
                let choices = choices_of_topics(&self.site, &rule.topics);
                if choices.len() >= 2 {
                    reply.choices = choices;
                    reply.kind = Kind::Choices;
                    if !rule.text.is_empty() {
                        reply.notices.push(said(rule, "broad:"));
                    }
                    reply.contact = contact_for(self.data(), "", &rule.topics, now);
                    reply.parts.push(Part { question: piece.text, ..Part::default() });
                    return;
                }
            }
            let hits = &found.ranking.hits;
            let decided =
                if blocked || found.aimless { Verdict::Nothing } else { verdict(&self.site, hits) };
            let mut part = Part { question: piece.text.clone(), ..Part::default() };
            match decided {
                Verdict::Answer => {
                    part.answered = true;
                    part.passages = self.answers(&found);
                }
                Verdict::Tied(tied) if single => {
                    reply.choices =
                        tied.iter().map(|&at| choice(&self.site, hits[at].record)).collect();
                }
                Verdict::Tied(_) | Verdict::Nothing if found.aimless => {}
                Verdict::Tied(_) | Verdict::Nothing => {
                    part.passages = self.listed(&found.ranking, &found.text);
                }
            }
            // What was just asked is what "why?" means next.
            earlier.push(searchable(&piece.text));
            if let Some(first) = part.passages.first().filter(|_| part.answered) {
                earlier.push([first.title.as_str(), " ", first.section.as_str()].concat());
            }
            reply.parts.push(part);
        }
        self.conclude(reply, state, framed, now);
    }

    /// Kind, notices and contact, once the parts are there.
    fn conclude(&self, reply: &mut Reply, state: &State, framed: bool, now: Now) {
        let answered = reply.parts.iter().filter(|p| p.answered).count();
        reply.kind = if answered > 0 {
            Kind::Answer
        } else if !reply.choices.is_empty() {
            Kind::Choices
        } else {
            Kind::None
        };
        self.date_answers(reply, now);
        if reply.kind == Kind::None {
            let lists = reply.parts.iter().any(|p| !p.passages.is_empty());
            let told = |n: &Notice| n.id.starts_with("body:") || n.id.starts_with("decline:");
            if !reply.notices.iter().any(told) {
                reply.notices.push(self.notice(if lists { "none-near" } else { "none" }));
            }
        }
        if answered == reply.parts.len() && !framed {
            return;
        }
        let best = reply.parts.iter().find_map(|p| p.passages.first());
        let (owner, topics) = match (best, reply.choices.first()) {
            (Some(best), _) => (best.owner.clone(), best.topics.clone()),
            (None, Some(choice)) => (String::new(), choice.topics.clone()),
            (None, None) => (String::new(), Vec::new()),
        };
        // After several misses a service's line has not helped either.
        let general = reply.kind == Kind::None && state.misses >= MISSES;
        reply.contact = if general {
            contact_for(self.data(), "", &[], now)
        } else {
            contact_for(self.data(), &owner, &topics, now)
        };
    }

    /// Adds what case and eligibility frames say; whether any did.
    fn frames(&self, reply: &mut Reply, reading: &mut Reading) -> bool {
        let mut framed = false;
        for (role, id) in [(Role::Case, "case"), (Role::Eligibility, "eligibility")] {
            if let Some((rule, _)) = self.book.matches(reading, role).first() {
                let mut notice = said(rule, "");
                id.clone_into(&mut notice.id);
                if !reply.notices.contains(&notice) {
                    reply.notices.push(notice);
                }
                framed = true;
                // One frame is enough: what cannot be seen cannot be decided.
                break;
            }
        }
        framed
    }

    /// Adds what belongs to others or is no council's to say; whether any did.
    fn others(&self, reply: &mut Reply, reading: &mut Reading) -> bool {
        let mut blocked = false;
        for (role, prefix) in [(Role::Body, "body:"), (Role::Decline, "decline:")] {
            for (rule, _) in self.book.matches(reading, role) {
                let notice = said(rule, prefix);
                if !reply.notices.contains(&notice) {
                    reply.notices.push(notice);
                }
                blocked = true;
                break;
            }
        }
        blocked
    }

    fn date_answers(&self, reply: &mut Reply, now: Now) {
        let months = self.data().message("months");
        let mut notices: Vec<Notice> = Vec::new();
        for part in reply.parts.iter().filter(|p| p.answered) {
            let Some(date) = part.passages.first().and_then(|p| dated(p, now.date)) else {
                continue;
            };
            let text = self.data().message_with("dated", &long_date(date, months));
            let notice = Notice { id: "dated".to_owned(), text, ..Notice::default() };
            if !notices.contains(&notice) {
                notices.push(notice);
            }
        }
        reply.notices.append(&mut notices);
    }

    /// The ranking for one question, with its topic from before if it names
    /// none.
    fn retrieve(&self, piece: &Piece, earlier: &[String], page: &str) -> Found {
        let text = searchable(&piece.text);
        let situation = searchable(&piece.situation);
        let named = topic::names_topic(&self.book, &text);
        let first = earlier.is_empty();
        // An item of a list that names its topic needs no other.
        let mut context: Vec<String> = if named && piece.of_several { Vec::new() } else { earlier.to_vec() };
        if !named && !situation.is_empty() {
            context.push(situation);
        }
        let stands_on = (first && !named && !page.is_empty()).then_some(page);
        let aimless = !named && context.is_empty() && stands_on.is_none();
        // The engine takes a question that is sure of itself by itself, so a
        // new topic is not dragged back to the old one.
        let query = Query { text: &text, context: &context, page: stands_on };
        let mut ranking = self.site.search(&query);
        signposts_last(&self.site, &mut ranking);
        let inherited = !named && (!first || stands_on.is_some());
        Found { ranking, inherited, text, context, aimless }
    }

    /// The answer and what might help besides it, the same words once.
    fn answers(&self, found: &Found) -> Vec<Passage> {
        let mut out: Vec<Passage> = Vec::new();
        for hit in &found.ranking.hits {
            if out.len() == PASSAGES || (!out.is_empty() && hit.confidence < crate::decide::NEAR) {
                break;
            }
            let mut next = passage(&self.site, hit.record, hit.confidence, &found.text);
            if out.iter().any(|p| p.text == next.text || p.url == next.url) {
                continue;
            }
            if out.is_empty() {
                let query = Query { text: &found.text, context: &found.context, page: None };
                next.why = self.site.explain(&query, hit.record);
            }
            out.push(next);
        }
        out
    }

    /// The pages that might help.
    fn listed(&self, ranking: &Ranking, text: &str) -> Vec<Passage> {
        nearest(&self.site, &ranking.hits, NEAREST)
            .into_iter()
            .map(|Hit { record, confidence, .. }| passage(&self.site, *record, *confidence, text))
            .collect()
    }
}

/// A ranking, and how it was come by.
struct Found {
    ranking: Ranking,
    /// What was searched.
    text: String,
    /// What was added from before.
    context: Vec<String>,
    /// Whether the topic is not the question's own.
    inherited: bool,
    /// Whether there is no topic at all.
    aimless: bool,
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

/// Whether the text holds markup: no question does.
fn has_markup(text: &str) -> bool {
    text.match_indices('<').any(|(at, _)| {
        let rest = &text[at + 1..];
        rest.starts_with(|c: char| c.is_ascii_alphabetic() || c == '/' || c == '!')
            && rest.contains('>')
    })
}

/// The choice of the last turn that was typed instead of chosen.
fn typed_choice(state: &State, text: &str) -> Option<(usize, usize)> {
    let turn = state.turns.len().checked_sub(1)?;
    let plain = |s: &str| s.trim().trim_end_matches('.').to_lowercase();
    let typed = plain(text);
    let choice = state.turns[turn].choices.iter().position(|c| plain(&c.text) == typed)?;
    Some((turn, choice))
}
