// Runs every engine on the same records and questions in one Chromium:
//
//   node run.mjs PLAN.json OUT.json
//
// `cargo xtask bench` writes the plan (see `browser.rs` there) and reads what
// comes out: for each site, its sizes and one row for each engine.

import { mkdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import puppeteer from "puppeteer-core";
import { bundle, engines } from "./bundle.mjs";
import { bytesOf, filesOf } from "./bytes.mjs";
import { serve } from "./serve.mjs";
import { readSet, score } from "./sets.mjs";

const plan = JSON.parse(readFileSync(process.argv[2], "utf8"));
const work = plan.work;
const server = await serve(work);
const browser = await puppeteer.launch({
  browser: "chrome",
  executablePath: plan.chromium,
  headless: true,
  protocolTimeout: 3_600_000,
  args: ["--no-sandbox", "--disable-gpu", "--disable-quic", "--no-first-run", "--disable-background-networking", "--disable-component-update", "--disable-sync"],
});

/** Builds the index of an engine; what the page loads it from, and its bytes. */
async function built(name, engine, records, site) {
  const start = performance.now();
  const cpu = process.cpuUsage();
  if (engine.folder) {
    const folder = `${site.name}-${engine.file}`;
    rmSync(join(work, folder), { recursive: true, force: true });
    await engine.build(records, engine.options, join(work, folder));
    return { source: `/${folder}`, folder: join(work, folder), build_ms: performance.now() - start };
  }
  const text = await engine.build(records, engine.options);
  const spent = process.cpuUsage(cpu);
  const file = `${site.name}-index.txt`;
  writeFileSync(join(work, file), text);
  return { source: `/${file}`, text, build_ms: performance.now() - start, build_cpu_ms: (spent.user + spent.system) / 1e3 };
}

/** Evenly chosen, at most `most`. */
const sampled = (all, most = all.length) => (all.length <= most ? all : Array.from({ length: most }, (_, n) => all[Math.floor((n * all.length) / most)]));

/** Loads and asks in pages of their own; the last of several loads is asked. */
async function measured(script, index, questions, options, passes) {
  const loads = [];
  for (let left = plan.loads; left > 0; left -= 1) {
    const context = await browser.createBrowserContext();
    const page = await context.newPage();
    page.on("pageerror", (error) => console.error(`  ${error}`));
    await page.goto(`${server.url}/page.html`);
    const session = await page.createCDPSession();
    const used = async () => {
      await session.send("HeapProfiler.enable");
      await session.send("HeapProfiler.collectGarbage");
      const { usedSize, backingStorageSize = 0 } = await session.send("Runtime.getHeapUsage");
      return usedSize + backingStorageSize;
    };
    const before = await used();
    loads.push(await page.evaluate((...all) => globalThis.opened(...all), script, index, options));
    if (left === 1) {
      let sent = 0;
      await session.send("Network.enable");
      session.on("Network.loadingFinished", ({ encodedDataLength }) => (sent += encodedDataLength));
      const asked = await page.evaluate((...all) => globalThis.asked(...all), questions, passes);
      const heap = (await used()) - before;
      await context.close();
      const best = (key) => Math.min(...loads.map((load) => load[key]));
      return { start_ms: best("start_ms"), load_ms: best("load_ms"), prepare_ms: best("prepare_ms"), sent, memory_bytes: asked.wasm_bytes ?? heap, ...asked };
    }
    await context.close();
  }
}

const share = (sorted, part) => sorted[Math.round((sorted.length - 1) * part)] ?? 0;

async function row(site, set, name, engine) {
  const { script, code } = await bundle(engine, plan, work);
  const index = engine.ours ? ours(site, engine) : await built(name, engine, set.records, site);
  const chosen = sampled(set.questions, engine.sample);
  const passes = engine.sample ? 0 : plan.passes;
  const got = await measured(script, index.source, chosen.map((question) => question.text), engine.served, passes);
  const times = [...got.times].sort((a, b) => a - b);
  const files = index.folder ? filesOf(index.folder) : undefined;
  const size = files ? files.index : bytesOf(index.text);
  const engineSize = files ? files.engine : bytesOf(code);
  return {
    engine: name,
    version: engine.version,
    questions: chosen.length,
    ...(engine.scored && score(chosen, got.hits)),
    engine_bytes: engineSize,
    index_bytes: size,
    // Of Pagefind: what the first question asked for, and what came before it.
    first_answer_brotli: files ? files.before + got.first_sent : engineSize.brotli + size.brotli,
    build_ms: index.build_ms,
    build_cpu_ms: index.build_cpu_ms,
    start_ms: got.start_ms,
    load_ms: got.load_ms,
    ...(Number.isFinite(got.prepare_ms) && { prepare_ms: got.prepare_ms }),
    question_ms_p50: share(times, 0.5),
    question_ms_p99: share(times, 0.99),
    memory_bytes: got.memory_bytes,
    ...(engine.ours && engine.scored && { hits: got.hits }),
  };
}

const ours = (site, engine) => {
  const file = `${site.name}-${engine.file}.js`;
  const text = readFileSync(engine.scored ? site.module : site.module_with_data);
  writeFileSync(join(work, file), text);
  return { source: `/${file}`, text, build_ms: site.build_ms, build_cpu_ms: site.build_cpu_ms };
};

const out = [];
try {
  mkdirSync(work, { recursive: true });
  for (const site of plan.sites) {
    const set = readSet(site.folder);
    const rows = [];
    for (const [name, engine] of Object.entries(await engines())) {
      if (engine.ours ? !engine.scored && !site.module_with_data : !site.peers) continue;
      if (plan.only.length && !engine.ours && !plan.only.some((only) => name.includes(only))) continue;
      const start = performance.now();
      rows.push(await row(site, set, name, engine));
      const { hit1 = 0, question_ms_p50: p50, question_ms_p99: p99 } = rows.at(-1);
      console.error(`  ${site.name}: ${name}: hit@1 ${hit1.toFixed(3)}, ${p50.toFixed(2)} / ${p99.toFixed(2)} ms (${Math.round((performance.now() - start) / 1e3)} s)`);
    }
    out.push({ site: site.name, records: set.records.length, questions: set.questions.length, text_brotli: bytesOf(set.text).brotli, rows });
  }
} finally {
  await browser.close();
  server.close();
}
writeFileSync(process.argv[3], JSON.stringify({ chromium: await version(), sites: out }, null, 1));

async function version() {
  const { execFileSync } = await import("node:child_process");
  return execFileSync(plan.chromium, ["--version"], { encoding: "utf8" }).trim();
}
