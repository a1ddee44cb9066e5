//! The conversation's state, what can happen to it, and what it asks the
//! outside to do. No clock, storage or page is touched here.

use doorstep_index::Date;
use serde::{Deserialize, Serialize};

use crate::reply::Reply;

/// The resident's local day and time, given by the outside.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Now {
    /// The day.
    pub date: Date,
    /// Minutes since midnight, 0 to 1439; `None` if only the day is known.
    pub minute: Option<u16>,
}

/// All that the assistant remembers, and nothing else: masked text only.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
pub struct State {
    /// The turns so far, the oldest first.
    pub turns: Vec<Reply>,
    /// Whether the panel is open.
    pub open: bool,
    /// Address (from the site's root) of the page that the resident stands on.
    pub page: String,
    /// Questions without an answer since the last answer.
    pub misses: u8,
    /// Whether a safeguarding card was shown: nothing is stored any more.
    pub private: bool,
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
