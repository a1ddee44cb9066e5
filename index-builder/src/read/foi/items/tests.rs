//! 1. items are known in the ways people number them;
//! 2. amounts, dates, references and steps out of order are no items;
//! 3. sections and restarts begin runs; bullets count with numbers as anchors;
//! 4. what follows the answers is told from them.

use super::*;
use crate::read::foi::from_text;
use expect_test::{Expect, expect};

fn check(text: &str, answers: bool, expected: Expect) {
    let parsed = parse(&from_text(text), answers);
    let mut out = String::new();
    for line in parsed.intro {
        out += &format!("intro {}\n", line.text);
    }
    for run in parsed.runs {
        out += &format!("[{}]\n", run.section);
        for item in run.items {
            let keys: Vec<_> = item.keys.iter().map(ToString::to_string).collect();
            let lines: Vec<_> = item.lines.iter().map(|l| l.text.as_str()).collect();
            out += &format!("{} = {}\n", keys.join(","), lines.join(" / "));
        }
    }
    for (tail, line) in parsed.tail {
        out += &format!("{tail:?} {}\n", line.text);
    }
    expected.assert_eq(&out);
}

#[test]
fn knows_items() {
    check(
        "1 Do you\n\n2.No we\n\n3.Yes -\n\n4) Four\n\n(5) Five\n\n5(a) Part\n\n5b. Other\n\nQ6. Six\n\nQuestion 7\n\nSeven\n\n8 - 9. Both\n\n10. a) First\n\nb) Second",
        false,
        expect![[r#"
            []
            1 = Do you
            2 = No we
            3 = Yes -
            4 = Four
            5 = Five
            5a = Part
            5b = Other
            6 = Six
            7 = Seven
            8,9 = Both
            10a = First
            10b = Second
        "#]],
    );
}

#[test]
fn leaves_other_numbers() {
    check(
        "1. We spent\n\n3.5 million on lids\n\n1 April 2020 was the start\n\n40 High Street\n\n2. 2021/22\n\n3. Please see\n\nQuestion 1 above",
        true,
        expect![[r#"
            []
            1 = We spent / 3.5 million on lids / 1 April 2020 was the start / 40 High Street
            2 = 2021/22
            3 = Please see / Question 1 above
        "#]],
    );
}

#[test]
fn counts_in_runs() {
    check(
        "Bins\n\n1. One?\n\n2. Two?\n\nLids\n\n1. One?\n\n- not an item\n\n1. Anew?",
        false,
        expect![[r#"
            [Bins]
            1 = One?
            2 = Two?
            [Lids]
            1 = One? / not an item
            []
            1 = Anew?
        "#]],
    );
    check(
        "Lids\n- How?\n- Why?\n- Where?\n3a. Who?\n- When?\n1. So.\n2. Thus, because of:\n- rain\n- snow",
        false,
        expect![[r#"
            [Lids]
            1 = How?
            2 = Why?
            3 = Where?
            3a = Who?
            4 = When?
            []
            1 = So.
            2 = Thus, because of: / rain / snow
        "#]],
    );
}

#[test]
fn tells_the_tail() {
    check(
        "1. It is exempt under section 43.\n\n2. No.\n\nSection 43 Commercial interests\n\nPrices would be known.\n\nPublic Interest Test:\n\n- One reason\n\nYou are free to use this for your own use.\n\nIf you are dissatisfied, ask for an internal review.",
        true,
        expect![[r#"
            []
            1 = It is exempt under section 43.
            2 = No.
            Exemption Section 43 Commercial interests
            Exemption Prices would be known.
            Interest Public Interest Test:
            Interest One reason
            Reuse You are free to use this for your own use.
            Unhappy If you are dissatisfied, ask for an internal review.
        "#]],
    );
}
