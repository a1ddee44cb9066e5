// Nothing leaves the device: the request log, the policy and the page's own
// marks, while every question is asked.

import assert from "node:assert/strict";
import { after, before, test } from "node:test";
import { ask, askAll, IN, launch, open, questions, SITE, violations, visit } from "./rig.mjs";

let browser;
before(async () => (browser = await launch()));
after(() => browser.close());

const marks = (page) =>
  page.evaluate(() => ({ url: location.href, title: document.title, cookie: document.cookie, local: Object.keys(localStorage), history: history.length }));

test("no request, violation or trace while every question is asked", async () => {
  const page = await visit(browser);
  await open(page);
  const before = await marks(page);
  page.log.length = 0;
  const all = questions(true);
  const replies = await askAll(page, all);
  assert.equal(replies.length, all.length);
  assert.ok(replies.every((reply) => reply.length > 0), "every question gets a reply");
  assert.deepEqual(page.log, [], `no request for ${all.length} questions`);
  assert.deepEqual(await violations(page), []);
  assert.deepEqual(await marks(page), before);
  const kept = await page.evaluate(() => Object.keys(sessionStorage));
  assert.ok(kept.every((key) => key === "doorstep"), `the tab remembers ${kept}`);
});

test("the browser itself blocks every way out", async () => {
  const page = await visit(browser);
  await open(page);
  const blocked = await page.evaluate(async () => {
    const refused = await fetch("/").then(() => false, () => true);
    navigator.sendBeacon("/", "x");
    new Image().src = "https://elsewhere.example/x.png";
    let markup = false;
    try {
      document.createElement("div").innerHTML = "<b>x</b>";
    } catch {
      markup = true;
    }
    while (globalThis.violations.length < 4) await new Promise((next) => requestAnimationFrame(next));
    return { refused, markup, told: globalThis.violations.map((one) => one.split(" ")[0]).sort() };
  });
  assert.ok(blocked.refused, "fetch is refused");
  assert.ok(blocked.markup, "markup from a string is refused");
  assert.deepEqual(blocked.told, ["connect-src", "connect-src", "img-src", "require-trusted-types-for"]);
});

test("two residents with different questions make the same requests", async () => {
  const logs = [];
  for (const question of ["I am behind with my council tax", "Where can I buy a garden waste sack?"]) {
    const page = await visit(browser);
    await open(page);
    await ask(page, question);
    logs.push(page.log.join("\n"));
  }
  assert.equal(logs[0], logs[1]);
});

test("what is typed is never markup", async () => {
  const page = await visit(browser);
  await open(page);
  await ask(page, "recycling <svg onload=\"document.title=1\"><iframe src=/>");
  const made = await page.evaluate(() => document.querySelector("doorstep-assistant").shadowRoot.querySelectorAll("svg, script, iframe").length);
  assert.equal(made, 0);
  assert.deepEqual(await violations(page), []);
});

test("from a safeguarding card on nothing is kept, and Shift three times leaves", async () => {
  const page = await visit(browser);
  await open(page);
  await ask(page, "My partner has hurt me and I am afraid to go home");
  await page.waitForSelector(`${IN}#exit`);
  assert.deepEqual(await page.evaluate(() => Object.keys(sessionStorage)), []);
  const left = page.waitForRequest((request) => !request.url().startsWith(SITE));
  for (let press = 0; press < 3; press += 1) await page.keyboard.press("Shift");
  await left;
});
