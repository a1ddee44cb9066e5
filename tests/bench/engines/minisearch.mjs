// MiniSearch as its README shows it; and as whole questions need it: without
// prefixes, stop words left out, Porter's stemmer (all by its `processTerm`).
import { stopwords } from "@orama/stopwords/english";
import MiniSearch from "minisearch";
import { stemmer } from "stemmer";

const fields = { fields: ["title", "section", "text"], storeFields: ["url", "title", "section", "text"] };
const lower = (term) => term.toLowerCase();
const stop = new Set(stopwords);
const kept = (term, then) => (stop.has(lower(term)) ? null : then(lower(term)));
// Of all that `tune.mjs` tries, the best by mean over the sets.
const searchOptions = { boost: { title: 2, section: 1 }, bm25: { k: 1.2, b: 0.9, d: 0 }, fuzzy: (term) => (term.length > 4 ? 0.2 : false), weights: { fuzzy: 0.1, prefix: 0.375 } };

export const variants = {
  "MiniSearch": { ...fields, searchOptions: { boost: { title: 2 }, prefix: true, fuzzy: 0.2 } },
  "MiniSearch, tuned": { ...fields, processTerm: (term) => kept(term, (word) => word), searchOptions },
  "MiniSearch, tuned, Porter": { ...fields, processTerm: (term) => kept(term, stemmer), searchOptions },
};

export function build(records, options) {
  const engine = new MiniSearch(options);
  engine.addAll(records);
  return JSON.stringify(engine);
}

export function load(text, options) {
  const engine = MiniSearch.loadJSON(text, options);
  return { search: (question) => engine.search(question).slice(0, 10).map((hit) => hit.id) };
}
