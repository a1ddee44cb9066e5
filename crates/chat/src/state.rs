//! The conversation's state, what can happen to it, and what it asks the
//! outside to do. No clock, storage or page is touched here.

use doorstep_index::Date;

use crate::memory::MAX_TURNS;
use crate::reply::{Kind, Reply};

/// The resident's local day and time, given by the outside.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Now {
    /// The day.
    pub date: Date,
    /// Minutes since midnight, 0 to 1439; `None` if only the day is known.
    pub minute: Option<u16>,
}

/// All that the assistant remembers, and nothing else: masked text only.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct State {
    /// The turns so far, the oldest first.
    pub turns: Vec<Reply>,
    /// How each of them came about: all that the tab keeps.
    pub asked: Vec<Asked>,
    /// Whether the panel is open.
    pub open: bool,
    /// Address (from the site's root) of the page that the resident stands on.
    pub page: String,
    /// Questions without an answer since the last answer.
    pub misses: u8,
    /// Whether a safeguarding card was shown: nothing is stored any more.
    pub private: bool,
}

/// How a turn came about: enough to answer it again.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Asked {
    /// Address of the page that the resident stood on.
    pub page: String,
    /// What was done there.
    pub how: How,
}

/// What a resident did to get a turn.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum How {
    /// Typed a question.
    Typed {
        /// The question, masked.
        question: String,
        /// Ids of the notices that speak of what was masked.
        notices: Vec<String>,
    },
    /// Chose a way on.
    Chose {
        /// How many turns before, 1 for the last.
        back: usize,
        /// Number of the choice, from 0.
        choice: usize,
    },
}

impl State {
    /// Adds a turn; the oldest goes when there are too many.
    pub(crate) fn add(&mut self, asked: Asked, reply: Reply) {
        self.misses = match reply.kind {
            Kind::None => self.misses.saturating_add(1),
            Kind::Answer | Kind::Emergency => 0,
            Kind::Choices | Kind::Smalltalk => self.misses,
        };
        self.private |= reply.emergency.as_ref().is_some_and(|card| card.safeguarding);
        self.turns.push(reply);
        self.asked.push(asked);
        if self.turns.len() > MAX_TURNS {
            self.turns.remove(0);
            self.asked.remove(0);
        }
    }
}

/// What can happen.
#[derive(Clone, Debug, PartialEq)]
pub enum Event {
    /// The assistant starts on a page, with what the tab remembered (the text
    /// of an earlier [`Effect::Store`]), if anything; what cannot be read is
    /// as if nothing.
    Started {
        /// Address of the page, from the site's root.
        page: String,
        /// The tab's memory.
        memory: Option<String>,
        /// The day and time.
        now: Now,
    },
    /// The panel was opened.
    Opened,
    /// The panel was closed.
    Closed,
    /// A question was sent.
    Asked {
        /// As typed, NFKC-normalised by the platform.
        text: String,
        /// The day and time.
        now: Now,
    },
    /// A way on was chosen: choice number `choice` of turn number `turn`.
    Chose {
        /// Number of the turn, from 0.
        turn: usize,
        /// Number of the choice, from 0.
        choice: usize,
        /// The day and time.
        now: Now,
    },
    /// The conversation was cleared.
    Cleared,
    /// "Exit this page" was used.
    Exited,
}

/// Where the focus goes.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Target {
    /// The question box.
    Question,
    /// The button that opens the panel.
    Launcher,
}

/// What the outside is asked to do, in order.
#[derive(Clone, Debug, PartialEq)]
pub enum Effect {
    /// Say it once through the live region; `urgent` interrupts (cards only).
    Announce {
        /// A summary, never the whole reply.
        text: String,
        /// Assertive instead of polite.
        urgent: bool,
    },
    /// Move the focus.
    Focus(Target),
    /// Keep this text in the tab's memory, instead of what is there.
    Store(String),
    /// Empty the tab's memory.
    Forget,
    /// Replace the page (and its place in the history) by this address.
    Leave(String),
    /// The question box has an error to show: nothing was typed.
    Refuse(String),
}
