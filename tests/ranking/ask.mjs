// Asks the engine as WebAssembly, and prints for each question the numbers of
// the records found:
//
//   node ask.mjs GLUE.js ENGINE.wasm INDEX QUESTIONS.json

import { readFileSync } from "node:fs";

const [glue, wasm, index, questions] = process.argv.slice(2).map((file) => readFileSync(file));
// As text, because beside the file nothing says that it is a module.
const { initSync, Site } = await import(`data:text/javascript;base64,${glue.toString("base64")}`);
initSync({ module: wasm });
const site = new Site(index);
console.log(JSON.stringify(JSON.parse(questions).map((question) => [...site.search(question)])));
