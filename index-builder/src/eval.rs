//! How well an engine answers a set of questions with known answers: the set
//! is built as a site would be, asked, and scored.

mod set;

use std::collections::HashSet;
use std::fmt::Write as _;
use std::io::Write as _;
use std::path::Path;
use std::time::Instant;

use doorstep_chat::{Assistant, Data, Now, Reply};
use doorstep_index::{Date, Index, split};
use doorstep_search::Engine;
use serde::Serialize;
use unicode_normalization::UnicodeNormalization;

use self::set::{Question, Row, all_text, collection, lines, qrels, turns};
use crate::ask::FileError;
use crate::inspect::number;
use crate::products;
use crate::vectors::write_index;

/// What was measured. Sizes in bytes.
#[derive(Clone, Debug, Serialize)]
pub struct Scores {
    /// Name of the set: its folder.
    pub set: String,
    /// Records in the index.
    pub records: usize,
    /// Questions that were asked.
    pub queries: usize,
    /// Share of questions whose first passage is right.
    pub hit1: f64,
    /// Share of questions with a right passage among the first three.
    pub hit3: f64,
    /// Mean over questions of one over the place of the first right passage,
    /// nought beyond the tenth.
    pub mrr10: f64,
    /// Share of questions that the assistant answers with no passage.
    pub none_share: f64,
    /// Milliseconds from the records to the module.
    pub build_ms: f64,
    /// The index file; it holds no data for the conversation, which a council
    /// writes and no set has.
    pub index_bytes: usize,
    /// The index module as a web host gzips it (level 9).
    pub index_gzip: usize,
    /// The index module in brotli 11, window 24.
    pub index_brotli: usize,
    /// The same of a module without word vectors.
    pub index_brotli_no_vectors: usize,
    /// All titles, sections and texts in brotli 11, window 24.
    pub text_brotli: usize,
    /// Microseconds for a reply, at the median.
    pub query_us_p50: f64,
    /// Microseconds for a reply, at the 99th percentile.
    pub query_us_p99: f64,
    /// For each question: its id, the id of the first passage, its confidence,
    /// whether it is right.
    pub confidence: Vec<(String, Option<String>, f32, bool)>,
}

/// Builds, asks and scores the set in a folder: `corpus.jsonl`,
/// `queries.jsonl`, `qrels.tsv`.
///
/// # Errors
/// A file is missing or not of its form; the error names file and line.
pub fn eval(folder: &Path) -> Result<Scores, FileError> {
    let rows: Vec<Row> = lines(&folder.join("corpus.jsonl"))?;
    let questions: Vec<Question> = lines(&folder.join("queries.jsonl"))?;
    let right = qrels(&folder.join("qrels.tsv"))?;
    let fault = |error: &dyn std::fmt::Display| FileError::new(folder, error);

    let text_brotli = brotli(all_text(&rows).as_bytes());
    let start = Instant::now();
    let data = default_data(folder)?;
    // No set has a council's data, but each gets the default thesaurus.
    let thesaurus = Data { thesaurus: data.thesaurus.clone(), ..Data::default() };
    let index = written(&rows, &thesaurus, folder)?;
    let module = products::index_module(&index);
    let build_ms = start.elapsed().as_secs_f64() * 1e3;
    let (plain, _) = split(&index).map_err(|e| fault(&e))?;

    let engine = Engine::new(Index::open(&index).map_err(|e| fault(&e))?);
    let assistant = Assistant::new(engine, data).map_err(|e| fault(&e))?;
    // A day is needed, and the same one gives the same replies.
    let now =
        Now { date: Date::new(2026, 1, 1).ok_or_else(|| fault(&"no such day"))?, minute: None };
    let mut scores = Scores {
        set: folder.file_name().map(|n| n.to_string_lossy().into_owned()).unwrap_or_default(),
        records: rows.len(),
        queries: questions.len(),
        hit1: 0.0,
        hit3: 0.0,
        mrr10: 0.0,
        none_share: 0.0,
        build_ms,
        index_bytes: index.len(),
        index_gzip: gzip(module.as_bytes()).map_err(|e| fault(&e))?,
        index_brotli: brotli(module.as_bytes()),
        index_brotli_no_vectors: brotli(products::index_module(&plain).as_bytes()),
        text_brotli,
        query_us_p50: 0.0,
        query_us_p99: 0.0,
        confidence: Vec::new(),
    };
    let mut times = Vec::with_capacity(questions.len());
    let none = HashSet::new();
    for question in &questions {
        let state = turns(&question.context);
        let text: String = question.text.nfkc().collect();
        let start = Instant::now();
        let reply = assistant.reply(&state, &text, now);
        times.push(start.elapsed().as_secs_f64() * 1e6);
        scores.none_share += f64::from(u8::from(is_none(&reply)));
        let right = right.get(&question.id).unwrap_or(&none);
        let hits = assistant.rank(&state, &text).hits;
        let id = |record: u32| rows.get(record as usize).map(|row| row.id.clone());
        let is_right = |record: u32| id(record).is_some_and(|id| right.contains(&id));
        let place = hits.iter().take(10).position(|hit| is_right(hit.record));
        scores.hit1 += f64::from(u8::from(place == Some(0)));
        scores.hit3 += f64::from(u8::from(place.is_some_and(|p| p < 3)));
        scores.mrr10 += place.map_or(0.0, |p| 1.0 / (p as f64 + 1.0));
        let first = hits.first();
        scores.confidence.push((
            question.id.clone(),
            first.and_then(|hit| id(hit.record)),
            first.map_or(0.0, |hit| hit.confidence),
            place == Some(0),
        ));
    }
    let count = questions.len().max(1) as f64;
    for share in [&mut scores.hit1, &mut scores.hit3, &mut scores.mrr10, &mut scores.none_share] {
        *share /= count;
    }
    times.sort_by(f64::total_cmp);
    scores.query_us_p50 = percentile(&times, 0.5);
    scores.query_us_p99 = percentile(&times, 0.99);
    Ok(scores)
}

