//! 1. each kind of personal data is hidden, in the forms that people type;
//! 2. references, dates, sums and the council's own numbers are not;
//! 3. hiding twice hides no more, for any text;
//! 4. what is searched is the same before and after hiding.

use super::*;
use proptest::prelude::*;

struct Council;

impl Known for Council {
    fn is_public_phone(&self, digits: &str) -> bool {
        digits == "01632960110"
    }
    fn is_role_mailbox(&self, address: &str) -> bool {
        address == "waste@council.example"
    }
    fn not_names(&self, words: &[Token]) -> Vec<bool> {
        const NOT: &[&str] =
            &["council", "tax", "blue", "badge", "street", "lights", "broken", "wrong", "bin"];
        words.iter().map(|w| NOT.contains(&w.folded.as_str())).collect()
    }
}

fn check(question: &str, expected: &str) {
    let (masked, hid) = mask(question, &Council);
    assert_eq!(masked, expected);
    assert_eq!(hid, question != expected, "{question}");
    assert_eq!(mask(&masked, &Council).0, masked, "again: {question}");
}

#[test]
fn hides_numbers() {
    check("my NI number is QQ123456C thanks", "my NI number is [hidden] thanks");
    check("nino tn 12 34 56 a", "nino [hidden]");
    check("card 5500 0055 5555 5559 exp 03/28 cvv 482", "card [hidden] exp [hidden] cvv [hidden]");
    check("card 4111-1111-1111-1111 07700 900123", "card [hidden]");
    check("call 07700 900123 or +44 7700 900456", "call [hidden] or [hidden]");
    check("ring (01632) 960555 please", "ring [hidden] please");
    check("sort code 20-00-00 account 55779911", "sort code [hidden] account [hidden]");
    check("acc no 80451267", "acc no [hidden]");
    check("account number: 7001 2345", "account number: [hidden]");
    check("nhs 999 000 0018", "nhs [hidden]");
    check("IBAN GB33BUKB20201555555555", "IBAN [hidden]");
    check("my reg is AB12 CDE", "my reg is [hidden]");
}

#[test]
fn hides_dates_of_birth() {
    check("dob 3/5/1960", "dob [hidden]");
    check("I was born on 3rd of May 1960", "I was born on [hidden]");
    check("date of birth 03.05.60", "date of birth [hidden]");
}

#[test]
fn hides_addresses_and_names() {
    check("email jo.bloggs+x@mail.example.com.", "email [hidden].");
    check("I live at ZZ99 9ZZ", "I live at [hidden]");
    check("bins for zz999zz", "bins for [hidden]");
    check("I live at 22 acacia avenue", "I live at [hidden]");
    check("bins at Flat 3, 31 Weir Close, please", "bins at [hidden], please");
    check("my name is Sam Patel and", "my name is [hidden] and");
    check("my name is sam patel and", "my name is [hidden] and");
    check(
        "Hello its Doreen Pask 31 Weir Close ZZ99 4ZZ acc no 80451267",
        "Hello its [hidden] acc no [hidden]",
    );
    check("hello its doreen pask 31 weir close zz99 4zz", "hello its [hidden]");
    check(
        "bins late I'm John Carter of 7 Mill Lane, Wrayford",
        "bins late I'm [hidden] of [hidden]",
    );
    check("Dave Porter, 5 Orchard Close. Bins?", "[hidden]. Bins?");
    check("no bins today this is Priya Shah", "no bins today this is [hidden]");
    check("is this Wrayford Library", "is this Wrayford Library");
    check("Mrs Pask's bins", "Mrs [hidden] bins");
    check("my son Tom needs a bus", "my son [hidden] needs a bus");
}

#[test]
fn leaves_what_is_no_ones() {
    for question in [
        "ref 558812",
        "24/01234/FUL",
        "FOI 6410",
        "what happens on 3 May 2027",
        "moved in 1/4/2026",
        "the bill is £1,234.56",
        "ring 01632 960 110",
        "email waste@council.example",
        "streat light number 14",
        "report 3 broken street lights",
        "my name is wrong on my bill",
        "its Council Tax",
        "my blue badge",
        "form 1st page, 2nd line, 3rd",
        "open 9am to 5pm on the 21st",
        "two wheelie bins 140 litres",
        "in 2025 26 a bill",
        "1000000000000000",
    ] {
        check(question, question);
    }
}

#[test]
fn searches_without_what_led_to_it() {
    for (masked, expected) in [
        ("my NI number is [hidden] can you check my claim", "can you check my claim"),
        ("pay my fine with card [hidden] exp [hidden]", "pay my fine with"),
        ("how do i get the code my account number is [hidden]", "how do i get the code"),
        ("how do i get the code i live at [hidden]", "how do i get the code"),
        ("mrs [hidden] here is my bin late", "is my bin late"),
        ("my date of birth is [hidden] bus pass", "bus pass"),
        ("when is bin day", "when is bin day"),
        ("Bins? My name is [hidden].", "Bins? ."),
    ] {
        assert_eq!(searchable(masked), expected);
    }
}

proptest! {
    #[test]
    fn hiding_twice_hides_no_more(question in "\\PC{0,60}|([0-9 +/@.-]|my name is |its |dob |acc no |zz99 9zz|Weir Close|Sam ){0,12}") {
        let (once, _) = mask(&question, &Council);
        let (twice, again) = mask(&once, &Council);
        prop_assert_eq!(&twice, &once);
        prop_assert!(!again);
        prop_assert_eq!(searchable(&twice), searchable(&once));
    }
}
