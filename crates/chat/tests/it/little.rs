//! A small site that is searched by shared words, so that what is tested is
//! the conversation and not the engine.

use doorstep_chat::build::DEFAULT_FILES;
use doorstep_chat::{Assistant, Data, Now, Reply, Retrieve, State};
use doorstep_index::{Link, Page, PageKind, Record};
use doorstep_search::{Hit, Query, Ranking};
use doorstep_text::{fold, is_stop, stem, words};

pub(crate) struct Little {
    pages: Vec<Page>,
    records: Vec<Record>,
}

/// The council's own file over the defaults.
pub(crate) const OWN: &str = r#"
[[contact]]
name = "Customer services"
phone = "01632 960 100"
email = "hello@council.example"
open = ["Monday to Friday, 9am to 5pm"]
topics = ["contact"]

[[contact]]
name = "Waste team"
phone = "01632 960 110"
open = ["Monday to Friday, 8:30am to 5pm"]
topics = ["bins"]

[[contact]]
name = "Welsh language line"
phone = "01632 960 105"
open = ["Monday to Friday, 9am to 5pm"]
lang = "cy"
topics = ["contact"]

[[broad]]
id = "tax-or-bins"
when = ["charges|fees"]
topics = ["tax", "garden", "nothing-here"]
text = "Which charges?"
"#;

pub(crate) fn data() -> Data {
    let mut files = DEFAULT_FILES.to_vec();
    files.push(("own.toml", OWN));
    Data::parse(&files).expect("data")
}

impl Little {
    pub(crate) fn new() -> Little {
        let mut site = Little { pages: Vec::new(), records: Vec::new() };
        site.page("Bin collections", "bins", "Waste team", &[
            ("", "We empty household bins every week, on the same day."),
            ("Missed bins", "Report a missed bin within 2 working days.\n\nWe come back within 3 working days, unless the bin was too heavy.\n\nHowever, we do not come back for garden waste."),
        ]);
        site.records[1].links = vec![
            Link { text: "collection days".into(), url: "/bins/days/".into() },
            Link {
                text: "Report a missed bin".into(),
                url: "https://forms.council.example/bin".into(),
            },
        ];
        site.page(
            "Garden waste",
            "garden",
            "Waste team",
            &[
                ("", "Garden waste is collected every two weeks from March to November."),
                ("Cost", "Garden waste costs £52 a year for the first bin."),
            ],
        );
        site.page(
            "Council tax",
            "tax",
            "Tax team",
            &[
                ("Discounts", "A single adult gets a discount of 25 percent on council tax."),
                ("Paying", "Pay council tax by direct debit, online or by phone."),
            ],
        );
        site.page(
            "Response: chatbots",
            "foi",
            "Information team",
            &[
                ("Do you have plans for a chatbot?", "Yes"),
                ("If so, when would you want this?", "2021/22"),
            ],
        );
        site.pages[3].kind = PageKind::Foi;
        site.pages[3].updated = "2020-07-09".parse().ok();
        site
    }

    fn page(&mut self, title: &str, topic: &str, owner: &str, sections: &[(&str, &str)]) {
        let page = self.pages.len() as u32;
        self.pages.push(Page {
            url: format!("/{topic}/"),
            title: title.into(),
            source: "Council".into(),
            owner: owner.into(),
            topics: vec![topic.into()],
            ..Page::default()
        });
        for (section, text) in sections {
            self.records.push(Record {
                page,
                section: (*section).into(),
                text: (*text).into(),
                anchor: if section.is_empty() { String::new() } else { "a".into() },
                ..Record::default()
            });
        }
    }

    fn words_of(&self, record: &Record) -> Vec<String> {
        let page = &self.pages[record.page as usize];
        stems(&[&*page.title, &*record.section, &*record.text].join(" "))
    }
}

fn stems(text: &str) -> Vec<String> {
    words(text).map(fold).filter(|w| !is_stop(w)).map(|w| stem(&w)).collect()
}

impl Retrieve for Little {
    fn search(&self, query: &Query<'_>) -> Ranking {
        let asked = stems(query.text);
        let before = stems(&query.context.join(" "));
        let mut hits = Vec::new();
        for (at, record) in self.records.iter().enumerate() {
            let has = self.words_of(record);
            let share = |words: &[String]| {
                let found = words.iter().filter(|w| has.contains(w)).count();
                found as f32 / words.len().max(1) as f32
            };
            let title = stems(&self.pages[record.page as usize].title);
            let titled = asked.iter().chain(&before).filter(|w| title.contains(w)).count();
            let before_counts = if asked.is_empty() { 1.0 } else { 0.5 };
            let here = query.page.is_some_and(|p| p == self.pages[record.page as usize].url);
            let score = share(&asked)
                + 0.1 * titled as f32
                + before_counts * share(&before)
                + f32::from(u8::from(here));
            if score > 0.0 {
                let confidence = (1.02 * score).min(0.97);
                hits.push(Hit { record: at as u32, score, confidence, worth: confidence });
            }
        }
        hits.sort_by(|a, b| b.score.total_cmp(&a.score).then(a.record.cmp(&b.record)));
        hits.truncate(10);
        Ranking { hits, ..Ranking::default() }
    }
    fn explain(&self, _: &Query<'_>, _: u32) -> Vec<String> {
        Vec::new()
    }
    fn has(&self, word: &str) -> bool {
        self.records.iter().any(|record| self.words_of(record).contains(&stem(word)))
    }
    fn pages(&self) -> &[Page] {
        &self.pages
    }
    fn record_count(&self) -> u32 {
        self.records.len() as u32
    }
    fn record(&self, record: u32) -> Record {
        self.records[record as usize].clone()
    }
    fn page_of(&self, record: u32) -> u32 {
        self.records[record as usize].page
    }
}

/// The site of a council that has published nothing.
pub(crate) struct Nothing;

impl Retrieve for Nothing {
    fn search(&self, _: &Query<'_>) -> Ranking {
        Ranking::default()
    }
    fn explain(&self, _: &Query<'_>, _: u32) -> Vec<String> {
        Vec::new()
    }
    fn has(&self, _: &str) -> bool {
        false
    }
    fn pages(&self) -> &[Page] {
        &[]
    }
    fn record_count(&self) -> u32 {
        0
    }
    fn record(&self, _: u32) -> Record {
        Record::default()
    }
    fn page_of(&self, _: u32) -> u32 {
        0
    }
}

/// Saturday 21 November 2026, ten in the morning.
pub(crate) fn now() -> Now {
    Now { date: "2026-11-21".parse().expect("a day"), minute: Some(600) }
}

pub(crate) fn little() -> Assistant<Little> {
    Assistant::new(Little::new(), data()).expect("assistant")
}

pub(crate) fn nothing() -> Assistant<Nothing> {
    Assistant::new(Nothing, data()).expect("assistant")
}

/// The replies to questions asked one after another.
pub(crate) fn ask(assistant: &Assistant<Little>, questions: &[&str]) -> Vec<Reply> {
    let mut state = State::default();
    for question in questions {
        let event = doorstep_chat::Event::Asked { text: (*question).into(), now: now() };
        (state, _) = doorstep_chat::step(assistant, state, event);
    }
    state.turns
}
