// Runs every *.test.mjs in each browser against the demo at DOORSTEP_URL.
//
//   DOORSTEP_URL=http://localhost:8080 node run.mjs [chromium] [firefox] [name...]
//
// Names ("journey") choose files. The last line is "N passed, N failed"; the
// exit code is 1 if anything failed.

import { readdirSync } from "node:fs";
import { run } from "node:test";
import { fileURLToPath } from "node:url";

const BROWSERS = ["chromium", "firefox"];
const here = fileURLToPath(new URL(".", import.meta.url));
const asked = process.argv.slice(2);
const chosen = asked.filter((word) => BROWSERS.includes(word));
const names = asked.filter((word) => !BROWSERS.includes(word));
const files = readdirSync(here)
  .filter((file) => file.endsWith(".test.mjs") && (names.length === 0 || names.some((name) => file.startsWith(name))))
  .sort()
  .map((file) => here + file);

let passed = 0;
let failed = 0;
for (const browser of chosen.length ? chosen : BROWSERS) {
  process.env.DOORSTEP_BROWSER = browser;
  await new Promise((done) => {
    run({ files, concurrency: 1, timeout: 240_000 })
      // A file is a test of node's; what counts are the tests in it.
      .on("test:pass", ({ name, details }) => {
        if (name.endsWith(".mjs")) return;
        passed += 1;
        console.log(`ok    ${browser}: ${name} (${Math.round(details.duration_ms)} ms)`);
      })
      .on("test:fail", ({ name, details }) => {
        const cause = details.error?.cause ?? details.error;
        // A file that fails only because a test in it did is told already.
        if (name.endsWith(".mjs") && details.error?.failureType === "subtestsFailed") return;
        failed += 1;
        console.log(`FAIL  ${browser}: ${name}\n${cause?.stack ?? cause}`);
      })
      .on("test:stdout", ({ message }) => process.stdout.write(message))
      .on("end", done)
      .resume();
  });
}
console.log(`${passed} passed, ${failed} failed`);
process.exit(failed ? 1 : 0);
