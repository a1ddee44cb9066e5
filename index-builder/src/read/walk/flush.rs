//! What becomes of the words collected so far: which block they are.

use super::Walk;
use crate::read::blocks::{Block, DEEPEST, Kind};

impl Walk<'_> {
    /// Ends the block being collected.
    pub(super) fn flush(&mut self) {
        let broken = std::mem::take(&mut self.broken);
        let all_bold = self.plain_letters == 0 && self.bold_letters > 0;
        self.plain_letters = 0;
        self.bold_letters = 0;
        if self.words.is_empty() {
            // White space between blocks must not lead the next one.
            let _ = self.words.take();
            return;
        }
        let (text, links) = self.words.take();
        if let Some(level) = self.heading.take() {
            self.level = level;
            let anchor = std::mem::take(&mut self.heading_anchor);
            self.blocks.push(Block { anchor, ..Block::new(Kind::Heading(level), text) });
            return;
        }
        if self.terms.open {
            let term = self
                .terms
                .waiting
                .take()
                .map_or(text.clone(), |before| format!("{before} / {text}"));
            self.terms.waiting = Some(term);
            return;
        }
        let (mut kind, mut first) = (Kind::Para, false);
        let mut words = text;
        if let Some(term) = self.terms.waiting.take() {
            words = format!("{}: {words}", term.trim_end_matches(':'));
            kind = Kind::Item;
            first = std::mem::take(&mut self.terms.first);
            self.terms.described = true;
        } else if self.terms.described {
            kind = Kind::Line;
        } else if let Some(list) = self.lists.last_mut() {
            match list.item {
                Some(false) => {
                    kind = if list.ordered { Kind::Step(list.next) } else { Kind::Item };
                    list.next = list.next.saturating_add(u32::from(list.ordered));
                    list.item = Some(true);
                    first = std::mem::take(&mut list.first);
                }
                Some(true) => kind = Kind::Line,
                None => {}
            }
        } else if broken {
            kind = Kind::Line;
        } else if all_bold && is_like_heading(&words) {
            kind = Kind::Heading(DEEPEST + 1);
        }
        self.blocks.push(Block { links, first, ..Block::new(kind, words) });
    }
}

/// Whether a paragraph that is bold throughout is meant as a heading: a short
/// one that is no sentence, or a question.
fn is_like_heading(text: &str) -> bool {
    let length = text.chars().count();
    let asks = text.ends_with('?') || text.starts_with("Please ");
    (length <= 80 && !text.ends_with(['.', ',', ';', '!'])) || (length <= 300 && asks)
}
