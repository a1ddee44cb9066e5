// Orama with its own English stemmer; a threshold of 1 lets records answer
// that have only some of the words.
import { create, insertMultiple, load as restore, save, search } from "@orama/orama";
import { stopwords } from "@orama/stopwords/english";

const schema = { title: "string", section: "string", text: "string" };

export const variants = {
  "Orama": { query: {} },
  "Orama, tuned": { stemming: true, query: { threshold: 1, boost: { title: 2, section: 1 } } },
};

const make = ({ stemming = false }) => create({ schema, components: { tokenizer: { language: "english", stemming, ...(stemming && { stopWords: stopwords }) } } });

export async function build(records, options) {
  const engine = make(options);
  await insertMultiple(engine, records.map((record) => ({ ...record, id: String(record.id) })), 500);
  return JSON.stringify(save(engine));
}

export function load(text, options) {
  const engine = make(options);
  restore(engine, JSON.parse(text));
  const ask = async (term) => (await search(engine, { term, limit: 10, ...options.query })).hits.map((hit) => Number(hit.id));
  return { search: ask };
}
