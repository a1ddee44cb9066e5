// Whole replies: the engine with all that the conversation decides around it.
import { initSync, Replies } from "$GLUE";
import { inflate, packedIn } from "./inflate.mjs";

const packed = "$WASM";
let wasm;

export async function start() {
  wasm = initSync({ module: Uint8Array.from(packed, (c) => c.charCodeAt(0)) });
}

export async function load(text) {
  const replies = new Replies(await inflate(packedIn(text)));
  const first = (question) => replies.reply(question.normalize("NFKC"));
  return { search: () => [], first, memory: () => wasm.memory.buffer.byteLength };
}
