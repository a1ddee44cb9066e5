//! Questions and answers that a page tells search engines, as schema.org's
//! `FAQPage` or `QAPage` in JSON-LD.

use serde_json::Value;

/// One question with its answer, which may be HTML.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Pair {
    pub(crate) question: String,
    pub(crate) answer: String,
}

/// The questions of a JSON-LD block, in its order; what is not an FAQ gives
/// none. Errors when it is not JSON.
pub(crate) fn pairs(json: &str) -> Result<Vec<Pair>, serde_json::Error> {
    let value: Value = serde_json::from_str(json.trim())?;
    let mut found = Vec::new();
    // serde_json bounds the nesting, so the recursion is bounded.
    collect(&value, &mut found);
    Ok(found)
}

fn collect(value: &Value, found: &mut Vec<Pair>) {
    match value {
        Value::Array(items) => items.iter().for_each(|item| collect(item, found)),
        Value::Object(object) => {
            let is = |name: &str| match object.get("@type") {
                Some(Value::String(kind)) => kind == name,
                Some(Value::Array(kinds)) => kinds.iter().any(|k| k == name),
                _ => false,
            };
            if is("Question") {
                let text = |key: &str| object.get(key).and_then(Value::as_str).unwrap_or("").trim();
                let question = if text("name").is_empty() { text("text") } else { text("name") };
                let answer = ["acceptedAnswer", "suggestedAnswer"]
                    .iter()
                    .find_map(|key| object.get(*key).and_then(first_text));
                if let Some(answer) = answer.filter(|_| !question.is_empty()) {
                    found.push(Pair { question: question.to_owned(), answer });
                }
            } else {
                for key in ["@graph", "mainEntity", "hasPart"] {
                    if let Some(inner) = object.get(key) {
                        collect(inner, found);
                    }
                }
            }
        }
        _ => {}
    }
}

fn first_text(answer: &Value) -> Option<String> {
    match answer {
        Value::Array(items) => items.iter().find_map(first_text),
        Value::Object(object) => object
            .get("text")
            .and_then(Value::as_str)
            .map(str::trim)
            .filter(|t| !t.is_empty())
            .map(str::to_owned),
        Value::String(text) => Some(text.trim().to_owned()).filter(|t| !t.is_empty()),
        _ => None,
    }
}

#[cfg(test)]
mod tests {
    //! 1. FAQ and QA pages are read, in graphs and arrays;
    //! 2. other data gives none, what is no JSON an error.

    use super::*;

    fn check(json: &str, expected: &[(&str, &str)]) {
        let got = pairs(json).unwrap();
        let got: Vec<_> = got.iter().map(|p| (p.question.as_str(), p.answer.as_str())).collect();
        assert_eq!(got, expected, "{json}");
    }

    #[test]
    fn reads_faq_pages() {
        check(
            r#"{"@context":"https://schema.org","@type":"FAQPage","mainEntity":[
                {"@type":"Question","name":"When?","acceptedAnswer":{"@type":"Answer","text":"<p>Now</p>"}},
                {"@type":"Question","name":"Unanswered?"}]}"#,
            &[("When?", "<p>Now</p>")],
        );
        check(
            r#"{"@graph":[{"@type":["WebPage","QAPage"],"mainEntity":{"@type":"Question","text":"Who?","suggestedAnswer":[{"text":"Us"}]}}]}"#,
            &[("Who?", "Us")],
        );
        check(r#"{"@type":"Organization","name":"Larkmere"}"#, &[]);
        assert!(pairs("{not json").is_err());
    }
}
