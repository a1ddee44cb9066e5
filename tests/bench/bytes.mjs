// Bytes as they are, and as hosts send them.

import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { brotliCompressSync, constants, gzipSync } from "node:zlib";

const BROTLI = { params: { [constants.BROTLI_PARAM_QUALITY]: 11, [constants.BROTLI_PARAM_LGWIN]: 24 } };

/** Raw, gzip at 9, brotli at 11 with a window of 24 bits. */
export function bytesOf(content) {
  const bytes = Buffer.from(content);
  return { raw: bytes.length, gzip: gzipSync(bytes, { level: 9 }).length, brotli: brotliCompressSync(bytes, { ...BROTLI, params: { ...BROTLI.params, [constants.BROTLI_PARAM_SIZE_HINT]: bytes.length } }).length };
}

const sum = (sizes) => sizes.reduce((all, size) => ({ raw: all.raw + size.raw, gzip: all.gzip + size.gzip, brotli: all.brotli + size.brotli }), { raw: 0, gzip: 0, brotli: 0 });

/** Pagefind's folder: its engine, its index, and what it loads before a question. */
export function filesOf(folder) {
  const all = readdirSync(folder, { recursive: true, withFileTypes: true }).filter((file) => file.isFile());
  const size = (file) => {
    const bytes = readFileSync(join(file.parentPath ?? file.path, file.name));
    // Its own files are compressed already, and there are thousands of them.
    const packed = /\.pf_|\.pagefind$/.test(file.name);
    return packed ? { raw: bytes.length, gzip: bytes.length, brotli: bytes.length } : bytesOf(bytes);
  };
  const of = (test) => sum(all.filter(({ name }) => test(name)).map(size));
  const engine = of((name) => name === "pagefind.js" || name === "pagefind-worker.js" || /^wasm\.en/.test(name));
  const index = of((name) => /\.pf_/.test(name) || name === "pagefind-entry.json");
  const before = of((name) => /\.pf_meta$/.test(name) || name === "pagefind-entry.json");
  return { engine, index, before: engine.brotli + before.brotli };
}
