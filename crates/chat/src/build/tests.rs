//! 1. the default files are right, and stay so with nothing over them;
//! 2. a later file changes the keys that it names and leaves the others;
//! 3. every error names its file, its line and what was expected;
//! 4. the thesaurus: a council adds, changes and takes away groups, and takes a
//!    word over from a default group; a wrong group is named with its line;
//! 5. what nobody confirmed and what is overdue is told.

use super::*;
use crate::data::{Review, Role};

fn check(text: &str, expected: &[(usize, &str)]) {
    let errors = Data::parse(&[("own.toml", text)]).err().unwrap_or_default();
    let found: Vec<(usize, bool)> = errors
        .iter()
        .zip(expected)
        .map(|(e, (_, part))| (e.line, e.message.contains(part)))
        .collect();
    let wanted: Vec<(usize, bool)> = expected.iter().map(|(line, _)| (*line, true)).collect();
    assert_eq!((found, errors.len()), (wanted, expected.len()), "{errors:#?}");
}

#[test]
fn defaults_are_right() {
    let data = match Data::with_defaults(&[]) {
        Ok(data) => data,
        Err(errors) => {
            let told: Vec<String> = errors.iter().map(ToString::to_string).collect();
            panic!("{}", told.join("\n"));
        }
    };
    for card in &data.cards {
        assert!(!card.card.title.is_empty() && !card.card.lines.is_empty(), "{}", card.card.id);
        assert!(!card.when.is_empty(), "{}", card.card.id);
    }
    for rule in &data.rules {
        assert!(!rule.when.is_empty(), "{}", rule.id);
        let silent =
            matches!(rule.role, Role::Abuse | Role::Injection | Role::Private | Role::Sensitive);
        assert!(silent || !rule.text.is_empty(), "{}", rule.id);
    }
}

#[test]
fn later_files_change_what_they_name() {
    let own = "[[card]]\nid = \"gas\"\nsigns = \"\"\nconfirmed = \"demo\"\nphones = [{ id = \"gas\", number = \"1 23\" }]\n";
    let data = Data::with_defaults(&[("own.toml", own)]).unwrap();
    let rule = data.cards.iter().find(|c| c.card.id == "gas").unwrap();
    assert!(rule.signs.is_empty() && data.cards.iter().any(|c| !c.signs.is_empty()));
    let confirmed = |r: &&Review| r.what == "card gas" && r.confirmed == "demo";
    assert!(data.reviews.iter().any(|r| confirmed(&r)));
    let gas = &rule.card;
    assert_eq!((gas.phones[0].number.as_str(), gas.phones[0].url.as_str()), ("1 23", "tel:123"));
    assert!(!gas.title.is_empty() && gas.phones.len() > 1);
    let without =
        Data::with_defaults(&[("own.toml", "[[card]]\nid = \"gas\"\nremove = true")]).unwrap();
    assert!(without.cards.iter().all(|c| c.card.id != "gas" || c.card.lang != "en"));
}

#[test]
fn errors_name_their_line() {
    check("x = 1", &[(1, "unknown field")]);
    check("[[card]]\nid = \"a\"\nwhen = [\n  \"@nobody\",\n]", &[(4, "nobody")]);
    check("[[card]]\nid = \"a\"\nwhen = [\"smell ~x\"]", &[(3, "number of words")]);
    check("[[card]]\nid = \"a\"\nsigns = \"knife=8 alone\"", &[(3, "\"alone\"")]);
    check("[[contact]]\nname = \"A\"\nopen = [\"soon\"]", &[(3, "Monday to Friday")]);
    check("[[language]]\nlang = \"xx\"\nscript = \"abc\"", &[(3, "first and the last")]);
    check("[[card]]\nid = \"a\"\nreview_by = 10:00:00", &[(3, "2027-04-30")]);
    check("[[card]]\ntitle = \"no id\"", &[(1, "missing field `id`")]);
}

