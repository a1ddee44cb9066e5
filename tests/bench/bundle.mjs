// The engines, and each as the script that a page would load: only what
// loading and asking need, minified.

import { readFileSync, writeFileSync } from "node:fs";
import { basename, join } from "node:path";
import { fileURLToPath } from "node:url";
import { build } from "esbuild";

const here = fileURLToPath(new URL(".", import.meta.url));
const PEERS = { minisearch: "minisearch", lunr: "lunr", flexsearch: "flexsearch", orama: "@orama/orama", fuse: "fuse.js", pagefind: "pagefind" };

/** By name: ours, then every variant of every peer. */
export async function engines() {
  const all = {
    "Doorstep": { file: "doorstep", ours: true, scored: true, served: {} },
    "Doorstep, whole replies": { file: "replies", ours: true, scored: false, served: {} },
  };
  for (const [file, npm] of Object.entries(PEERS)) {
    const { version } = JSON.parse(readFileSync(join(here, "node_modules", npm, "package.json"), "utf8"));
    const { variants, ...engine } = await import(`./engines/${file}.mjs`);
    for (const [name, options] of Object.entries(variants)) {
      all[name] = { ...engine, file, version, options, scored: true, served: { folder: engine.folder, options: name } };
    }
  }
  return all;
}

/** The script's address, and its text as it would be shipped. */
export async function bundle(engine, plan, work) {
  const source = join(here, "engines", `${engine.file}.mjs`);
  const what = engine.ours ? "start, load" : "load, variants";
  const options = { bundle: true, minify: true, write: false, format: "esm", target: "es2022", external: ["pagefind"] };
  const ours = engine.ours && { plugins: [glue(plan[engine.file])] };
  const result = await build({ ...options, ...ours, stdin: { contents: `export { ${what} } from ${JSON.stringify(source)};`, resolveDir: here } });
  let code = result.outputFiles[0].text;
  if (engine.ours) {
    const bytes = [...readFileSync(plan[engine.file].wasm)];
    // As the widget's module has it: see `characters` in crates/xtask/src/pack.rs.
    const character = (byte) => String.fromCharCode([0, 10, 13, 34, 92].includes(byte) ? byte + 256 : byte);
    code = code.replace("$WASM", () => bytes.map(character).join(""));
  }
  const script = `engine-${basename(engine.file)}.js`;
  writeFileSync(join(work, script), code);
  return { script: `/${script}`, code };
}

/** Stands wasm-bindgen's glue in for `$GLUE`. */
const glue = ({ glue: path }) => ({
  name: "glue",
  setup: (build) => build.onResolve({ filter: /^\$GLUE$/ }, () => ({ path })),
});