/// The index file of the set in a folder, with `data` for the conversation.
///
/// # Errors
/// As [`eval`].
pub fn index(folder: &Path, data: &Data) -> Result<Vec<u8>, FileError> {
    written(&lines(&folder.join("corpus.jsonl"))?, data, folder)
}

fn written(rows: &[Row], data: &Data, folder: &Path) -> Result<Vec<u8>, FileError> {
    write_index(&collection(rows, data), &data.thesaurus).map_err(|e| FileError::new(folder, e))
}

fn default_data(folder: &Path) -> Result<Data, FileError> {
    Data::with_defaults(&[]).map_err(|errors| {
        let first = errors.first().map_or_else(|| "default data".to_owned(), ToString::to_string);
        FileError::new(folder, first)
    })
}

/// Whether a reply shows no passage: neither an answer, nor a page that might
/// help, nor a choice.
fn is_none(reply: &Reply) -> bool {
    reply.parts.iter().all(|part| part.passages.is_empty()) && reply.choices.is_empty()
}

fn percentile(sorted: &[f64], share: f64) -> f64 {
    let last = sorted.len().saturating_sub(1);
    sorted.get((last as f64 * share).round() as usize).copied().unwrap_or(0.0)
}

fn gzip(bytes: &[u8]) -> std::io::Result<usize> {
    let mut encoder = flate2::write::GzEncoder::new(Vec::new(), flate2::Compression::best());
    encoder.write_all(bytes)?;
    Ok(encoder.finish()?.len())
}

fn brotli(bytes: &[u8]) -> usize {
    let mut out = Vec::new();
    // 4096: buffer; writing to a vector cannot fail.
    let _ = brotli::CompressorWriter::new(&mut out, 4096, 11, 24).write_all(bytes);
    out.len()
}

impl Scores {
    /// The scores as one line of JSON.
    pub fn to_json(&self) -> String {
        // Numbers and strings always serialise.
        serde_json::to_string(self).unwrap_or_default()
    }

