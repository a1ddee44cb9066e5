//! The questions of one turn: parted, searched, decided.

use doorstep_search::{Hit, Query, Ranking};

use super::{Assistant, said};
use crate::compose::{dated, long_date, passage};
use crate::contact::contact_for;
use crate::data::Role;
use crate::decide::{
    ANSWER, CERTAIN, LIKELY, NEAR, SHOWN, Verdict, choice, choices_of_topics, main_page, nearest,
    signposts_last, support, verdict,
};
use crate::mask::searchable;
use crate::reading::Reading;
use crate::reply::{Kind, Notice, Part, Passage, Reply};
use crate::retrieve::Retrieve;
use crate::split::{Piece, halves, split};
use crate::state::{Now, State};
use crate::tokens::tokens;
use crate::topic;

/// Passages of a part: the answer and what might help besides.
const PASSAGES: usize = 4;
/// Pages listed where nothing is sure.
const NEAREST: usize = 3;
/// Misses after which the general contact is given whatever was found.
const MISSES: u8 = 2;

/// A ranking, and how it was come by.
pub(super) struct Found {
    pub(super) ranking: Ranking,
    /// What was searched.
    text: String,
    /// What was added from before.
    context: Vec<String>,
    /// The page whose topic it may take.
    page: Option<String>,
    /// Whether the topic is not the question's own.
    inherited: bool,
    /// Whether there is no topic at all.
    aimless: bool,
}

