// Doorstep as it ships: WebAssembly and index in modules. `$WASM` stands for
// the characters of the first, put in when it is bundled.
import { initSync, Site } from "$GLUE";
import { inflate, packedIn } from "./inflate.mjs";

const packed = "$WASM";
let wasm;

/** Compiles the engine; the others are ready when their script has run. */
export async function start() {
  wasm = initSync({ module: Uint8Array.from(packed, (c) => c.charCodeAt(0)) });
}

export async function load(text) {
  const site = new Site(await inflate(packedIn(text)));
  const search = (question) => [...site.search(question.normalize("NFKC"))];
  // The others hand over the stored record with each hit.
  const first = (question) => site.passage(search(question)[0] ?? 0);
  return { prepare: () => site.prepare(), search, first, memory: () => wasm.memory.buffer.byteLength };
}
