// What the browser tests share: a browser, a page that is watched, and the
// few things a resident does. Nothing here sleeps: every wait is for a
// condition, looked at once a frame.

import { mkdirSync, readFileSync } from "node:fs";
import { createServer } from "node:http";
import { fileURLToPath } from "node:url";
import puppeteer from "puppeteer-core";

/** Address of the built demo, without the last slash. */
export const SITE = (process.env.DOORSTEP_URL ?? "http://localhost:8080").replace(/\/$/, "");
/** "chromium" or "firefox". */
export const BROWSER = process.env.DOORSTEP_BROWSER ?? "chromium";
/** Selector of what is inside the assistant's shadow root. */
export const IN = "doorstep-assistant >>> ";

export const WIDE = { width: 1280, height: 800 };
export const NARROW = { width: 320, height: 640 };
export const TINY = { width: 320, height: 256 };

const PATIENCE = 20_000; // milliseconds until a condition counts as never met

export function launch() {
  if (BROWSER === "firefox") {
    return puppeteer.launch({
      browser: "firefox",
      executablePath: process.env.DOORSTEP_FIREFOX ?? "/usr/bin/firefox-esr",
      headless: true,
    });
  }
  return puppeteer.launch({
    browser: "chrome",
    executablePath: process.env.DOORSTEP_CHROMIUM ?? "/usr/bin/chromium",
    headless: true,
    args: ["--no-sandbox", "--disable-gpu", "--disable-quic", "--no-first-run", "--disable-background-networking", "--disable-component-update", "--disable-sync"],
  });
}

/**
 * A page of a fresh context on `path`: its requests in `page.log`, its
 * policy violations in `violations(page)`.
 */
export async function visit(browser, path = "/", viewport = WIDE, before = async () => {}, site = SITE) {
  const context = await browser.createBrowserContext();
  const page = await context.newPage();
  await page.setViewport(viewport);
  page.log = [];
  // A data: address asks nobody (Firefox lists a font of its own so).
  page.on("request", (request) => request.url().startsWith("data:") || page.log.push(request.url()));
  await page.evaluateOnNewDocument(() => {
    globalThis.violations = [];
    document.addEventListener("securitypolicyviolation", (event) => globalThis.violations.push(`${event.effectiveDirective} ${event.blockedURI}`));
  });
  await before(page);
  await page.goto(site + path);
  return page;
}

/**
 * The same site at another address, with its policy changed by `change`;
 * `close()` ends it.
 */
export async function mirror(change) {
  const server = createServer(async ({ url }, response) => {
    const real = await fetch(SITE + url);
    response.statusCode = real.status;
    response.setHeader("content-type", real.headers.get("content-type") ?? "text/plain");
    response.setHeader("content-security-policy", change(real.headers.get("content-security-policy") ?? ""));
    response.end(Buffer.from(await real.arrayBuffer()));
  });
  await new Promise((up) => server.listen(0, "127.0.0.1", up));
  return { site: `http://127.0.0.1:${server.address().port}`, close: () => (server.closeAllConnections(), server.close()) };
}

export const violations = (page) => page.evaluate(() => globalThis.violations);

/** Waits until `condition(...args)`, run in the page once a frame, holds. */
export async function until(page, condition, ...args) {
  const source = `(${condition})`;
  const deadline = Date.now() + PATIENCE;
  for (;;) {
    // A navigation may take the page away under the question.
    const met = await page.evaluate(condition, ...args).catch(() => false);
    if (met) return met;
    if (Date.now() > deadline) throw new Error(`never came true: ${source}`);
    await page.evaluate(() => new Promise((next) => requestAnimationFrame(next))).catch(() => {});
  }
}

/** What has the focus, through shadow roots: its tag, id and words. */
export function focused(page) {
  return page.evaluate(() => {
    let element = document.activeElement;
    while (element?.shadowRoot?.activeElement) element = element.shadowRoot.activeElement;
    const root = element?.getRootNode();
    return {
      tag: element?.localName ?? "",
      id: element?.id ?? "",
      text: (element?.textContent ?? "").trim(),
      href: element?.getAttribute?.("href") ?? "",
      classes: element?.className ?? "",
      inSource: Boolean(element?.closest?.(".source")),
      inLog: Boolean(element?.closest?.("[role=log]")),
      inside: root instanceof ShadowRoot,
    };
  });
}

