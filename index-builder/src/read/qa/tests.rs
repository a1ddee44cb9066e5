//! 1. each form of file is read, with alternates, sections and links;
//! 2. rows that follow each other with one address are one page;
//! 3. broken rows name their line; the others are read.

use super::*;
use expect_test::{Expect, expect};

fn check(name: &str, text: &str, expected: Expect) {
    let site = Url::parse("https://www.larkmere.example/").unwrap();
    let base = site.join("/faq/").unwrap();
    let (pages, findings) = read(text, Path::new(name), &base, Some(&site));
    let mut out = String::new();
    for page in pages {
        out += &format!("{} <{}> {}\n", page.meta.title, page.meta.url, page.meta.topics.join(" "));
        for r in page.records {
            out += &format!("[{} #{}] {:?} {:?}\n", r.section, r.anchor, r.text, r.questions);
            out +=
                &r.links.iter().map(|l| format!("  {} -> {}\n", l.text, l.url)).collect::<String>();
        }
    }
    for finding in findings {
        out += &format!("! {finding}\n");
    }
    expected.assert_eq(&out);
}

#[test]
fn reads_tables() {
    check(
        "faq.csv",
        "Question,Answer,Alternates,URL,Title,Topics\nWhen?,\"On Monday:\n- early\n- late\",what day; which day,/bins/#when,Bins,a\nHow?,<p>See <a href='../x'>x</a>.</p>,,/bins/,Bins,b\nbad,row\nWho?,\"Ask, [us](/contact/) or a@b.example\",,,,\n,No question,,,,\n",
        expect![[r#"
            Bins </bins/> a b
            [When? #when] "On Monday:\n\n- early\n- late" ["what day", "which day"]
            [How? #] "See x." []
              x -> /x
             </faq/> 
            [Who? #] "Ask, us or a@b.example" []
              us -> /contact/
              a@b.example -> mailto:a@b.example
            ! faq.csv:6: 2 cells in a table of 6 columns
              expected a cell for each column, with commas and line breaks in "quotes"
              hint: correct the row; the others were read
            ! faq.csv:8: a row without question
              expected a question and its answer
              hint: write the question, or remove the row
        "#]],
    );
    check(
        "faq.tsv",
        "q\ta\tdate\nOne?\tYes.\tsoon\n",
        expect![[r#"
         </faq/> 
        [One? #] "Yes." []
        ! faq.tsv:2: `date` cannot be "soon"
          expected a day of the calendar such as 2026-11-21 or 21 November 2026
          hint: correct the cell; the question was built without it
    "#]],
    );
    check(
        "faq.csv",
        "name,colour\na,b\n",
        expect![[r#"
        ! faq.csv:1: no columns for questions and answers: name, colour
          expected a first row with the names `question` and `answer`
          hint: name the columns in the first row
    "#]],
    );
}

#[test]
fn reads_json() {
    check(
        "faq.json",
        "{\"title\": \"Bins\", \"items\": [\n{\"question\": \"When?\", \"answer\": \"Now.\", \"alternates\": [\"What day?\"], \"section\": \"Days\"},\n{\"question\": \"\", \"answer\": \"x\"}\n, 7]}",
        expect![[r#"
            Bins </faq/> 
            [Days > When? #] "Now." ["What day?"]
            ! faq.json:1: an entry that is no object
              expected {"question": …, "answer": …}
              hint: correct the entry; the others were read
            ! faq.json:3: a row without question
              expected a question and its answer
              hint: write the question, or remove the row
        "#]],
    );
    check(
        "faq.json",
        "[{\"question\": \"A\",\n}]",
        expect![[r#"
        ! faq.json:2: trailing comma at line 2 column 1
          expected JSON
          hint: correct the file at this line
    "#]],
    );
}
