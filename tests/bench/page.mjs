// What is measured inside the page: loading once, then every question.

let engine;

/** Loads an engine and its index; the file is in memory before time runs. */
globalThis.opened = async (script, index, { folder, options }) => {
  const text = folder ? location.origin + index : await (await fetch(index)).text();
  const code = await (await fetch(script)).text();
  const url = URL.createObjectURL(new Blob([code], { type: "text/javascript" }));
  const began = performance.now();
  const module = await import(url);
  await module.start?.();
  const ready = performance.now();
  engine = await module.load(text, module.variants?.[options]);
  const open = performance.now();
  // What an engine does after it has opened and before it is asked.
  engine.prepare?.();
  const prepare_ms = engine.prepare && performance.now() - open;
  return { start_ms: ready - began, load_ms: open - ready, prepare_ms };
};

/**
 * Asks every question for its hits, then `passes` times for its time; the best
 * counts. With no pass, the time is that of asking for the hits.
 */
globalThis.asked = async (questions, passes) => {
  const before = performance.getEntriesByType("resource").length;
  // Of an engine that fetches as it is asked: what the first question fetched.
  const fetched = () => performance.getEntriesByType("resource").slice(before).reduce((sum, entry) => sum + entry.encodedBodySize, 0);
  const times = questions.map(() => Infinity);
  const timed = async (ask, n) => {
    const start = performance.now();
    let found = ask(questions[n]);
    // Awaiting what is no promise would cost a turn of the event loop.
    if (found instanceof Promise) found = await found;
    times[n] = Math.min(times[n], performance.now() - start);
    return found;
  };
  await engine.first?.(questions[0]);
  const first_sent = fetched();
  const hits = [];
  for (const n of questions.keys()) hits.push([...(await timed(engine.search, n))]);
  if (passes > 0 && engine.first) times.fill(Infinity);
  for (let pass = 0; pass < passes; pass += 1) {
    for (const n of questions.keys()) await timed(engine.first ?? engine.search, n);
  }
  return { hits, times, first_sent, wasm_bytes: engine.memory?.() };
};
