//! What was measured, as Markdown.

use serde_json::Value;

use super::number;
use crate::say;

/// Quality on every site, then bytes and speed on the first.
pub(super) fn beside_others(measured: &Value) -> Vec<String> {
    let sites = list(&measured["sites"]);
    let Some(first) = sites.first() else { return Vec::new() };
    let mut head = vec!["engine".to_owned()];
    head.extend(sites.iter().map(|site| {
        let (name, questions) = (text(&site["site"]), text(&site["questions"]));
        format!("{name} ({questions} questions)")
    }));
    let scored = || list(&first["rows"]).iter().filter(|row| number(row, "hit1").is_some());
    let mut lines = vec![
        String::new(),
        "First passage right / right among three / mean reciprocal rank:".to_owned(),
        String::new(),
    ];
    lines.extend(table(
        head,
        scored().map(|row| {
            let name = &row["engine"];
            let scores = sites.iter().map(|site| {
                let rows = list(&site["rows"]);
                let of_site = rows.iter().find(|other| &other["engine"] == name);
                of_site.map_or("–".to_owned(), |row| quality(row, site))
            });
            [engine(row)].into_iter().chain(scores).collect()
        }),
    ));
    let stars = scored().any(|row| row["questions"] != first["questions"]);
    if stars {
        lines.push(String::new());
        lines.push("A star: over an even sample of the questions.".to_owned());
    }
    let (name, records) = (text(&first["site"]), text(&first["records"]));
    let plain = bytes(first, "text_brotli");
    lines.extend([
        String::new(),
        format!(
            "On {name} ({records} records, {plain} of text after brotli), all in {}; \
             each index holds the text that an answer shows:",
            text(&measured["chromium"]),
        ),
        String::new(),
    ]);
    let head = [
        "engine",
        "engine, brotli",
        "index raw / gzip / brotli",
        "index to text",
        "until the first answer",
        "build",
        "start + load (+ word vectors)",
        "question p50 / p99",
        "memory",
    ];
    lines.extend(table(
        head.map(str::to_owned).to_vec(),
        list(&first["rows"]).iter().map(|row| speed(row, first)),
    ));
    lines
}

/// Doorstep on ever larger sites.
pub(super) fn growth(measured: &Value) -> Vec<String> {
    let head = [
        "records",
        "build, CPU",
        "build, memory",
        "index raw / brotli",
        "open native / WebAssembly (+ word vectors)",
        "question native p50 / p99",
        "question WebAssembly p50 / p99",
        "memory",
    ];
    let rows = list(&measured["sites"]).iter().map(|site| {
        let row = &site["rows"][0];
        vec![
            text(&site["records"]),
            seconds(site, "build.build_cpu_ms"),
            bytes(site, "build.build_peak_bytes"),
            format!("{} / {}", bytes(site, "build.index_bytes"), bytes(row, "index_bytes.brotli")),
            format!("{} / {}", whole(site, "build.open_ms"), opening(row)),
            times(site, "build.native_ms_p50", "build.native_ms_p99"),
            times(row, "question_ms_p50", "question_ms_p99"),
            bytes(row, "memory_bytes"),
        ]
    });
    let mut lines = vec![
        String::new(),
        "Doorstep on generated sites (records recombined from the demo's words):".to_owned(),
        String::new(),
    ];
    lines.extend(table(head.map(str::to_owned).to_vec(), rows));
    lines
}

fn quality(row: &Value, site: &Value) -> String {
    let star = if row["questions"] == site["questions"] { "" } else { "*" };
    let part = |key| number(row, key).map_or("–".to_owned(), |value| format!("{value:.3}"));
    format!("{} / {} / {}{star}", part("hit1"), part("hit3"), part("mrr10"))
}

fn speed(row: &Value, site: &Value) -> Vec<String> {
    let ratio = number(row, "index_bytes.brotli").zip(number(site, "text_brotli"));
    let sizes = ["raw", "gzip", "brotli"].map(|form| bytes(row, &format!("index_bytes.{form}")));
    vec![
        engine(row),
        bytes(row, "engine_bytes.brotli"),
        sizes.join(" / "),
        ratio.map_or("–".to_owned(), |(index, text)| format!("{:.2}", index / text)),
        bytes(row, "first_answer_brotli"),
        seconds(row, "build_ms"),
        format!("{} + {}", whole(row, "start_ms"), opening(row)),
        times(row, "question_ms_p50", "question_ms_p99"),
        bytes(row, "memory_bytes"),
    ]
}

/// Milliseconds of opening an index, and of what is made ready after it, before
/// the first question.
fn opening(row: &Value) -> String {
    let after = number(row, "prepare_ms").map(|ms| format!(" + {ms:.0}")).unwrap_or_default();
    format!("{}{after} ms", whole(row, "load_ms"))
}

