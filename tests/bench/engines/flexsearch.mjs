// FlexSearch's document index; with "suggest", without which every word must
// stand in a record.
import { Charset, Document, Encoder } from "flexsearch";
import english from "flexsearch/lang/en";

const NAMES = ["title", "section", "text"];

export const variants = {
  "FlexSearch": { tokenize: "forward", encoder: Charset.LatinBalance },
  "FlexSearch, tuned": { tokenize: "strict", english: true, resolution: 9, boost: { title: 3, section: 1, text: 1 } },
};

const make = ({ tokenize, encoder, english: is, resolution }) =>
  new Document({
    tokenize,
    ...(resolution && { resolution }),
    // An encoder keeps a cache: each index has its own.
    encoder: is ? new Encoder(Charset.Default, english) : encoder,
    document: { id: "id", store: true, index: NAMES },
  });

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
  const { boost = { title: 1, section: 1, text: 1 } } = options;
  // A list of each field comes back; they are joined by place (reciprocal rank).
  const search = (question) => {
    const sums = new Map();
    for (const { field, result } of engine.search(question, { suggest: true, limit: 50 })) {
      result.forEach((id, place) => sums.set(id, (sums.get(id) ?? 0) + boost[field] / (10 + place)));
    }
    return [...sums].sort((a, b) => b[1] - a[1]).slice(0, 10).map(([id]) => id);
  };
  return { search };
}
