// Pagefind on a page for each record, title and heading as headings: its
// files are fetched as questions need them.
export const variants = { "Pagefind": {} };

/** Stands on a folder of files instead of one index. */
export const folder = true;

const escape = (text) => text.replaceAll("&", "&amp;").replaceAll("<", "&lt;");

export async function build(records, options, outputPath) {
  const { createIndex, close } = await import("pagefind");
  const { index } = await createIndex();
  for (const { id, title, section, text } of records) {
    const content = `<!doctype html><html lang="en"><head><title>${escape(title)}</title></head><body><main><h1>${escape(title)}</h1><h2>${escape(section)}</h2><p>${escape(text)}</p></main></body></html>`;
    await index.addHTMLFile({ url: `/${id}/`, content });
  }
  await index.writeFiles({ outputPath });
  await close();
}

export async function load(base) {
  const engine = await import(`${base}/pagefind.js`);
  await engine.init();
  const search = async (question) => {
    const { results } = await engine.search(question);
    const hits = await Promise.all(results.slice(0, 10).map((result) => result.data()));
    return hits.map((hit) => Number(hit.raw_url.split("/")[1]));
  };
  // What an answer needs: the first fragment alone.
  const first = async (question) => (await engine.search(question)).results[0]?.data();
  return { search, first };
}