/** Presses `key` until the focus is where `there` says; at most `most` times. */
export async function press(page, key, there, most = 80, held = null) {
  for (let pressed = 0; pressed < most; pressed += 1) {
    if (held) await page.keyboard.down(held);
    await page.keyboard.press(key);
    if (held) await page.keyboard.up(held);
    const now = await focused(page);
    if (there(now)) return now;
  }
  throw new Error(`${most} times ${key} did not reach it`);
}

export const inShadow = (page, read, ...args) =>
  page.evaluate(
    (source, values) => {
      const root = document.querySelector("doorstep-assistant").shadowRoot;
      const found = root.querySelector(source);
      return values[0] === "text" ? found?.innerText ?? null : values[0] === "count" ? root.querySelectorAll(source).length : found?.getAttribute(values[0]) ?? null;
    },
    read,
    args,
  );

/** The words of what `selector` finds inside the assistant, or null. */
export const words = (page, selector) => inShadow(page, selector, "text");
export const count = (page, selector) => inShadow(page, selector, "count");
export const attribute = (page, selector, name) => inShadow(page, selector, name);

/** Opens the assistant with a click and waits until it can answer. */
export async function open(page) {
  await (await page.waitForSelector(`${IN}.launcher`)).click();
  await ready(page);
}

/** Waits until questions are answered at once. */
export const ready = (page) =>
  until(page, () => {
    const send = document.querySelector("doorstep-assistant")?.shadowRoot?.querySelector("#send");
    return Boolean(send && !send.hasAttribute("aria-disabled"));
  });

/** Types a question, sends it, and waits for its turn. */
export async function ask(page, question) {
  const before = await count(page, ".turn");
  await (await page.waitForSelector(`${IN}#question`)).focus();
  await page.keyboard.type(question);
  await page.keyboard.press("Enter");
  await until(page, (n) => document.querySelector("doorstep-assistant").shadowRoot.querySelectorAll(".turn").length > n, before);
}

/**
 * Asks many questions as fast as the page answers, clearing before each, and
 * returns the words of each reply: the same for the same question.
 */
export function askAll(page, questions) {
  return page.evaluate(async (all) => {
    const root = document.querySelector("doorstep-assistant").shadowRoot;
    const frame = () => new Promise((next) => requestAnimationFrame(next));
    const button = (text) => [...root.querySelectorAll("button")].find((one) => one.textContent === text);
    const replies = [];
    for (const question of all) {
      if (button("Clear chat")) {
        button("Clear chat").click();
        while (root.querySelector(".turn")) await frame();
      }
      const input = root.querySelector("#question");
      input.value = question;
      input.form.requestSubmit();
      while (!root.querySelector(".turn") && !root.querySelector(".error")) await frame();
      replies.push(root.querySelector(".reply")?.textContent ?? root.querySelector(".error").textContent);
    }
    return replies;
  }, questions);
}

/** The project's own questions; with `all`, those of a set beside it too. */
export function questions(all = false) {
  const read = (name) => readFileSync(fileURLToPath(new URL(name, import.meta.url)), "utf8");
  const own = read("questions.txt").split("\n").filter((line) => line && !line.startsWith("#"));
  if (!all) return own;
  try {
    const rows = read(process.env.DOORSTEP_QUESTIONS ?? "../../../shared/questions/residents-dev.tsv").split("\n").slice(1);
    return [...own, ...rows.map((row) => row.split("\t")[0]).filter(Boolean)];
  } catch {
    return own;
  }
}

/** Keeps a picture in target/screenshots, for people to look at. */
export async function picture(page, name) {
  const folder = fileURLToPath(new URL("../../target/screenshots/", import.meta.url));
  mkdirSync(folder, { recursive: true });
  await page.screenshot({ path: `${folder}${BROWSER}-${name}.png` });
}
