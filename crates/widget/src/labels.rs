//! Every word of the interface, in one table a language. What the council or
//! the conversation says comes with the reply.

use doorstep_index::Date;

/// The words of one language; `{}` stands for what is filled in.
#[derive(Debug, PartialEq, Eq)]
pub(crate) struct Labels {
    /// As in HTML's `lang`.
    pub(crate) lang: &'static str,
    pub(crate) title: &'static str,
    pub(crate) close: &'static str,
    pub(crate) intro: &'static str,
    pub(crate) limits: &'static str,
    pub(crate) latest: &'static str,
    pub(crate) log: &'static str,
    pub(crate) asked: &'static str,
    pub(crate) answer: &'static str,
    pub(crate) label: &'static str,
    pub(crate) hint: &'static str,
    pub(crate) privacy: &'static str,
    pub(crate) error: &'static str,
    pub(crate) send: &'static str,
    pub(crate) clear: &'static str,
    pub(crate) print: &'static str,
    pub(crate) copy: &'static str,
    pub(crate) copied: &'static str,
    pub(crate) not_copied: &'static str,
    pub(crate) from: &'static str,
    pub(crate) updated: &'static str,
    pub(crate) published: &'static str,
    pub(crate) foi: &'static str,
    pub(crate) why: &'static str,
    pub(crate) whole: &'static str,
    pub(crate) useful: &'static str,
    pub(crate) others: &'static str,
    pub(crate) might: &'static str,
    pub(crate) choices: &'static str,
    pub(crate) contact: &'static str,
    pub(crate) phone: &'static str,
    pub(crate) email: &'static str,
    pub(crate) hours: &'static str,
    pub(crate) open_now: &'static str,
    pub(crate) closed_now: &'static str,
    pub(crate) ways: &'static str,
    pub(crate) nothing: &'static str,
    pub(crate) unsure: &'static str,
    pub(crate) table: &'static str,
    pub(crate) exit: &'static str,
    pub(crate) exit_keys: &'static str,
    pub(crate) presses: [&'static str; 2],
    pub(crate) months: [&'static str; 12],
}

const ENGLISH: Labels = Labels {
    lang: "en",
    title: "Ask a question",
    close: "Close",
    intro: "Ask about a council service. You will see what the council’s own pages say, and where they say it.",
    limits: "This is a search tool, not a person. It cannot see your account or decide your case.",
    latest: "Go to latest answer",
    log: "Questions and answers",
    asked: "You asked",
    answer: "Answer",
    label: "Your question",
    hint: "You do not need to give personal details.",
    privacy: "How your question is handled",
    error: "Error:",
    send: "Send",
    clear: "Clear chat",
    print: "Print",
    copy: "Copy",
    copied: "Questions and answers copied",
    not_copied: "This browser did not allow copying. Use Print instead.",
    from: "From",
    updated: "Last updated",
    published: "Published",
    foi: "Freedom of information response",
    why: "Why this answer",
    whole: "Show the whole section",
    useful: "Links from this page",
    others: "Other pages that might help",
    might: "Pages that might help",
    choices: "Did you mean",
    contact: "Contact",
    phone: "Telephone",
    email: "Email",
    hours: "Opening hours",
    open_now: "Open now",
    closed_now: "Closed now",
    ways: "All ways to make contact",
    nothing: "I could not find that on our website.",
    unsure: "I am not sure that this answers your question. It is the nearest that I found.",
    table: "Table, scrolls sideways",
    exit: "Exit this page",
    exit_keys: "You can also press Shift or Escape three times.",
    presses: ["Press 2 more times to exit this page.", "Press 1 more time to exit this page."],
    months: [
        "January",
        "February",
        "March",
        "April",
        "May",
        "June",
        "July",
        "August",
        "September",
        "October",
        "November",
        "December",
    ],
};

const WELSH: Labels = Labels {
    lang: "cy",
    title: "Gofyn cwestiwn",
    close: "Cau",
    intro: "Gofynnwch am un o wasanaethau’r cyngor. Byddwch yn gweld beth mae tudalennau’r cyngor ei hun yn ei ddweud, ac ymhle.",
    limits: "Offeryn chwilio yw hwn, nid person. Ni all weld eich cyfrif na phenderfynu ar eich achos.",
    latest: "Mynd i’r ateb diweddaraf",
    log: "Cwestiynau ac atebion",
    asked: "Eich cwestiwn oedd",
    answer: "Ateb",
    label: "Eich cwestiwn",
    hint: "Nid oes angen i chi roi manylion personol.",
    privacy: "Sut mae eich cwestiwn yn cael ei drin",
    error: "Gwall:",
    send: "Anfon",
    clear: "Clirio’r sgwrs",
    print: "Argraffu",
    copy: "Copïo",
    copied: "Wedi copïo’r cwestiynau a’r atebion",
    not_copied: "Ni chaniataodd y porwr hwn gopïo. Defnyddiwch Argraffu.",
    from: "O’r dudalen",
    updated: "Diweddarwyd ddiwethaf",
    published: "Cyhoeddwyd",
    foi: "Ymateb rhyddid gwybodaeth",
    why: "Pam yr ateb hwn",
    whole: "Dangos yr adran gyfan",
    useful: "Dolenni o’r dudalen hon",
    others: "Tudalennau eraill a allai helpu",
    might: "Tudalennau a allai helpu",
    choices: "Oeddech chi’n golygu",
    contact: "Cysylltu",
    phone: "Ffôn",
    email: "E-bost",
    hours: "Oriau agor",
    open_now: "Ar agor nawr",
    closed_now: "Ar gau nawr",
    ways: "Pob ffordd o gysylltu",
    nothing: "Ni allwn ddod o hyd i hynny ar ein gwefan.",
    unsure: "Nid wyf yn siŵr bod hyn yn ateb eich cwestiwn. Dyma'r peth agosaf y gallwn ddod o hyd iddo.",
    table: "Tabl, sgrolio i’r ochr",
    exit: "Gadael y dudalen hon",
    exit_keys: "Gallwch hefyd wasgu Shift neu Escape dair gwaith.",
    presses: [
        "Gwasgwch 2 waith eto i adael y dudalen hon.",
        "Gwasgwch 1 waith eto i adael y dudalen hon.",
    ],
    months: [
        "Ionawr",
        "Chwefror",
        "Mawrth",
        "Ebrill",
        "Mai",
        "Mehefin",
        "Gorffennaf",
        "Awst",
        "Medi",
        "Hydref",
        "Tachwedd",
        "Rhagfyr",
    ],
};

impl Labels {
    /// The words for a language tag; English where there are none.
    pub(crate) fn of(lang: &str) -> &'static Labels {
        if lang.starts_with("cy") { &WELSH } else { &ENGLISH }
    }

    /// A day as people write it ("14 September 2026").
    pub(crate) fn day(&self, date: Date) -> String {
        let month = self.months[usize::from(date.month()) - 1];
        [&date.day().to_string(), month, &date.year().to_string()].join(" ")
    }
}

#[cfg(test)]
mod tests {
    //! 1. a day is written as people write it, in both languages;
    //! 2. the words that the loader shows before the widget is there are the
    //!    widget's words.

    use super::*;

    #[test]
    fn writes_days() {
        let check = |lang: &str, date: &str, expected: &str| {
            assert_eq!(Labels::of(lang).day(date.parse().unwrap()), expected);
        };
        check("en", "2026-09-14", "14 September 2026");
        check("cy", "2020-07-09", "9 Gorffennaf 2020");
        check("fr", "2026-12-01", "1 December 2026");
    }

    #[test]
    fn the_loader_says_the_same() {
        let loader = include_str!("loader.js");
        for words in [&ENGLISH, &WELSH] {
            for word in [
                words.title,
                words.close,
                words.intro,
                words.limits,
                words.label,
                words.hint,
                words.privacy,
                words.send,
            ] {
                let quoted = format!("\"{word}\"");
                assert!(loader.contains(&quoted), "loader.js does not say {quoted}");
            }
        }
    }
}
