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
  return { start_ms: ready - began, load_ms: performance.now() - ready };
};

/** Asks every question `passes` times; the best time of each counts. */
globalThis.asked = async (questions, passes) => {
  const before = performance.getEntriesByType("resource").length;
  await engine.search(questions[0]);
  // Of engines that fetch as they are asked: what the first question fetched.
  const fetched = performance.getEntriesByType("resource").slice(before);
  const first_sent = fetched.reduce((sum, entry) => sum + entry.encodedBodySize, 0);
  const hits = [];
  for (const question of questions) hits.push([...(await engine.search(question))]);
  const ask = engine.first ?? engine.search;
  const times = questions.map(() => Infinity);
  for (let pass = 0; pass < passes; pass += 1) {
    for (const [n, question] of questions.entries()) {
      const start = performance.now();
      const found = ask(question);
      // Awaiting what is no promise would cost a turn of the event loop.
      if (found instanceof Promise) await found;
      times[n] = Math.min(times[n], performance.now() - start);
    }
  }
  return { hits, times, first_sent, wasm_bytes: engine.memory?.() };
};
