//! 1. a published response of sections is read whole, each answer with its
//!    question, its section, what it depends on and what it refers to;
//! 2. unnumbered questions meet numbered answers by place, or are refused;
//! 3. of a thread the newest complete reply counts; the requester's claims,
//!    signatures, cut links and attachments do not;
//! 4. questions and answers that take turns are read, and tables of them;
//! 5. any text is read to an end, and no record is a bare answer;
//! 6. the seed documents, where they are present, give what they say.

use super::*;
use expect_test::{Expect, expect};
use proptest::prelude::*;

fn print(response: &Response) -> String {
    let date = response.date.map(|d| d.to_string()).unwrap_or_default();
    let mut out = format!("{} | {date} | {}\n", response.title, response.reference);
    for record in &response.records {
        out += &format!("\n[{}]\n{}\n", record.section, record.text);
        for question in &record.questions {
            out += &format!("  or: {question}\n");
        }
        for link in &record.links {
            out += &format!("  -> {}\n", link.url);
        }
    }
    for record in &response.common {
        out += &format!("\ncommon [{}]\n", record.section);
    }
    for problem in &response.problems {
        out += &format!("! {problem}\n");
    }
    out
}

fn check(text: &str, expected: Expect) {
    expected.assert_eq(&print(&read(from_text(text), "")));
}

fn fixture(name: &str) -> String {
    let path = concat!(env!("CARGO_MANIFEST_DIR"), "/../tests/fixtures/sources/foi/");
    std::fs::read_to_string(format!("{path}{name}")).unwrap()
}

