// With the network cut, the same answers.

import assert from "node:assert/strict";
import { after, before, test } from "node:test";
import { askAll, launch, open, questions, visit } from "./rig.mjs";

let browser;
before(async () => (browser = await launch()));
after(() => browser.close());

test("the same answers with the network cut", async () => {
  const connected = await visit(browser);
  await open(connected);
  const expected = await askAll(connected, questions());
  const cut = await visit(browser);
  await open(cut);
  await cut.setOfflineMode(true);
  assert.equal(await cut.evaluate(() => navigator.onLine), false, "the network is cut");
  assert.deepEqual(await askAll(cut, questions()), expected);
});
