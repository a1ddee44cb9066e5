// Tries field boosts and fuzziness of the peers on several sets at once, and
// prints the best by mean hit@1: what `engines/` calls "tuned" came from here.
//
//   node tune.mjs minisearch|flexsearch|orama|lunr SET...

import { readSet, score } from "./sets.mjs";

const [name, ...folders] = process.argv.slice(2);
const sets = folders.map(readSet);
const long = (letters, share) => (term) => (term.length > letters ? share : false);
const cross = (...lists) => lists.reduce((all, list) => all.flatMap((head) => list.map((one) => [...head, one])), [[]]);

const grids = {
  minisearch: cross([[1, 1], [2, 1], [2, 2], [3, 2]], [[false, 1], [long(4, 0.2), 0.1], [long(4, 0.2), 0.45]], [0.7, 0.9], [0, 0.5], ["plain", "Porter"]).map(
    ([[title, section], [fuzzy, weight], b, d, stem]) => ({
      say: `title ${title} section ${section} fuzzy ${Boolean(fuzzy)} x${weight} b ${b} d ${d} ${stem}`,
      stem: stem === "Porter",
      searchOptions: { boost: { title, section }, fuzzy, weights: { fuzzy: weight, prefix: 0.375 }, bm25: { k: 1.2, b, d } },
    }),
  ),
  lunr: cross([1, 2, 3], [1, 2, 3]).map(([title, section]) => ({ say: `title ${title} section ${section}`, boost: { title, section } })),
  flexsearch: cross(["strict", "forward"], [false, true], [0, 1]).map(([tokenize, english, variant]) => ({
    say: `${tokenize} english ${english} fields of variant ${variant}`,
    tokenize, english, variant,
  })),
  orama: cross([1, 2, 3], [1, 2, 3], [0, 1], [false, true]).map(([title, section, tolerance, stemming]) => ({
    say: `title ${title} section ${section} tolerance ${tolerance} stemming ${stemming}`,
    stemming, query: { threshold: 1, tolerance, boost: { title, section } },
  })),
};

const { build, load, variants } = await import(`./engines/${name}.mjs`);
const [first, tuned, porter] = Object.values(variants);
const indexes = new Map();
const rows = [];
for (const options of grids[name]) {
  const scores = [];
  for (const set of sets) {
    const base = options.stem ? porter : tuned;
    const all = name === "minisearch" ? { ...base, searchOptions: options.searchOptions } : { ...(name === "flexsearch" && [first, tuned][options.variant]), ...options };
    // What changes only the asking is built once.
    const key = `${sets.indexOf(set)} ${options.stem} ${options.stemming} ${options.tokenize} ${options.english} ${options.variant} ${name === "lunr" && options.say}`;
    if (!indexes.has(key)) indexes.set(key, await build(set.records, all));
    const engine = await load(indexes.get(key), all);
    const hits = [];
    for (const { text } of set.questions) hits.push(await engine.search(text));
    scores.push(score(set.questions, hits).hit1);
  }
  rows.push({ mean: scores.reduce((a, b) => a + b) / scores.length, scores, say: options.say });
}
rows.sort((a, b) => b.mean - a.mean);
for (const { mean, scores, say } of rows.slice(0, 12)) console.log(mean.toFixed(3), scores.map((s) => s.toFixed(3)).join(" "), say);
