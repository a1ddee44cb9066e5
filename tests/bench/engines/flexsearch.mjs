// FlexSearch's document index; with "suggest", without which every word must
// stand in a record. Its fields come back as lists by rank, not with scores.
import { Charset, Document, Encoder } from "flexsearch";
import english from "flexsearch/lang/en";

const joined = (...names) => (record) => names.map((name) => record[name]).join(" ");

export const variants = {
  "FlexSearch": { tokenize: "forward", fields: ["title", "section", "text"] },
  "FlexSearch, tuned": {
    tokenize: "strict",
    english: true,
    fields: [{ field: "heading", custom: joined("title", "section") }, { field: "all", custom: joined("title", "section", "text") }],
  },
};

const make = ({ tokenize, english: is, fields }) => {
  // An encoder keeps a cache: each index has its own.
  const options = { tokenize, resolution: 9, encoder: is ? new Encoder(Charset.Default, english) : Charset.LatinBalance };
  const index = fields.map((one) => ({ ...options, ...(typeof one === "string" ? { field: one } : one) }));
  return new Document({ document: { id: "id", store: ["url", "title", "section", "text"], index } });
};

export async function build(records, options) {
  const engine = make(options);
  for (const record of records) engine.add(record);
  const parts = [];
  await engine.export((key, data) => void parts.push([key, data]));
  return JSON.stringify(parts);
}

export async function load(text, options) {
  const engine = make(options);
  for (const [key, data] of JSON.parse(text)) await engine.import(key, data);
  // The lists of the fields joined by rank (reciprocal rank fusion).
  const search = (question) => {
    const sums = new Map();
    for (const { result } of engine.search(question, { suggest: true, limit: 50 })) {
      result.forEach((id, place) => sums.set(id, (sums.get(id) ?? 0) + 1 / (10 + place)));
    }
    return [...sums].sort((a, b) => b[1] - a[1]).slice(0, 10).map(([id]) => id);
  };
  return { search };
}
