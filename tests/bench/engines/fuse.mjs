// Fuse: `ignoreLocation` for long texts as its documentation says, and its
// token search, meant for questions of several words. It has an index of
// lengths only; the records travel beside it.
import Fuse from "fuse.js";

const keys = [{ name: "title", weight: 2 }, { name: "section", weight: 2 }, { name: "text", weight: 1 }];

export const variants = {
  "Fuse": { keys, ignoreLocation: true },
  "Fuse, token search": { keys, ignoreLocation: true, useTokenSearch: true },
};

/** Questions that are asked of it, evenly chosen: it looks at every text anew. */
export const sample = 20;

export function build(records, options) {
  return JSON.stringify({ records, index: Fuse.createIndex(options.keys, records).toJSON() });
}

export function load(text, options) {
  const { records, index } = JSON.parse(text);
  const engine = new Fuse(records, options, Fuse.parseIndex(index));
  return { search: (question) => engine.search(question, { limit: 10 }).map((hit) => hit.item.id) };
}
