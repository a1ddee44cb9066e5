//! The running conversation: events go through [`step`], and what it asks of
//! the outside is done after the view has been drawn.

use std::rc::Rc;

use doorstep_chat::{Assistant, Effect, Event, Now, State, Target, step};
use doorstep_index::Date;
use gloo::events::EventListener;
use gloo::utils::{document, window};
use wasm_bindgen::JsCast;
use web_sys::{HtmlElement, HtmlInputElement, KeyboardEvent, Storage};
use yew::prelude::*;

use crate::labels::Labels;
use crate::panel::{Act, Panel, panel};
use crate::shell::Shell;
use crate::transcript::plain;

/// The one key of the tab's memory; also named in `loader.js`.
const MEMORY: &str = "doorstep";
/// Presses of Shift or Escape further apart are not one signal: five seconds
/// in milliseconds, as GOV.UK Frontend's Exit this page has it.
const TOGETHER: f64 = 5000.0;

/// What the view runs on.
#[derive(Properties)]
pub(crate) struct Props {
    pub(crate) shell: Shell,
    pub(crate) assistant: Rc<Assistant>,
}

impl PartialEq for Props {
    fn eq(&self, other: &Self) -> bool {
        Rc::ptr_eq(&self.assistant, &other.assistant)
    }
}

/// What reaches the conversation.
pub(crate) enum Message {
    /// From the panel.
    Act(Act),
    /// From the loader: the name of what happened, and its detail.
    Told(String, String),
    /// Shift or Escape was pressed (with what key and when), or another key.
    Pressed(String, f64),
}

/// The conversation on this page.
pub(crate) struct App {
    state: State,
    /// What is to be done once the view is drawn.
    effects: Vec<Effect>,
    error: Option<String>,
    note: Option<&'static str>,
    words: &'static Labels,
    texts: String,
    privacy: String,
    input: NodeRef,
    /// Whether the latest turn is to be scrolled to.
    scroll: bool,
    /// Listens only once a safeguarding card was shown.
    keys: Option<EventListener>,
    presses: (String, usize, f64),
}

impl Component for App {
    type Message = Message;
    type Properties = Props;

    fn create(ctx: &Context<Self>) -> Self {
        let shell = &ctx.props().shell;
        let mut app = App {
            state: State::default(),
            effects: Vec::new(),
            error: None,
            note: None,
            words: Labels::of(&shell.locale()),
            texts: shell.texts(),
            privacy: shell.privacy(),
            input: NodeRef::default(),
            scroll: true,
            keys: None,
            presses: (String::new(), 0, 0.0),
        };
        app.restore(ctx);
        app
    }

    fn update(&mut self, ctx: &Context<Self>, message: Message) -> bool {
        match message {
            Message::Act(act) => self.act(ctx, act),
            Message::Told(name, detail) => self.told(ctx, &name, &detail),
            Message::Pressed(key, at) => self.pressed(ctx, key, at),
        }
        true
    }

    fn view(&self, ctx: &Context<Self>) -> Html {
        let shown = Panel {
            state: &self.state,
            error: self.error.as_deref(),
            note: self.note,
            words: self.words,
            texts: &self.texts,
            privacy: &self.privacy,
            input: &self.input,
        };
        panel(&shown, &ctx.link().callback(Message::Act))
    }

    fn rendered(&mut self, ctx: &Context<Self>, _first: bool) {
        let shell = &ctx.props().shell;
        for effect in std::mem::take(&mut self.effects) {
            self.run(shell, effect);
        }
        if std::mem::take(&mut self.scroll) {
            self.show_latest(shell);
        }
        if self.state.private && self.keys.is_none() {
            let link = ctx.link().clone();
            self.keys = Some(EventListener::new(&document(), "keydown", move |event| {
                if let Some(event) = event.dyn_ref::<KeyboardEvent>()
                    && !event.repeat()
                {
                    link.send_message(Message::Pressed(event.key(), event.time_stamp()));
                }
            }));
        }
    }
}

impl App {
    fn happen(&mut self, ctx: &Context<Self>, event: Event) {
        let (state, effects) = step(&ctx.props().assistant, std::mem::take(&mut self.state), event);
        self.state = state;
        self.note = None;
        for effect in effects {
            match effect {
                Effect::Refuse(text) => self.error = Some(text),
                other => self.effects.push(other),
            }
        }
    }

    fn act(&mut self, ctx: &Context<Self>, act: Act) {
        match act {
            Act::Ask => {
                let text = self.input().map(|input| input.value()).unwrap_or_default();
                self.ask(ctx, &text);
            }
            Act::Choose { turn, choice } => {
                self.error = None;
                self.happen(ctx, Event::Chose { turn, choice, now: now() });
                self.scroll = true;
            }
            Act::Latest => {
                let last = self.state.turns.len().saturating_sub(1);
                focus(ctx, &["answer-", &last.to_string()].concat());
            }
            Act::Close => self.close(ctx),
            Act::Clear => {
                self.error = None;
                self.empty();
                self.happen(ctx, Event::Cleared);
            }
            Act::Copy => {
                let origin = window().location().origin().unwrap_or_default();
                ctx.props().shell.copy(&plain(&self.state, self.words, &origin));
            }
            Act::Print => ctx.props().shell.print(),
            Act::Exit => {
                self.empty();
                self.happen(ctx, Event::Exited);
            }
        }
    }

