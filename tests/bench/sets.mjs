// Retrieval sets: records, questions, and which records are right.

import { readFileSync } from "node:fs";
import { join } from "node:path";

const lines = (file) => readFileSync(file, "utf8").split("\n").filter(Boolean);

/** `records` are numbered from 0 in the order of the corpus. */
export function readSet(folder) {
  const rows = lines(join(folder, "corpus.jsonl")).map((line) => JSON.parse(line));
  const numbers = new Map(rows.map((row, id) => [row._id, id]));
  const right = new Map();
  for (const line of lines(join(folder, "qrels.tsv")).slice(1)) {
    const [question, record, grade] = line.split("\t");
    if (!(Number(grade ?? 1) > 0)) continue;
    if (!right.has(question)) right.set(question, new Set());
    right.get(question).add(numbers.get(record));
  }
  const questions = lines(join(folder, "queries.jsonl"))
    .map((line) => JSON.parse(line))
    .map(({ _id, text }) => ({ text, right: right.get(_id) ?? new Set() }));
  const records = rows.map(({ title = "", section = "", text = "", url = "" }, id) => ({ id, title, section, text, url }));
  const text = rows.flatMap((row, n) => [...(row.title === rows[n - 1]?.title ? [] : [row.title]), row.section, row.text]).join("\n");
  return { records, questions, text };
}

/** On the first right hit: first, among three, and one over its place. */
export function score(questions, hits) {
  const places = questions.map(({ right }, n) => hits[n].slice(0, 10).findIndex((id) => right.has(id)));
  const share = (of) => places.reduce((sum, place) => sum + of(place), 0) / Math.max(places.length, 1);
  return {
    hit1: share((place) => Number(place === 0)),
    hit3: share((place) => Number(place >= 0 && place < 3)),
    mrr10: share((place) => (place >= 0 ? 1 / (place + 1) : 0)),
    none: hits.filter((found) => found.length === 0).length / Math.max(hits.length, 1),
  };
}
