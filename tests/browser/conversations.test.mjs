// The golden conversations, as the resident has them: each turn shows what the
// command's reply to it holds, no more and no less.

import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { after, before, test } from "node:test";
import { launch, open, violations, visit } from "./rig.mjs";

/** The command's replies: `index-builder ask --conversations … --json`. */
const NAMED = process.env.DOORSTEP_CONVERSATIONS;

let browser;
before(async () => (browser = await launch()));
after(() => browser.close());

const squeezed = (text) => text.replace(/\s+/gu, " ").trim();
/** Without what the view turns into elements: numbers of lists, marks of cells and headings. */
const letters = (text) => text.replace(/^\d+\. /gmu, "").replace(/[^\p{L}\p{N}£%]/gu, "");

/** What a reply holds, in the order of the page. */
function expected({ question, emergency, notices, parts, choices, contact }) {
  const whole = (part) => (part.answered || part.near ? 1 : 0);
  const listed = (part) => part.passages.slice(whole(part));
  const answered = (part) => part.passages.slice(0, whole(part));
  const shown = parts.filter((part) => part.answered || choices.length === 0);
  return {
    question: squeezed(question),
    card: emergency ? [emergency.title, ...emergency.phones.map((phone) => phone.number)] : [],
    notices: notices.map((notice) => notice.id),
    said: notices.map((notice) => letters(notice.text + (notice.link?.text ?? ""))),
    parts: parts.length > 1 ? shown.map((part) => squeezed(part.question)) : [],
    answers: shown.flatMap(answered).map((passage) => letters(passage.text)),
    sources: shown.flatMap(answered).map((passage) => passage.url),
    pages: shown.flatMap(listed).map((passage) => passage.url),
    choices: choices.map((choice) => squeezed(choice.text)),
    contact: contact ? [contact.name, contact.phone ?? ""].filter(Boolean) : [],
    open: contact?.open_now ?? null,
  };
}

/** What the last turn shows; `letters` is done outside. */
function shown(page) {
  return page.evaluate(() => {
    const turn = [...document.querySelector("doorstep-assistant").shadowRoot.querySelectorAll(".turn")].at(-1);
    const all = (selector, read = (element) => element.textContent) => [...turn.querySelectorAll(selector)].map(read);
    const squeezed = (text) => text.replace(/\s+/gu, " ").trim();
    const href = (link) => link.getAttribute("href");
    const [open] = all(".contact strong");
    return {
      question: squeezed(all(".asked .own")[0]),
      card: all(".card h4, .card .number"),
      notices: all(".notice", (notice) => notice.dataset.notice),
      said: all(".notice"),
      parts: all(".part > .own", (own) => squeezed(own.textContent)),
      answers: all(".passage > div > blockquote"),
      sources: all(".source > p:first-child a", href),
      pages: all(".pages li", (li) => li.querySelector("a")?.getAttribute("href")),
      choices: all(".choices button", (button) => squeezed(button.textContent)),
      contact: all(".contact h4 span, .contact a[href^='tel:']"),
      open: open === undefined ? null : open.startsWith("Open"),
    };
  });
}

/** Sends a question or presses a choice, and waits for its turn. */
function turn(page, asked, chosen) {
  return page.evaluate(
    async (asked, chosen) => {
      const root = document.querySelector("doorstep-assistant").shadowRoot;
      const before = root.querySelectorAll(".turn").length;
      if (chosen) {
        const choices = [...root.querySelectorAll(".turn:last-child .choices button")];
        choices.find((button) => button.textContent.toLowerCase() === asked.toLowerCase()).click();
      } else {
        const input = root.querySelector("#question");
        input.value = asked;
        input.form.requestSubmit();
      }
      while (root.querySelectorAll(".turn").length === before) await new Promise((next) => requestAnimationFrame(next));
    },
    asked,
    chosen,
  );
}

/** Puts the page's clock to a day and minutes since midnight, and leaves it there. */
const clock = (page, day, minutes) =>
  page.evaluate(
    (day, minutes) => {
      const real = (globalThis.realDate ??= Date);
      const [year, month, date] = day.split("-").map(Number);
      globalThis.Date = class extends real {
        constructor(...given) {
          given.length ? super(...given) : super(year, month - 1, date, Math.floor(minutes / 60), minutes % 60);
        }
      };
    },
    day,
    minutes ?? 600,
  );

const clear = (page) =>
  page.evaluate(async () => {
    const root = document.querySelector("doorstep-assistant").shadowRoot;
    [...root.querySelectorAll("button")].find((button) => button.textContent === "Clear chat")?.click();
    while (root.querySelector(".turn")) await new Promise((next) => requestAnimationFrame(next));
  });

test("every golden conversation goes in the page as by the command", { skip: !NAMED && "DOORSTEP_CONVERSATIONS names no file" }, async () => {
  const conversations = readFileSync(NAMED, "utf8").trim().split("\n").map((line) => JSON.parse(line));
  assert.ok(conversations.length > 60);
  const pages = new Map(conversations.map(({ on }) => [on || "/", []]));
  for (const one of conversations) pages.get(one.on || "/").push(one);
  let turns = 0;
  for (const [path, group] of pages) {
    const page = await visit(browser, path);
    await open(page);
    page.log.length = 0;
    for (const { file, line, name, at, turns: asked } of group) {
      await clock(page, ...at);
      await clear(page);
      for (const { asked: words, chosen, reply } of asked.filter(({ reply }) => reply)) {
        await turn(page, words, chosen);
        turns += 1;
        const seen = await shown(page);
        seen.answers = seen.answers.map(letters);
        seen.said = seen.said.map(letters);
        const due = expected(reply);
        // Without a time the command says neither "open" nor "closed".
        if (at[1] === null) seen.open = due.open = null;
        assert.deepEqual(seen, due, `${file}:${line} ${name}: ${words}`);
      }
    }
    assert.deepEqual(page.log, [], `no request on ${path}`);
    assert.deepEqual(await violations(page), []);
    await page.browserContext().close();
  }
  console.log(`${conversations.length} conversations, ${turns} turns as by the command`);
});