impl<R: Retrieve> Assistant<R> {
    /// The questions of the turn, each answered under its own words.
    pub(super) fn questions(&self, reply: &mut Reply, state: &State, now: Now) {
        let mut pieces = split(&reply.question);
        if let [whole] = &pieces[..] {
            pieces = self.halves(whole).unwrap_or(pieces);
        }
        let single = pieces.len() == 1;
        let mut whole = self.book.read(&tokens(&reply.question));
        let injected = !self.book.matches(&mut whole, Role::Injection).is_empty()
            || has_markup(&reply.question);
        let mut framed = false;
        // Of each part, whether the service of its first page is the one to ask.
        let mut likely = Vec::new();

        let mut earlier = topic::context(&state.turns);
        for piece in pieces {
            let part_words = tokens(&searchable(&piece.text));
            let mut reading = self.book.read(&part_words);
            framed |= self.frames(reply, &mut reading);
            let blocked = self.others(reply, &mut reading) || injected;
            let found = self.retrieve(&piece, &earlier, &state.page);
            let broad = if found.inherited {
                None
            } else {
                self.whole(&mut reading, &part_words, Role::Broad)
            };
            if let Some(rule) = broad.filter(|_| single) {
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
            likely.push(hits.first().is_some_and(|h| h.worth >= LIKELY));
            let decided = match broad {
                _ if blocked || found.aimless => Verdict::Nothing,
                Some(rule) if !self.is_about(hits, rule.topics.first()) => Verdict::Nothing,
                // A frame says already that there is a choice to make.
                _ => verdict(&self.site, hits, single && !framed),
            };
            let mut part = Part { question: piece.text.clone(), ..Part::default() };
            match decided {
                Verdict::Answer => {
                    part.answered = true;
                    part.passages = self.answers(&found);
                }
                Verdict::Tied(tied) => {
                    reply.choices =
                        tied.iter().map(|&at| choice(&self.site, hits[at].record)).collect();
                    part.passages = self.listed(&found.ranking, &found.text);
                }
                Verdict::Nothing if found.aimless => {}
                Verdict::Nothing => {
                    part.passages = match broad.filter(|_| !blocked) {
                        Some(rule) => self.main_passages(&rule.topics, &found.text),
                        None => self.listed(&found.ranking, &found.text),
                    };
                    let near = hits.first().filter(|h| h.confidence >= SHOWN);
                    let near = near.filter(|_| !blocked && broad.is_none());
                    if let (Some(hit), Some(first)) = (near, part.passages.first_mut()) {
                        first.why = self.why(&found, hit.record);
                        part.near = true;
                    }
                }
            }
            // What was just asked is what "why?" means next.
            earlier.push(searchable(&piece.text));
            if let Some(first) = part.passages.first().filter(|_| part.answered) {
                earlier.push([first.title.as_str(), " ", first.section.as_str()].concat());
            }
            reply.parts.push(part);
        }
        self.conclude(reply, state, &likely, framed, now);
    }

    /// Two things asked for in one breath ("a bus pass and a skip"), if they
    /// differ and the site is sure of each, not of both together; or one is
    /// another body's.
    fn halves(&self, whole: &Piece) -> Option<Vec<Piece>> {
        let (before, after) = halves(&whole.text)?;
        let find = |text: &str| {
            let text = searchable(text);
            if !self.book.matches(&mut self.book.read(&tokens(&text)), Role::Body).is_empty() {
                return Some((1.0, None));
            }
            let hits = self.site.search(&Query { text: &text, context: &[], page: None }).hits;
            let sure = support(&self.site, &hits, 0);
            let page = hits.first().map(|h| self.site.page_of(h.record) as usize)?;
            Some((sure, Some(self.site.pages().get(page)?.topics.first()?)))
        };
        let (one, other) = (find(before)?, find(after)?);
        let apart = one.0 >= ANSWER && other.0 >= ANSWER && one.1 != other.1;
        if !apart || (one.1.is_some() && other.1.is_some() && find(&whole.text)?.0 >= CERTAIN) {
            return None;
        }
        let piece = |text: &str| Piece { text: text.to_owned(), item: true, ..whole.clone() };
        Some(vec![piece(before), piece(after)])
    }

    /// Whether the first hit is of a page mainly on `topic`.
    fn is_about(&self, hits: &[Hit], topic: Option<&String>) -> bool {
        let page =
            hits.first().and_then(|h| self.site.pages().get(self.site.page_of(h.record) as usize));
        page.is_some_and(|p| p.topics.first() == topic)
    }

    /// The beginnings of the main pages of `topics`.
    fn main_passages(&self, topics: &[String], text: &str) -> Vec<Passage> {
        let records = topics.iter().filter_map(|t| main_page(&self.site, t)).filter_map(|page| {
            (0..self.site.record_count()).find(|&r| self.site.page_of(r) as usize == page)
        });
        records.take(NEAREST).map(|r| passage(&self.site, r, NEAR, text)).collect()
    }

    /// Kind, notices and contact, once the parts are there.
    fn conclude(&self, reply: &mut Reply, state: &State, likely: &[bool], framed: bool, now: Now) {
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
            // A frame has said already what the pages are.
            let said = (framed && lists) || reply.notices.iter().any(told);
            if !said {
                let near = reply.parts.iter().any(|p| p.near);
                let id = match (near, lists) {
                    (true, _) => "unsure",
                    (false, true) => "none-near",
                    (false, false) => "none",
                };
                reply.notices.push(self.notice(id));
            }
        }
        if answered == reply.parts.len() && !framed {
            return;
        }
        let mut parts = reply.parts.iter().zip(likely);
        let best = parts.find_map(|(p, &likely)| p.passages.first().filter(|_| likely || framed));
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
            if let Some((rule, _)) = self.book.matches(reading, role).first() {
                let notice = said(rule, prefix);
                if !reply.notices.contains(&notice) {
                    reply.notices.push(notice);
                }
                blocked = true;
            }
        }
        blocked
    }

    pub(super) fn date_answers(&self, reply: &mut Reply, now: Now) {
        let months = self.data().message("months");
        let mut notices: Vec<Notice> = Vec::new();
        for part in &reply.parts {
            let Some(date) = part.shown_and_listed().0.and_then(|p| dated(p, now.date)) else {
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
    pub(super) fn retrieve(&self, piece: &Piece, earlier: &[String], page: &str) -> Found {
        let text = searchable(&piece.text);
        let situation = searchable(&piece.situation);
        let named = topic::names_topic(&self.book, &text);
        let first = earlier.is_empty();
        // An item of a list that names its topic needs no other.
        let context: Vec<String> = if named && piece.item { Vec::new() } else { earlier.to_vec() };
        let page = Some(page).filter(|_| first && !named);
        let stands_on = page.and_then(|url| self.title_of(url));
        // A list's situation is part of each of its items; what was last said,
        // or the page, is part of a question that names no topic.
        let about = context.last().or(stands_on.as_ref()).filter(|_| !named);
        let mut text = text;
        for more in [Some(&situation), about].into_iter().flatten().filter(|m| !m.is_empty()) {
            text = [text.as_str(), " ", more].concat();
        }
        let page = page.filter(|_| stands_on.is_some());
        let aimless = !named && situation.is_empty() && about.is_none();
        let query = Query { text: &text, context: &context, page };
        let mut ranking = self.site.search(&query);
        signposts_last(&self.site, &mut ranking);
        let inherited = !named && about.is_some();
        let page = page.map(str::to_owned);
        Found { ranking, text, context, page, inherited, aimless }
    }

    /// The title of the page at `url`; the home page is about everything.
    fn title_of(&self, url: &str) -> Option<String> {
        let url = url.split(['#', '?']).next().unwrap_or(url);
        let page = self.site.pages().iter().find(|p| p.url == url && url.len() > 1);
        page.map(|p| p.title.clone())
    }

    /// The answer and what might help besides it: a page once, the same words
    /// once.
    fn answers(&self, found: &Found) -> Vec<Passage> {
        let mut out: Vec<Passage> = Vec::new();
        let mut pages: Vec<u32> = Vec::new();
        for hit in &found.ranking.hits {
            if out.len() == PASSAGES || (!out.is_empty() && hit.confidence < NEAR) {
                break;
            }
            let of_page = self.site.page_of(hit.record);
            let mut next = passage(&self.site, hit.record, hit.confidence, &found.text);
            if pages.contains(&of_page) || out.iter().any(|p| p.text == next.text) {
                continue;
            }
            pages.push(of_page);
            if out.is_empty() {
                next.why = self.why(found, hit.record);
            }
            out.push(next);
        }
        out
    }

    /// Why this record was found.
    fn why(&self, found: &Found, record: u32) -> Vec<String> {
        let page = found.page.as_deref();
        let query = Query { text: &found.text, context: &found.context, page };
        self.site.explain(&query, record)
    }

    /// The pages that might help.
    pub(super) fn listed(&self, ranking: &Ranking, text: &str) -> Vec<Passage> {
        nearest(&self.site, &ranking.hits, NEAREST)
            .into_iter()
            .map(|Hit { record, confidence, .. }| passage(&self.site, *record, *confidence, text))
            .collect()
    }
}

/// Whether the text holds markup: no question does.
fn has_markup(text: &str) -> bool {
    let template = text.contains("{{") || text.contains("${");
    template
        || text.match_indices('<').any(|(at, _)| {
            let rest = &text[at + 1..];
            rest.starts_with(|c: char| c.is_ascii_alphabetic() || c == '/' || c == '!')
                && rest.contains('>')
        })
}
