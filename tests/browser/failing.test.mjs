// When something fails, the plain link and the contact page stay, and a
// sentence says why; while it loads, what was typed is kept.

import assert from "node:assert/strict";
import { after, before, test } from "node:test";
import { attribute, count, focused, IN, launch, mirror, open, ready, until, violations, visit, words } from "./rig.mjs";

let browser;
before(async () => (browser = await launch()));
after(() => browser.close());

/** The modules that the loader imports on the first opening, but not the manifest. */
const late = (url) => /\/doorstep\/.*\.js$/.test(url) && !/\/(loader|manifest)[^/]*\.js$/.test(url);

/** Answers requests by `answer(request)`; what it leaves goes on. */
const intercept = (answer) => async (page) => {
  await page.setRequestInterception(true);
  page.on("request", async (request) => {
    if (!(await answer(request))) await request.continue();
  });
};

async function fails(page, reason) {
  const launcher = await page.waitForSelector(`${IN}.launcher`);
  await launcher.click();
  await page.waitForSelector(`${IN}.sorry`);
  assert.match(await words(page, ".sorry"), reason);
  assert.match((await focused(page)).text, reason, "the sentence has the focus");
  assert.equal(await attribute(page, ".sorry li:first-child a", "href"), "/ask/");
  assert.match(await attribute(page, ".sorry li:last-child a", "href"), /contact/);
  const link = await page.waitForSelector("doorstep-assistant > a[href='/ask/']", { visible: true });
  await page.keyboard.press("Escape");
  await until(page, () => document.activeElement?.matches("doorstep-assistant > a"));
  await Promise.all([page.waitForNavigation(), link.click()]);
  assert.equal(new URL(page.url()).pathname, "/ask/");
}

test("where wasm is forbidden", async () => {
  const { site, close } = await mirror((policy) => policy.replace(" 'wasm-unsafe-eval'", ""));
  const page = await visit(browser, "/", undefined, undefined, site);
  await fails(page, /did not let it start/);
  close();
});

test("where a module does not come", async () => {
  const page = await visit(
    browser,
    "/",
    undefined,
    intercept(async (request) => late(request.url()) && (await request.abort(), true)),
  );
  await fails(page, /could not be loaded/);
});

test("where a module is not what it says", async () => {
  const page = await visit(
    browser,
    "/",
    undefined,
    intercept(async (request) => {
      if (!late(request.url()) || /widget/.test(request.url())) return false;
      await request.respond({ status: 200, contentType: "text/javascript", body: 'export default "S0wFAA==";' });
      return true;
    }),
  );
  await fails(page, /did not let it start/);
});

test("where the widget stops because of a fault", async () => {
  const page = await visit(browser, "/");
  await open(page);
  const trap = (home) =>
    page.evaluate((home) => {
      const error = new WebAssembly.RuntimeError("unreachable");
      error.stack = `at ${home}widget.js:1`;
      dispatchEvent(new ErrorEvent("error", { error }));
    }, home);
  await trap("https://elsewhere.example/");
  assert.equal(await count(page, ".sorry"), 0, "another module's fault is not ours");
  await trap(new URL("/doorstep/", page.url()).href);
  await page.waitForSelector(`${IN}.sorry`);
  assert.match(await words(page, ".sorry"), /stopped because of a fault/);
});

test("what was typed and sent while loading is answered when ready", async () => {
  let release;
  const held = new Promise((done) => (release = done));
  const page = await visit(
    browser,
    "/",
    undefined,
    intercept(async (request) => {
      if (late(request.url())) await held;
      return false;
    }),
  );
  await (await page.waitForSelector(`${IN}.launcher`)).click();
  assert.equal((await focused(page)).id, "question");
  assert.match(await words(page, "[role=status]"), /Getting ready/);
  await page.keyboard.type("How do I renew a library book?");
  await page.keyboard.press("Enter");
  assert.match(await words(page, "[role=status]"), /answered in a moment/);
  release();
  await page.waitForSelector(`${IN}.turn`);
  assert.match(await words(page, ".asked"), /renew a library book/);
  assert.equal(await page.$eval(`${IN}#question`, (box) => box.value), "");
  assert.equal(await count(page, ".turn"), 1);
  assert.equal((await focused(page)).id, "question");
  assert.deepEqual(await violations(page), []);
});

test("what was typed but not sent while loading stays in the box", async () => {
  let release;
  const held = new Promise((done) => (release = done));
  const page = await visit(
    browser,
    "/",
    undefined,
    intercept(async (request) => {
      if (late(request.url())) await held;
      return false;
    }),
  );
  await (await page.waitForSelector(`${IN}.launcher`)).click();
  await page.keyboard.type("bulky waste");
  await page.keyboard.press("ArrowLeft");
  release();
  await ready(page);
  const box = await page.$eval(`${IN}#question`, (one) => [one.value, one.selectionStart]);
  assert.deepEqual(box, ["bulky waste", 10]);
  assert.equal((await focused(page)).id, "question");
});

test("without JavaScript the link leads to every question and answer", async () => {
  // Firefox ESR cannot be told by protocol: a policy without scripts stands for it.
  const { site, close } = await mirror((policy) => policy.replace(/script-src [^;]*/, "script-src 'none'"));
  const page = await visit(browser, "/", undefined, undefined, site);
  const link = await page.waitForSelector("doorstep-assistant > a[href='/ask/']", { visible: true });
  assert.equal(await page.$(`${IN}button`), null, "no script has run");
  await Promise.all([page.waitForNavigation(), link.click()]);
  assert.equal(new URL(page.url()).pathname, "/ask/");
  assert.ok(await page.$("main h2"), "grouped under headings");
  close();
});
