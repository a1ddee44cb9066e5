//! What a screen reader is told when a reply comes.

use super::Assistant;
use crate::reply::{Kind, Part, Reply};
use crate::retrieve::Retrieve;

impl<R: Retrieve> Assistant<R> {
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
}