#[test]
fn questions_and_answers_take_turns() {
    check(
        "Lids\n\nPublished: 3 May 2025\n\n1. How many lids did you buy in 2024?\n\nAnswer: 34\n\n2. What did each of them cost?\n\nAnswer: Please see the answer to question 1 and add £3.",
        expect![[r#"
            Lids | 2025-05-03 | 

            [1. How many lids did you buy in 2024?]
            How many lids did you buy in 2024?
            34

            [2. What did each of them cost?]
            How many lids did you buy in 2024?
            34

            What did each of them cost?
            Please see the answer to question 1 and add £3.
        "#]],
    );
    check(
        "Lids\n\nQ1. How many lids?\n\nA1. None\n\nQ2. Why were none bought in the year?\n\nA2. Because all the lids that we had were sound.",
        expect![[r#"
            Lids |  | 

            [1. How many lids?]
            How many lids?
            None

            [2. Why were none bought in the year?]
            Because all the lids that we had were sound.
        "#]],
    );
    check(
        "Lids\n\nRequest\n\nHow many lids were bought? The law says that I must know.\n\nResponse\n\n34 lids were bought in 2024.",
        expect![[r#"
            Lids |  | 

            [How many lids were bought?]
            34 lids were bought in 2024.
        "#]],
    );
}

#[test]
fn letters_without_marks() {
    check(
        "Noise at the depot\n\nAda Query\n\nDear Larkmere Council,\n\nHow loud may the depot be at night? The noise is a crime.\n\nYours faithfully,\n\nAda Query\n\nBen Desk, Larkmere Council\n\nDear Ms Query,\n\nThank you for your request.\n\nRegards\n\nBen Desk, Larkmere Council\n\nDear Ms Query,\n\nThe permit of the depot says that between 10pm and 6am it may not be louder than 42 decibels at the nearest home. It was last measured in May 2025, when it was 39.\n\nKind regards\n\nBen Desk",
        expect![[r#"
            Noise at the depot |  | 

            [How loud may the depot be at night?]
            The permit of the depot says that between 10pm and 6am it may not be louder than 42 decibels at the nearest home. It was last measured in May 2025, when it was 39.
        "#]],
    );
}

#[test]
fn tables_of_questions() {
    let row = |text: &str| Line::new(LineKind::Row, text);
    let lines = vec![
        row("Question | Our response"),
        row("How many lids? | 34"),
        row("Why so many? | Storms broke many of them."),
    ];
    expect![[r#"
        Lids |  | 

        [How many lids?]
        How many lids?
        34

        [Why so many?]
        Why so many?
        Storms broke many of them.
    "#]]
    .assert_eq(&print(&read(lines, "Lids")));
}

#[test]
fn pages_of_other_forms() {
    let page = |html: &str| {
        let blocks = crate::read::html::fragment(html, &|href| Some(href.to_owned()));
        print(&read(from_blocks(&blocks), "Lids"))
    };
    // Questions as headings, with a list in an answer.
    expect![[r#"
        Lids | 2025-05-03 | FOI 77

        [1. Which lids broke?]
        Which lids broke?

        1. Blue (3)
        2. Green (1)

        [2. Are lids insured?]
        No.

        See Q1 above for what broke.

        Question 1: Which lids broke?

        1. Blue (3)
        2. Green (1)

        [3. Who broke them?]
        Are lids insured?
        No.

        See Q1 above for what broke.

        Who broke them?
        This is exempt under section 40(2).
    "#]].assert_eq(&page(
        "<p>Request reference: FOI 77<br>Published: 3 May 2025</p><h2 id=a>Q1. Which lids broke?</h2><ol><li>Blue (3)</li><li>Green (1)</li></ol><h2 id=b>Q2. Are lids insured?</h2><p>No.</p><p>See Q1 above for what broke.</p><h2>Q3. Who broke them?</h2><p>This is exempt under section 40(2).</p>",
    ));
    // Lists of the page, answers that begin with a word of facts, a paragraph after the list.
    expect![[r#"
        Lids |  | 

        [1. Do you count lids?]
        Do you count lids?
        Yes, at the depot.

        [2. How many came in?]
        How many came in?
        Received: 64. Refused: 3.

        [More about this response]
        More is on our page.
          -> /lids/
    "#]].assert_eq(&page(
        "<h2>Request</h2><ol><li>Do you count lids?</li><li>How many came in?</li></ol><h2>Response</h2><ol><li>Yes, at the depot.</li><li>Received: 64. Refused: 3.</li></ol><p>More is on <a href='/lids/'>our page</a>.</p>",
    ));
    // Bullets with a number among them, answers in paragraphs.
    expect![[r#"
        Lids |  | 

        [1. Who buys lids?]
        Who buys lids?
        The depot.

        [2. Who sells them?]
        Who buys lids?
        The depot.

        Who sells them?
        A firm in Wrayford sells them to us.

        [2a. If a firm, which one?]
        Who sells them?
        A firm in Wrayford sells them to us.

        If a firm, which one?
        Lid and Sons of Wrayford, since 2020.

        [3. When?]
        When?
        Every March and every October.
    "#]].assert_eq(&page(
        "<h2>Information requested</h2><p>I ask:</p><ul><li>Who buys lids?</li><li>Who sells them?</li><li>2a. If a firm, which one?</li><li>When?</li></ul><h2>Response</h2><p>We hold this.</p><p>1. The depot.</p><p>2. A firm in Wrayford sells them to us.</p><p>2a. Lid and Sons of Wrayford, since 2020.</p><p>3. Every March and every October.</p>",
    ));
    // Question and answer in turns, without numbers.
    expect![[r#"
        Lids |  | 

        [How many lids?]
        There are 34 lids in all.

        [Why?]
        Because each bin has one lid.
    "#]].assert_eq(&page(
        "<p>Q: How many lids?</p><p>A: There are 34 lids in all.</p><p>Q: Why?</p><p>A: Because each bin has one lid.</p>",
    ));
    expect![[r#"
        Lids |  | 

        [How many lids are there?]
        How many lids are there?
        34

        [Please state what they cost.]
        Each lid cost £3 in 2024.
    "#]].assert_eq(&page(
        "<p><strong>How many lids are there?</strong></p><p>34</p><p><strong>Please state what they cost.</strong></p><p>Each lid cost £3 in 2024.</p>",
    ));
    // Items that name a subject instead of asking.
    expect![[r#"
        Lids |  | 

        [1. Spending on lids]
        Spending on lids
        £340 in 2024

        [2. Staff who mend lids]
        Two, both at the depot in Larkmere.
    "#]].assert_eq(&page(
        "<h2>Response</h2><p>1. Spending on lids</p><p>£340 in 2024</p><p>2. Staff who mend lids</p><p>Two, both at the depot in Larkmere.</p>",
    ));
}

#[test]
fn golden_fixtures() {
    for name in ["sections.txt", "bullets.txt", "thread.txt", "miscount.txt"] {
        let golden =
            format!("{}/../tests/fixtures/sources/foi/{name}.golden", env!("CARGO_MANIFEST_DIR"));
        let got = print(&read(from_text(&fixture(name)), ""));
        expect_test::expect_file![golden].assert_eq(&got);
    }
}

fn seed(name: &str) -> Option<Response> {
    let path = format!("{}/../../shared/seeds/{name}", env!("CARGO_MANIFEST_DIR"));
    if let Ok(text) = std::fs::read_to_string(&path) {
        Some(read(from_text(&text), ""))
    } else {
        println!("skipped: {path} is not present");
        None
    }
}

fn find<'a>(response: &'a Response, start: &str) -> &'a Record {
    response
        .records
        .iter()
        .find(|r| r.section.starts_with(start))
        .unwrap_or_else(|| panic!("{start}"))
}

#[test]
fn seed_of_sections() {
    let Some(response) = seed("000_3f7d661c1c10aea0.txt") else { return };
    println!("{}", print(&response));
    assert!(response.title.ends_with("Digital Platform"));
    assert_eq!(response.reference, "FOI 10061");
    assert_eq!(response.date, Date::new(2020, 7, 9));
    for (start, parts) in [
        ("Chatbots: 1. Do you have any plans", vec!["Yes", "2021/22"]),
        ("Chatbots: 2. If so", vec!["Citizen facing AI chatbot", "Yes", "2021/22"]),
        ("Chatbots: 4. Who is the CIO", vec!["unable to provide", "chief-executive-directors"]),
        ("Chatbots: 6. If so", vec!["Employee facing", "No", "N/A"]),
        ("Chatbots: 7. Who would be", vec!["unable to provide"]),
        ("Virtual Appointments: 1. Are you planning", vec!["No", "N/A"]),
        ("Virtual Appointments: 3. Who would be", vec!["unable to provide"]),
    ] {
        let record = find(&response, start);
        for part in parts {
            assert!(record.text.contains(part), "{start}: {part} not in {}", record.text);
        }
    }
    assert_eq!(response.records.len(), 11);
    assert!(find(&response, "Information that was not released").section.contains("40(2)"));
    assert!(response.problems.is_empty(), "{:?}", response.problems);
}

#[test]
fn seed_of_bullets() {
    let Some(response) = seed("003_393b7db1d7f1d966.txt") else { return };
    println!("{}", print(&response));
    for (start, part) in [
        ("1. Can you please provide", "Section 31 exemption"),
        ("3a. Who oversees", "overall responsibility"),
        ("5. In relation to documents", "All staff undertake data protection training"),
        ("6. Who holds the administrative", "resides with the officer responsible"),
        ("8. Please detail what your IT", "domain name"),
    ] {
        let record = find(&response, start);
        assert!(record.text.contains(part), "{start}: {}", record.text);
    }
    assert_eq!(response.records.iter().filter(|r| r.section.contains(". ")).count(), 9);
    assert!(!print(&response).contains("tax payers"));
}

#[test]
fn seed_of_a_thread() {
    let Some(response) = seed("002_f3a9265840589e20.txt") else { return };
    println!("{}", print(&response));
    let first = find(&response, "1. Do you have any guidance");
    for part in [
        "only calls to the call centre are recorded",
        "- training",
        "providing it is for their own use",
    ] {
        assert!(first.text.contains(part), "{}", first.text);
    }
    let fifth = &find(&response, "5. What is your").text;
    assert!(fifth.starts_with("If the call") && fifth.lines().count() == 1, "{fifth}");
    assert!(response.problems.iter().any(|p| p.contains("question 4") && p.contains("attachment")));
    let all = print(&response);
    for never in ["Dacorum Borough", "time for honesty", "...", "[email", "xxxx"] {
        assert!(!all.contains(never), "{never} in {all}");
    }
    assert_eq!(response.reference, "FOI 6410");
}

proptest! {
    #[test]
    fn any_text_is_read(text in r"((Request|Response|Dear Council,|[1-9]{1,2}[.)]|See [1-9]{1,2} above|- |N/A|Who is it\?|If so, when\?|Yes|Chatbots|section 40|[a-z]{1,9})( |\n|\n\n)){0,60}") {
        let response = read(from_text(&text), "");
        for record in response.records {
            prop_assert!(!record.text.is_empty());
            prop_assert!(!matches!(record.text.as_str(), "Yes" | "N/A"));
        }
    }
}