    fn told(&mut self, ctx: &Context<Self>, name: &str, detail: &str) {
        let shell = &ctx.props().shell;
        match name {
            "open" => {
                self.happen(ctx, Event::Opened);
                shell.show(true);
            }
            "close" => self.close(ctx),
            "ask" => self.ask(ctx, detail),
            "restore" => {
                self.restore(ctx);
                self.state.open &= detail != "closed";
                shell.show(self.state.open);
            }
            "copied" => {
                let note =
                    if detail.is_empty() { self.words.not_copied } else { self.words.copied };
                self.note = Some(note);
                shell.say(note, false);
            }
            _ => {}
        }
        // The loader has put the focus where it belongs.
        if detail == "quiet" {
            self.effects.retain(|effect| !matches!(effect, Effect::Focus(_)));
        }
    }

    /// Three presses of the same key, with no other between, are "Exit".
    fn pressed(&mut self, ctx: &Context<Self>, key: String, at: f64) {
        if !self.state.private {
            return;
        }
        let counts = key == "Shift" || key == "Escape";
        let (last, presses, since) = &self.presses;
        let again = *last == key && at - since < TOGETHER;
        let presses = if !counts {
            0
        } else if again {
            presses + 1
        } else {
            1
        };
        self.presses = (key, presses, at);
        match presses {
            0 => {}
            3 => self.act(ctx, Act::Exit),
            one_or_two => ctx.props().shell.say(self.words.presses[one_or_two - 1], false),
        }
    }

    fn ask(&mut self, ctx: &Context<Self>, text: &str) {
        let text = String::from(js_sys::JsString::from(text).normalize("NFKC"));
        self.error = None;
        self.happen(ctx, Event::Asked { text, now: now() });
        if let Some(error) = &self.error {
            // Chat has asked for the focus; the words are read from here.
            let spoken = [self.words.error, " ", error].concat();
            self.effects.push(Effect::Announce { text: spoken, urgent: false });
        } else {
            self.empty();
            self.scroll = true;
        }
    }

    fn close(&mut self, ctx: &Context<Self>) {
        self.happen(ctx, Event::Closed);
        ctx.props().shell.show(false);
    }

    fn restore(&mut self, ctx: &Context<Self>) {
        let page = window().location().pathname().unwrap_or_default();
        let memory =
            memory(&ctx.props().shell).and_then(|storage| storage.get_item(MEMORY).ok()).flatten();
        self.happen(ctx, Event::Started { page, memory, now: now() });
        self.scroll = true;
    }

    fn run(&self, shell: &Shell, effect: Effect) {
        match effect {
            Effect::Announce { text, urgent } => shell.say(&text, urgent),
            Effect::Focus(Target::Question) => {
                if let Some(input) = self.input() {
                    let _ = input.focus();
                }
            }
            Effect::Focus(Target::Launcher) => {
                let _ = shell.launcher().focus();
            }
            // A full or forbidden store only means that nothing is kept.
            Effect::Store(text) => {
                if let Some(storage) = memory(shell) {
                    let _ = storage.set_item(MEMORY, &text);
                }
            }
            Effect::Forget => {
                if let Some(storage) = memory(shell) {
                    let _ = storage.remove_item(MEMORY);
                }
            }
            Effect::Leave(url) => shell.leave(&url),
            // Shown by the view already.
            Effect::Refuse(_) => {}
        }
    }

    /// The start of the latest turn at the top of what scrolls.
    fn show_latest(&self, shell: &Shell) {
        let Some(last) = self.state.turns.len().checked_sub(1) else { return };
        let find = |id: &str| {
            let element = shell.mount().query_selector(id).ok().flatten()?;
            element.dyn_into::<HtmlElement>().ok()
        };
        if let (Some(log), Some(turn)) =
            (find("#log"), find(&["#turn-", &last.to_string()].concat()))
        {
            if shell.modal() {
                turn.scroll_into_view_with_bool(true);
            } else {
                log.set_scroll_top(turn.offset_top());
                shell.reveal();
            }
        }
    }

    fn input(&self) -> Option<HtmlInputElement> {
        self.input.cast()
    }

    fn empty(&self) {
        if let Some(input) = self.input() {
            input.set_value("");
        }
    }
}

fn focus(ctx: &Context<App>, id: &str) {
    let found = ctx.props().shell.mount().query_selector(&["#", id].concat()).ok().flatten();
    if let Some(element) = found.and_then(|element| element.dyn_into::<HtmlElement>().ok()) {
        let _ = element.focus();
    }
}

/// The tab's memory, unless the council or the browser forbids it.
fn memory(shell: &Shell) -> Option<Storage> {
    if shell.forgetful() { None } else { window().session_storage().ok().flatten() }
}

/// The resident's own day and time.
fn now() -> Now {
    let clock = js_sys::Date::new_0();
    let date = Date::new(
        clock.get_full_year() as u16,
        clock.get_month() as u8 + 1,
        clock.get_date() as u8,
    );
    let minute = clock.get_hours() * 60 + clock.get_minutes();
    // A clock outside the years 1 to 9999 is as if it stood at the first day.
    let date = date.or_else(|| Date::new(1, 1, 1)).unwrap_or_else(|| unreachable!());
    Now { date, minute: Some(minute as u16) }
}
