// axe on every state, with its pictures at 1280 and 320 pixels.

import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { createRequire } from "node:module";
import { after, before, test } from "node:test";
import { ask, IN, launch, NARROW, open, picture, visit, WIDE } from "./rig.mjs";

const AXE = readFileSync(createRequire(import.meta.url).resolve("axe-core/axe.min.js"), "utf8");
const RULES = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"];

const STATES = {
  closed: async (page) => page.waitForSelector(`${IN}.launcher`),
  open,
  error: async (page) => {
    await open(page);
    await page.keyboard.press("Enter");
    await page.waitForSelector(`${IN}.error`);
  },
  answer: async (page) => (await open(page), ask(page, "My bin was missed, what do I do?")),
  table: async (page) => (await open(page), ask(page, "How much is council tax by band?")),
  several: async (page) => (await open(page), ask(page, "When is my bin collected, and also how do I appeal a parking ticket?")),
  choices: async (page) => (await open(page), ask(page, "permit")),
  none: async (page) => (await open(page), ask(page, "zorbing flumptious quibbet")),
  card: async (page) => (await open(page), ask(page, "I can smell gas in my kitchen")),
  safeguarding: async (page) => (await open(page), ask(page, "My partner has hurt me and I am afraid to go home")),
  welsh: async (page) => (await open(page), ask(page, "Pryd mae fy miniau yn cael eu casglu?")),
};

let browser;
before(async () => (browser = await launch()));
after(() => browser.close());

for (const [name, drive] of Object.entries(STATES)) {
  for (const viewport of [WIDE, NARROW]) {
    test(`axe finds nothing: ${name}, ${viewport.width} pixels`, async () => {
      const page = await visit(browser, "/", viewport);
      await drive(page);
      await picture(page, `${name}-${viewport.width}`);
      await page.evaluate(AXE);
      const found = await page.evaluate(async (rules) => {
        const { violations } = await globalThis.axe.run(document, { runOnly: { type: "tag", values: rules } });
        return violations.map((one) => `${one.id}: ${one.help}: ${one.nodes.map((node) => node.target.flat().join(" ")).join(", ")}`);
      }, RULES);
      assert.deepEqual(found, []);
    });
  }
}
