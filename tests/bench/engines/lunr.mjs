// Lunr with its default pipeline (trimmer, stop words, Porter's stemmer); it
// stores no text, so the records travel beside its index.
import lunr from "lunr";

export const variants = { "Lunr": {}, "Lunr, tuned": { boost: { title: 3, section: 1 } } };

export function build(records, { boost = {} }) {
  const engine = lunr(function () {
    this.ref("id");
    for (const field of ["title", "section", "text"]) this.field(field, { boost: boost[field] ?? 1 });
    for (const record of records) this.add(record);
  });
  return JSON.stringify({ engine, records });
}

export function load(text) {
  const { engine, records } = JSON.parse(text);
  const index = lunr.Index.load(engine);
  // query() and not search(): a resident's "?" or "-" is no operator.
  const ask = (question) => index.query((query) => query.term(lunr.tokenizer(question), {}));
  return { search: (question) => ask(question).slice(0, 10).map((hit) => records[hit.ref].id) };
}
