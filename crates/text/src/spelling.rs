//! British and American spellings of one word.

/// The other spelling of a folded word, if it looks as if it had one:
/// `other_spelling("organize")` is `"organise"`, and the other way round.
///
/// What comes back need not be a word ("actour"): the caller looks whether the
/// site has it. Pairs that are different words in Britain (metre and meter,
/// cheque and check, tyre and tire) are left alone.
pub fn other_spelling(folded: &str) -> Option<String> {
    if folded.len() < 4 || !folded.is_ascii() {
        return None;
    }
    for (british, american) in STARTS {
        // The British one first: the American may be its beginning.
        for (from, to) in [(british, american), (american, british)] {
            if let Some(rest) = folded.strip_prefix(from) {
                return Some(format!("{to}{rest}"));
            }
        }
    }
    for (from, to) in [("is", "iz"), ("iz", "is"), ("ys", "yz"), ("yz", "ys")] {
        let at = folded.rfind(from).filter(|&at| at > 1);
        if let Some(at) = at
            && ENDS.contains(&&folded[at + 2..])
        {
            return Some(format!("{}{to}{}", &folded[..at], &folded[at + 2..]));
        }
    }
    // From five letters on: "four" is not "for".
    let ours = if folded.contains("our") { ("our", "or") } else { ("or", "our") };
    (folded.len() >= 5 && folded[1..].contains(ours.0))
        .then(|| format!("{}{}", &folded[..1], folded[1..].replacen(ours.0, ours.1, 1)))
}

/// What may follow the s or z of "organise".
const ENDS: [&str; 8] = ["e", "ed", "er", "es", "ers", "ing", "ation", "ations"];

/// Beginnings, British and American; the longer of two that begin alike first.
const STARTS: [(&str, &str); 26] = [
    ("ageing", "aging"),
    ("aluminium", "aluminum"),
    ("anaesth", "anesth"),
    ("cancell", "cancel"),
    ("catalogue", "catalog"),
    ("centre", "center"),
    ("counsell", "counsel"),
    ("defence", "defense"),
    ("diarrhoea", "diarrhea"),
    ("enrolment", "enrollment"),
    ("fulfilment", "fulfillment"),
    ("grey", "gray"),
    ("instalment", "installment"),
    ("jewellery", "jewelry"),
    ("judgement", "judgment"),
    ("kerb", "curb"),
    ("licenc", "licens"),
    ("manoeuv", "maneuv"),
    ("mould", "mold"),
    ("offence", "offense"),
    ("paediatric", "pediatric"),
    ("plough", "plow"),
    ("practic", "practis"),
    ("programme", "program"),
    ("pyjama", "pajama"),
    ("travell", "travel"),
];

#[cfg(test)]
mod tests {
    //! 1. a spelling leads to the other, both ways;
    //! 2. words that only look alike are left alone.

    use super::*;

    fn check(word: &str, expected: Option<&str>) {
        assert_eq!(other_spelling(word).as_deref(), expected, "{word}");
    }

    #[test]
    fn spellings_lead_to_each_other() {
        for (british, american) in [
            ("colour", "color"),
            ("neighbours", "neighbors"),
            ("organise", "organize"),
            ("organisation", "organization"),
            ("analysed", "analyzed"),
            ("licence", "license"),
            ("programmes", "programs"),
            ("kerbs", "curbs"),
            ("centre", "center"),
            ("travelling", "traveling"),
        ] {
            check(british, Some(american));
            check(american, Some(british));
        }
    }

    #[test]
    fn others_are_left_alone() {
        for word in ["four", "for", "this", "bins", "metre", "cheque", "tŷ", ""] {
            check(word, None);
        }
    }
}