/// A name with its version ("Lunr 2.3.9, tuned").
fn engine(row: &Value) -> String {
    let name = text(&row["engine"]);
    match (row["version"].as_str(), name.split_once(',')) {
        (None, _) => name,
        (Some(version), None) => format!("{name} {version}"),
        (Some(version), Some((first, rest))) => format!("{first} {version},{rest}"),
    }
}

fn table(head: Vec<String>, rows: impl Iterator<Item = Vec<String>>) -> Vec<String> {
    let line = |cells: Vec<String>| format!("| {} |", cells.join(" | "));
    let rule = format!("|---|{}", "---:|".repeat(head.len() - 1));
    [line(head), rule].into_iter().chain(rows.map(line)).collect()
}

fn list(value: &Value) -> &[Value] {
    value.as_array().map_or(&[], Vec::as_slice)
}

fn text(value: &Value) -> String {
    value.as_str().map_or_else(|| value.to_string(), str::to_owned)
}

fn bytes(value: &Value, keys: &str) -> String {
    number(value, keys).map_or("–".to_owned(), |count| say::bytes(count as usize))
}

fn seconds(value: &Value, keys: &str) -> String {
    number(value, keys).map_or("–".to_owned(), |millis| format!("{:.1} s", millis / 1e3))
}

fn whole(value: &Value, keys: &str) -> String {
    number(value, keys).map_or("–".to_owned(), |millis| format!("{millis:.0}"))
}

fn times(value: &Value, p50: &str, p99: &str) -> String {
    let one = |keys| number(value, keys).map_or("–".to_owned(), |millis| format!("{millis:.2}"));
    format!("{} / {} ms", one(p50), one(p99))
}

#[cfg(test)]
mod tests {
    //! 1. Quality has a column a site and a line an engine that is scored; an
    //!    engine that was asked fewer questions has a star, one that was not
    //!    asked a dash.
    //! 2. Bytes and speed are of the first site, with every engine.
    //! 3. Growth has a line a site.
    use super::*;
    use serde_json::json;

    fn check(lines: &[String], expected: &[&str]) {
        for line in expected {
            assert!(
                lines.iter().any(|have| have == line),
                "{line}\nis not in\n{}",
                lines.join("\n")
            );
        }
    }

    #[test]
    fn engines_stand_side_by_side() {
        let size = json!({ "raw": 4000, "gzip": 3000, "brotli": 2000 });
        let row = json!({ "engine": "Lunr, tuned", "version": "2.3.9", "questions": 4, "hit1": 0.5,
            "hit3": 0.75, "mrr10": 0.625, "engine_bytes": size, "index_bytes": size,
            "first_answer_brotli": 4000, "build_ms": 1500.0, "start_ms": 1.0, "load_ms": 20.4,
            "question_ms_p50": 0.5, "question_ms_p99": 2.0, "memory_bytes": 1_000_000 });
        let replies =
            json!({ "engine": "Replies", "question_ms_p50": 1.0, "question_ms_p99": 2.0 });
        let site = |name: &str, rows: Value| {
            json!({ "site": name, "records": 9, "questions": 5,
            "text_brotli": 1000, "rows": rows })
        };
        let all = json!({ "chromium": "Chromium 1",
            "sites": [site("a", json!([row, replies])), site("b", json!([]))] });
        check(
            &beside_others(&all),
            &[
                "| engine | a (5 questions) | b (5 questions) |",
                "| Lunr 2.3.9, tuned | 0.500 / 0.750 / 0.625* | – |",
                "| Lunr 2.3.9, tuned | 2.0 kB | 4.0 kB / 3.0 kB / 2.0 kB | 2.00 | 4.0 kB | 1.5 s \
                 | 1 + 20 ms | 0.50 / 2.00 ms | 1.00 MB |",
                "| Replies | – | – / – / – | – | – | – | – + – ms | 1.00 / 2.00 ms | – |",
            ],
        );
    }

    #[test]
    fn sites_grow_line_by_line() {
        let site = json!({ "records": 1000, "build": { "build_cpu_ms": 500, "build_peak_bytes": 2_000_000,
            "index_bytes": 3000, "open_ms": 4.0, "native_ms_p50": 0.1, "native_ms_p99": 0.2 },
            "rows": [{ "index_bytes": { "brotli": 2000 }, "load_ms": 5.0, "prepare_ms": 6.0, "question_ms_p50": 0.3,
                "question_ms_p99": 0.4, "memory_bytes": 6_000_000 }] });
        check(
            &growth(&json!({ "sites": [site] })),
            &["| 1000 | 0.5 s | 2.00 MB | 3.0 kB / 2.0 kB | 4 / 5 + 6 ms | 0.10 / 0.20 ms \
               | 0.30 / 0.40 ms | 6.00 MB |"],
        );
    }
}
