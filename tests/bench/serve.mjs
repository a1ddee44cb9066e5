// A folder on 127.0.0.1, isolated from other origins: only then is the page's
// clock finer than a tenth of a millisecond.

import { readFileSync } from "node:fs";
import { createServer } from "node:http";
import { join, normalize } from "node:path";
import { fileURLToPath } from "node:url";

const TYPES = { html: "text/html; charset=utf-8", js: "text/javascript; charset=utf-8", mjs: "text/javascript; charset=utf-8", json: "application/json", txt: "text/plain; charset=utf-8" };
const HEADERS = { "Cross-Origin-Opener-Policy": "same-origin", "Cross-Origin-Embedder-Policy": "require-corp", "Cache-Control": "no-store" };
const here = fileURLToPath(new URL(".", import.meta.url));

export async function serve(folder) {
  const server = createServer(({ url }, response) => {
    const path = normalize(decodeURIComponent(url.split("?")[0]));
    const own = ["/page.html", "/page.mjs"].includes(path);
    try {
      const body = readFileSync(join(own ? here : folder, path));
      response.writeHead(200, { ...HEADERS, "Content-Type": TYPES[path.split(".").pop()] ?? "application/octet-stream" }).end(body);
    } catch {
      response.writeHead(404, HEADERS).end();
    }
  });
  await new Promise((up) => server.listen(0, "127.0.0.1", up));
  return { url: `http://127.0.0.1:${server.address().port}`, close: () => (server.closeAllConnections(), server.close()) };
}
