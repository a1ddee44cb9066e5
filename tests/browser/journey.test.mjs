// The whole journey by keyboard: open, type, send, read, follow the source,
// Back, clear, close; with the focus told at each step.

import assert from "node:assert/strict";
import { after, before, test } from "node:test";
import { ask, attribute, count, focused, IN, launch, open, press, ready, SITE, until, violations, visit, words } from "./rig.mjs";

const QUESTION = "How do I report a missed bin?";
let browser;
before(async () => (browser = await launch()));
after(() => browser.close());

const remembered = (page) => page.evaluate(() => sessionStorage.getItem("doorstep"));

const arrived = (page, path) => until(page, (expected) => location.pathname === expected && document.readyState === "complete", path);

test("a resident asks, reads, follows the source, comes back, clears and closes by keyboard", async () => {
  const page = await visit(browser);
  await page.waitForSelector(`${IN}.launcher`);
  await press(page, "Tab", (now) => now.text === "Ask a question" && now.inside);
  assert.equal(await attribute(page, ".launcher", "aria-expanded"), "false");

  await page.keyboard.press("Enter");
  assert.equal((await focused(page)).id, "question", "opening puts the focus into the question box");
  assert.equal(await attribute(page, ".launcher", "aria-expanded"), "true");
  await ready(page);
  assert.equal((await focused(page)).id, "question", "the box keeps the focus when the rest has come");

  await page.keyboard.type(QUESTION);
  await page.keyboard.press("Enter");
  await page.waitForSelector(`${IN}.turn`);
  assert.equal((await focused(page)).id, "question", "sending keeps the focus in the box");
  assert.equal(await page.$eval(`${IN}#question`, (box) => box.value), "", "sending empties the box");
  assert.match(await words(page, ".asked"), /report a missed bin/);
  assert.match(await words(page, ".source"), /\S/, "an answer has its source");
  assert.notEqual((await words(page, "[role=status]")) ?? "", "", "the answer is announced");
  assert.equal(await count(page, "[role=status] > *"), 1, "and announced once");

  const last = await press(page, "Tab", (now) => now.inside, 1, "Shift");
  assert.ok(last.inLog, `Shift+Tab from the box leads into the latest answer, not to ${JSON.stringify(last)}`);
  await press(page, "Tab", (now) => now.text === "Go to latest answer", 40, "Shift");
  await page.keyboard.press("Enter");
  await until(page, () => document.querySelector("doorstep-assistant").shadowRoot.activeElement?.id === "answer-0");

  const link = await press(page, "Tab", (now) => now.inSource && now.tag === "a");
  const target = new URL(link.href, SITE);
  await page.keyboard.press("Enter");
  await arrived(page, target.pathname);
  await ready(page);
  assert.match(await words(page, ".asked"), /report a missed bin/, "the conversation has come along");
  assert.equal((await focused(page)).inside, false, "and has not taken the focus");

  // Not goBack(): it waits for a load, and a page that the browser kept has none.
  await page.evaluate(() => history.back());
  await arrived(page, "/");
  await ready(page);
  assert.match(await words(page, ".asked"), /report a missed bin/, "Back brings it back");

  await (await page.waitForSelector(`${IN}#question`)).focus();
  await press(page, "Tab", (now) => now.text === "Clear chat", 4);
  await page.keyboard.press("Enter");
  await until(page, () => !document.querySelector("doorstep-assistant").shadowRoot.querySelector(".turn"));
  assert.equal((await focused(page)).id, "question", "clearing puts the focus into the box");
  assert.equal(await remembered(page), null, "clearing empties the tab's memory");

  await page.keyboard.press("Escape");
  await until(page, () => document.querySelector("doorstep-assistant").shadowRoot.querySelector("[role=region]").hidden);
  assert.equal((await focused(page)).text, "Ask a question", "closing gives the focus back to the button");
  assert.equal(await attribute(page, ".launcher", "aria-expanded"), "false");
  assert.deepEqual(await violations(page), []);
});

test("what the panel links to is there", async () => {
  const page = await visit(browser, "/");
  await open(page);
  for (const href of [await attribute(page, ".tools a", "href"), "/ask/"]) {
    const answer = await fetch(new URL(href, page.url()));
    assert.equal(answer.status, 200, href);
    assert.match(await answer.text(), /<h1/);
  }
});

test("an empty question is met with an error that says what to do", async () => {
  const page = await visit(browser);
  await open(page);
  await page.keyboard.press("Enter");
  await page.waitForSelector(`${IN}.error`);
  assert.equal((await focused(page)).id, "question");
  assert.equal(await attribute(page, "#question", "aria-invalid"), "true");
  assert.match(await attribute(page, "#question", "aria-describedby"), /\berror\b/);
  assert.equal(await count(page, ".turn"), 0);
  await ask(page, "library");
  assert.equal(await count(page, ".error"), 0, "the error goes with the next question");
});

test("a new tab begins empty, and closing is remembered", async () => {
  const page = await visit(browser);
  await open(page);
  await ask(page, QUESTION);
  const other = await page.browserContext().newPage();
  await other.goto(`${SITE}/`);
  await open(other);
  assert.equal(await count(other, ".turn"), 0);
  await page.bringToFront();
  await page.keyboard.press("Escape");
  await until(page, () => sessionStorage.getItem("doorstep")?.startsWith("c"));
  await page.reload();
  await page.waitForSelector(`${IN}.launcher`);
  assert.equal(await attribute(page, ".launcher", "aria-expanded"), "false");
  await open(page);
  assert.equal(await count(page, ".turn"), 1, "opening again shows the conversation");
});

test("no single key does anything outside the panel", async () => {
  const page = await visit(browser);
  await page.waitForSelector(`${IN}.launcher`);
  for (const key of "/?sjk1") await page.keyboard.press(key);
  assert.equal(await attribute(page, ".launcher", "aria-expanded"), "false");
});
