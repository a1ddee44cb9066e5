// Small screens and great zoom: a modal dialog, no sideways scroll, every
// control within reach; wide screens: no dialog.

import assert from "node:assert/strict";
import { after, before, test } from "node:test";
import { ask, count, focused, IN, launch, NARROW, open, picture, press, TINY, until, visit, WIDE } from "./rig.mjs";

let browser;
before(async () => (browser = await launch()));
after(() => browser.close());

for (const viewport of [NARROW, TINY]) {
  const size = `${viewport.width}x${viewport.height}`;
  test(`at ${size} the panel is a modal dialog and everything can be reached`, async () => {
    const page = await visit(browser, "/", viewport);
    await open(page);
    await ask(page, "How much is council tax by band?");
    await picture(page, `reach-${size}`);
    const state = await page.evaluate(() => {
      const root = document.querySelector("doorstep-assistant").shadowRoot;
      const dialog = root.querySelector("dialog");
      return {
        modal: dialog.matches(":modal"),
        spoken: Boolean(dialog.querySelector("[role=status]")),
        page: document.documentElement.scrollWidth - innerWidth,
        dialog: dialog.scrollWidth - dialog.clientWidth,
      };
    });
    assert.ok(state.modal, "a modal dialog");
    assert.ok(state.spoken, "announcements come from inside it, not from the inert page");
    assert.ok(state.page <= 0 && state.dialog <= 0, `no sideways scroll: ${JSON.stringify(state)}`);

    const hidden = await page.evaluate(() => {
      const root = document.querySelector("doorstep-assistant").shadowRoot;
      const bad = [];
      for (const control of root.querySelectorAll("dialog :is(button, a[href], input, summary)")) {
        if (!control.checkVisibility()) continue;
        control.focus();
        // Firefox leaves a box alone that is in view but for some pixels.
        control.scrollIntoView({ block: "nearest", behavior: "instant" });
        const [box] = control.getClientRects();
        const hit = root.elementFromPoint(box.left + Math.min(box.width, 20) / 2, box.top + box.height / 2);
        const inView = box.top >= -1 && box.bottom <= innerHeight + 1 && box.left >= -1;
        if (!inView || !(hit && (control.contains(hit) || hit.contains(control)))) bad.push(`${control.localName} "${control.textContent.trim() || control.id}" at ${box.top} to ${box.bottom} of ${innerHeight}, under ${hit?.localName}`);
      }
      return bad;
    });
    assert.deepEqual(hidden, [], "every control comes into view with the focus, with nothing over it");

    const outside = await press(page, "Tab", (now) => !now.inside && now.tag !== "body" && now.tag !== "", 60).catch(() => null);
    assert.equal(outside, null, `the page behind cannot be reached, but ${JSON.stringify(outside)} was`);
    await page.keyboard.press("Escape");
    await until(page, () => !document.querySelector("doorstep-assistant").shadowRoot.querySelector("dialog").open);
    assert.equal((await focused(page)).text, "Ask a question");
  });
}

test("buttons are at least 44 pixels high", async () => {
  const page = await visit(browser, "/", NARROW);
  await open(page);
  await ask(page, "permit");
  const small = await page.evaluate(() =>
    [...document.querySelector("doorstep-assistant").shadowRoot.querySelectorAll("button, input, summary")]
      .filter((one) => one.checkVisibility() && one.getBoundingClientRect().height < 43.5)
      .map((one) => one.textContent.trim()),
  );
  assert.deepEqual(small, []);
});

test("turning the screen moves the panel, and keeps what was typed and the focus", async () => {
  const page = await visit(browser, "/", WIDE);
  await open(page);
  await ask(page, "library");
  await page.keyboard.type("half a ques");
  assert.equal(await count(page, "dialog[open]"), 0, "wide screens have no dialog");
  await page.setViewport(NARROW);
  await page.waitForSelector(`${IN}dialog[open]`);
  assert.equal((await focused(page)).id, "question");
  await page.keyboard.type("tion");
  await page.setViewport(WIDE);
  await until(page, () => !document.querySelector("doorstep-assistant").shadowRoot.querySelector("dialog").open);
  assert.equal(await page.$eval(`${IN}#question`, (box) => box.value), "half a question");
  assert.equal(await count(page, ".turn"), 1);
});

test("text spacing as WCAG gives it clips nothing", async () => {
  const page = await visit(browser, "/", NARROW);
  await open(page);
  await ask(page, "My bin was missed");
  const clipped = await page.evaluate(() => {
    const root = document.querySelector("doorstep-assistant").shadowRoot;
    const sheet = new CSSStyleSheet();
    sheet.replaceSync("* { line-height: 1.5 !important; letter-spacing: .12em !important; word-spacing: .16em !important; } p { margin-bottom: 2em !important; }");
    root.adoptedStyleSheets = [...root.adoptedStyleSheets, sheet];
    return [...root.querySelectorAll("dialog button, dialog h2, dialog h3, dialog h4, dialog p, dialog li")]
      .filter((one) => one.checkVisibility() && one.scrollWidth > one.clientWidth + 1 && getComputedStyle(one).overflowX !== "visible")
      .map((one) => one.textContent.trim());
  });
  assert.deepEqual(clipped, []);
});