    /// The scores for people.
    pub fn to_text(&self) -> String {
        let mut out = format!(
            "{}: {} records, {} questions\n\n",
            self.set,
            number(self.records),
            number(self.queries)
        );
        let share = |out: &mut String, name: &str, value: f64| {
            let _ = writeln!(out, "{name:<22} {value:>10.3}");
        };
        share(&mut out, "hit@1", self.hit1);
        share(&mut out, "hit@3", self.hit3);
        share(&mut out, "MRR@10", self.mrr10);
        share(&mut out, "no passage", self.none_share);
        for (name, value) in [
            ("index, bytes", self.index_bytes),
            ("module, gzip", self.index_gzip),
            ("module, brotli", self.index_brotli),
            ("  without vectors", self.index_brotli_no_vectors),
            ("text alone, brotli", self.text_brotli),
        ] {
            let _ = writeln!(out, "{name:<22} {:>10}", number(value));
        }
        for (name, module) in [
            ("module to text", self.index_brotli),
            ("  without vectors", self.index_brotli_no_vectors),
        ] {
            let ratio = module as f64 / self.text_brotli.max(1) as f64;
            let _ = writeln!(out, "{name:<22} {ratio:>10.3}");
        }
        for (name, value) in [
            ("build, ms", self.build_ms),
            ("question, µs, median", self.query_us_p50),
            ("question, µs, p99", self.query_us_p99),
        ] {
            let _ = writeln!(out, "{name:<22} {value:>10.0}");
        }
        out
    }
}

#[cfg(test)]
mod tests {
    //! 1. pages are runs of rows, the text is counted as it is said to be;
    //! 2. a small set is built, asked and scored;
    //! 3. files that are wrong are named with their line.

    use super::*;

    fn row(title: &str, url: &str, text: &str) -> Row {
        Row {
            id: text.into(),
            title: title.into(),
            section: "s".into(),
            text: text.into(),
            url: url.into(),
        }
    }

    #[test]
    fn pages_are_runs() {
        let rows = [row("A", "/", "1"), row("A", "/", "2"), row("B", "/", "3"), row("A", "/", "4")];
        let collection = collection(&rows, &Data::default());
        assert_eq!(collection.pages.len(), 3);
        assert_eq!(collection.records.iter().map(|r| r.page).collect::<Vec<_>>(), [0, 0, 1, 2]);
        assert_eq!(all_text(&rows), "A\ns\n1\ns\n2\nB\ns\n3\nA\ns\n4");
    }

    fn check(corpus: &str, queries: &str, qrels: &str) -> Result<Scores, FileError> {
        let folder = tempfile::tempdir().unwrap();
        for (name, text) in
            [("corpus.jsonl", corpus), ("queries.jsonl", queries), ("qrels.tsv", qrels)]
        {
            std::fs::write(folder.path().join(name), text).unwrap();
        }
        eval(folder.path())
    }

    const CORPUS: &str = "{\"_id\":\"a\",\"title\":\"Bins\",\"section\":\"When\",\"text\":\"Bins are emptied weekly on Monday.\",\"url\":\"/bins\"}\n{\"_id\":\"b\",\"title\":\"Tax\",\"section\":\"Bands\",\"text\":\"Council tax has eight bands.\",\"url\":\"/tax\"}\n";

    #[test]
    fn scores_a_set() {
        let scores = check(
            CORPUS,
            "{\"_id\":\"q\",\"text\":\"when are bins emptied\"}\n{\"_id\":\"r\",\"text\":\"bands\",\"context\":[{\"role\":\"user\",\"text\":\"council tax\"}]}\n",
            "query-id\tcorpus-id\tscore\nq\ta\t1\nr\tb\t1\n",
        )
        .unwrap();
        assert_eq!((scores.records, scores.queries), (2, 2));
        assert!((scores.hit1 - 1.0).abs() < 1e-9 && (scores.mrr10 - 1.0).abs() < 1e-9);
        assert_eq!(scores.confidence[0].1.as_deref(), Some("a"));
        assert!(scores.index_brotli >= scores.index_brotli_no_vectors);
        assert!(scores.index_brotli_no_vectors > 0 && scores.to_json().contains("\"hit1\":1.0"));
    }

    #[test]
    fn names_lines() {
        let error = check("{}\n", "", "").unwrap_err().to_string();
        assert!(error.contains("corpus.jsonl: line 1"), "{error}");
        let error =
            check(CORPUS, "{\"_id\":\"q\",\"text\":\"x\"}", "head\nq\n").unwrap_err().to_string();
        assert!(error.contains("qrels.tsv: line 2"), "{error}");
    }
}
