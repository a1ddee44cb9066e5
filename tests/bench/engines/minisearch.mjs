// MiniSearch as its README shows it, and with Porter's stemmer and without
// prefixes, which whole questions need.
import MiniSearch from "minisearch";
import { stemmer } from "stemmer";

const fields = { fields: ["title", "section", "text"], storeFields: ["url", "title", "section", "text"] };
const stem = { ...fields, processTerm: (term) => stemmer(term.toLowerCase()) };
const long = (term) => (term.length > 5 ? 0.2 : false);

export const variants = {
  "MiniSearch": { ...fields, searchOptions: { boost: { title: 2 }, prefix: true, fuzzy: 0.2 } },
  "MiniSearch, tuned": { ...fields, searchOptions: { boost: { title: 1.5, section: 2 }, fuzzy: long } },
  "MiniSearch, tuned, Porter": { ...stem, searchOptions: { boost: { title: 1.5, section: 2 }, fuzzy: long } },
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