/// The groups of `own` over two that stand in for the defaults.
fn thesaurus(own: &str) -> Vec<String> {
    let default = "[[thesaurus]]\nid = \"tip\"\nowner = \"Waste\"\n\
        from = [\"tip\", \"dump\"]\nto = [\"recycling centre\"]\nexcept = [\"fly tipping\"]\n\
        [[thesaurus]]\nid = \"bin\"\nowner = \"Waste\"\nwords = [\"bin\", \"dustbin\"]\n";
    let data = Data::parse(&[("default.toml", default), ("own.toml", own)]).unwrap();
    let line = |g: &doorstep_index::Synonyms| {
        let lists = [&g.from, &g.to, &g.except].map(|list| list.join(", "));
        format!("{} ({}): {}", g.id, g.owner, lists.join(" > "))
    };
    data.thesaurus.iter().map(line).collect()
}

#[test]
fn a_council_has_its_own_thesaurus() {
    let tip = "tip (Waste): tip, dump > recycling centre > fly tipping";
    let bin = "bin (Waste): bin, dustbin > bin, dustbin > ";
    assert_eq!(thesaurus(""), [tip, bin]);
    let head = |id: &str| format!("[[thesaurus]]\nid = \"{id}\"\n");
    assert_eq!(
        thesaurus(&(head("bin") + "words = [\"bin\", \"cart\"]\nowner = \"Streets\"")),
        [tip, "bin (Streets): bin, cart > bin, cart > "]
    );
    assert_eq!(thesaurus(&(head("tip") + "remove = true")), [bin]);
    assert_eq!(
        thesaurus(&(head("skip") + "owner = \"Own\"\nfrom = [\"dump\"]\nto = [\"skip hire\"]")),
        [
            "tip (Waste): tip > recycling centre > fly tipping",
            bin,
            "skip (Own): dump > skip hire > "
        ]
    );
}

#[test]
fn errors_of_the_thesaurus_name_their_line() {
    let group = |rest: &str| format!("[[thesaurus]]\nid = \"a\"\nowner = \"Waste\"\n{rest}");
    check(&group(""), &[(2, "no words: write words")]);
    check(&group("words = []"), &[(2, "is empty")]);
    check(&group("words = [\"bin\"]"), &[(2, "one word only")]);
    check(&group("from = [\"bin\"]"), &[(2, "write words = ")]);
    check(&group("words = [\"bin\", \"cart\"]\nfrom = [\"box\"]"), &[(2, "words and from")]);
    check(&group("words = [\"bin\",\n\"a bin on four wheels\"]"), &[(5, "at most 3")]);
    check(&group("words = [\"bin\",\n\"–\"]"), &[(5, "no word")]);
    check(&group("words = [\"bin\",\n\"the\"]"), &[(5, "every other question")]);
    check(&group("words = [\"bin\",\n\"Bins\"]"), &[(5, "already")]);
    check(
        &(group("words = [\"bin\", \"cart\"]\n")
            + "[[thesaurus]]\nid = \"b\"\nowner = \"Waste\"\nfrom = [\"bins\"]\nto = [\"box\"]"),
        &[(8, "in group \"a\" at line 4")],
    );
    check("[[thesaurus]]\nid = \"a\"\nwords = [\"bin\", \"cart\"]", &[(2, "no owner")]);
    check(&group("word = [\"bin\", \"cart\"]"), &[(4, "unknown field")]);
}

#[test]
fn tells_what_is_not_confirmed_and_what_is_overdue() {
    let today = "2027-06-01".parse().unwrap();
    let own = "[[card]]\nid = \"gas\"\nconfirmed = \"demo\"\n";
    let data = Data::with_defaults(&[("own.toml", own)]).unwrap();
    let gas = |told: Vec<DataError>| -> Vec<String> {
        let about = |e: &DataError| e.message.contains("card gas (Em");
        told.iter().filter(|e| about(e)).map(ToString::to_string).collect()
    };
    let overdue = gas(data.overdue(today));
    assert!(overdue.len() == 1 && overdue[0].starts_with("own.toml:2: "), "{overdue:?}");
    assert!(gas(data.overdue("2027-05-31".parse().unwrap())).is_empty());
    assert!(gas(data.unconfirmed()).is_empty());
    let unconfirmed = gas(Data::with_defaults(&[]).unwrap().unconfirmed());
    assert!(unconfirmed.len() == 1 && unconfirmed[0].starts_with("default cards.toml:"));
    assert!(unconfirmed[0].contains("nobody has confirmed"), "{unconfirmed:?}");
}
