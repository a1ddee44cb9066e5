// <doorstep-assistant><a href="/ask/">Ask a question</a></doorstep-assistant>
//
// Turns the plain link into a button that opens the assistant. The rest is
// imported on the first opening; until then nothing but this file is loaded,
// and where anything fails the link stays. Plain modules only: no fetch, no
// markup from strings, no style attribute, so that the strictest policy holds.
//
// Attributes: `contact` and `privacy`, addresses of those two pages where they
// are not those that the manifest names.

const MEMORY = "doorstep"; // the one key in sessionStorage
const HOME = new URL(".", import.meta.url).href; // where the modules are

const WORDS = {
  en: {
    open: "Ask a question",
    title: "Ask a question",
    close: "Close",
    label: "Your question",
    intro: "Ask about a council service. You will see what the council’s own pages say, and where they say it.",
    limits: "This is a search tool, not a person. It cannot see your account or decide your case.",
    hint: "You do not need to give personal details.",
    privacy: "How your question is handled",
    send: "Send",
    wait: "Getting ready",
    kept: "Getting ready. Your question will be answered in a moment.",
    sorry: "The assistant is not available",
    load: "Its files could not be loaded. The connection may have dropped.",
    start: "This browser did not let it start.",
    stop: "It stopped because of a fault.",
    else: "You can still:",
    ask: "read all questions and answers",
    contact: "contact the council",
  },
  cy: {
    open: "Gofyn cwestiwn",
    title: "Gofyn cwestiwn",
    close: "Cau",
    label: "Eich cwestiwn",
    intro: "Gofynnwch am un o wasanaethau’r cyngor. Byddwch yn gweld beth mae tudalennau’r cyngor ei hun yn ei ddweud, ac ymhle.",
    limits: "Offeryn chwilio yw hwn, nid person. Ni all weld eich cyfrif na phenderfynu ar eich achos.",
    hint: "Nid oes angen i chi roi manylion personol.",
    privacy: "Sut mae eich cwestiwn yn cael ei drin",
    send: "Anfon",
    wait: "Yn paratoi",
    kept: "Yn paratoi. Caiff eich cwestiwn ei ateb mewn eiliad.",
    sorry: "Nid yw'r cynorthwyydd ar gael",
    load: "Nid oedd modd llwytho ei ffeiliau. Efallai bod y cysylltiad wedi torri.",
    start: "Ni wnaeth y porwr hwn adael iddo ddechrau.",
    stop: "Stopiodd oherwydd nam.",
    else: "Gallwch o hyd:",
    ask: "ddarllen yr holl gwestiynau ac atebion",
    contact: "gysylltu â'r cyngor",
  },
};

// What is on the screen before the widget is there; the rest of the styles
// comes with it.
const STYLE = `
:host { display: block; color: var(--doorstep-ink, #0b0c0c); font: inherit; line-height: 1.5; text-align: start; }
:host([hidden]), [hidden] { display: none !important; }
*, ::before, ::after { box-sizing: border-box; }
button, input { font: inherit; }
.status { position: absolute; width: 1px; height: 1px; margin: -1px; overflow: hidden; clip-path: inset(50%); white-space: nowrap; }
.launcher, .send { background: var(--doorstep-brand, #0b4a52); color: var(--doorstep-on-brand, #fff); border: 2px solid transparent; border-radius: 4px; font-weight: 700; padding: .5rem 1.25rem; min-height: 2.75rem; cursor: pointer; }
.launcher:hover, .send:hover { background: var(--doorstep-brand-dark, #073239); }
.send[aria-disabled=true] { background: #50595e; }
a { color: var(--doorstep-link, #0a4f66); text-underline-offset: .15em; }
a:hover { text-decoration-thickness: 3px; }
a:focus-visible, button:focus-visible, input:focus-visible, summary:focus-visible, [tabindex]:focus-visible { outline: 3px solid var(--doorstep-focus-edge, #0b0c0c); outline-offset: 0; box-shadow: 0 0 0 6px var(--doorstep-focus, #ffdd00); border-radius: 2px; }
[tabindex="-1"]:focus-visible { outline-offset: 2px; }
.region { margin-top: 1rem; max-width: 52rem; }
.dialog { inset: 0; width: 100%; height: 100%; max-width: none; max-height: none; margin: 0; padding: 0; border: 0; color: inherit; background: #fff; overflow: auto; scroll-padding-block: 5rem 1rem; }
.frame { background: #fff; color: inherit; text-align: start; }
.region .frame { border: 2px solid var(--doorstep-brand, #0b4a52); border-radius: 6px; overflow: hidden; }
.panel { display: flex; flex-direction: column; max-height: min(46rem, 88vh); }
.dialog .panel { max-height: none; }
.dialog .bar { position: sticky; top: 0; z-index: 1; }
.bar { position: relative; display: flex; flex-wrap: wrap; align-items: center; justify-content: space-between; gap: .5rem 1rem; padding: .5rem 1.25rem; background: var(--doorstep-brand, #0b4a52); color: var(--doorstep-on-brand, #fff); }
.bar h2 { margin: 0; font-size: 1.25rem; line-height: 1.25; color: inherit; }
.bar button { background: transparent; color: inherit; border: 2px solid currentcolor; border-radius: 4px; padding: .25rem .875rem; min-height: 2.75rem; font-weight: 700; cursor: pointer; }
.bar button:hover { text-decoration: underline; }
.ask { margin: 0; padding: 1rem 1.25rem .5rem; }
.ask label { display: block; font-weight: 700; }
.ask p { margin: 0 0 .5rem; }
.hint { color: #454f54; }
.row { display: flex; flex-wrap: wrap; gap: .75rem; }
.row input { flex: 1 1 12rem; min-width: 0; min-height: 2.75rem; padding: .375rem .625rem; border: 2px solid #0b0c0c; border-radius: 0; background: #fff; color: #0b0c0c; }
.intro { padding: 1rem 1.25rem 0; }
.intro p { margin: 0 0 .5rem; }
.intro p + p { margin: 0; color: #454f54; }
.tools { display: flex; flex-wrap: wrap; align-items: center; gap: 0 1.25rem; padding: 0 1.25rem .5rem; }
.tools p { margin: 0; }
.tools a { padding-block: .5rem; }
.sorry { padding: 1rem 1.25rem; }
.sorry p, .sorry ul { margin: 0 0 1rem; }
.sorry ul { padding-inline-start: 1.375rem; }
.sorry li { margin-bottom: .5rem; }
@media (max-width: 40em) { .bar, .ask, .intro, .tools { padding-inline: 1rem; } .row input { flex-basis: 8rem; } .send { padding-inline: .875rem; } }
@media (max-height: 30em) { .dialog { scroll-padding-block: 0; } .dialog .bar { position: relative; } }
@media print { .launcher { display: none; } }
`;

const COMPACT = "(max-width: 40em), (max-height: 30em)";

/** An element with its attributes and children; text stays text. */
function make(tag, attributes = {}, ...children) {
  const element = document.createElement(tag);
  for (const [name, value] of Object.entries(attributes)) {
    if (typeof value === "function") element.addEventListener(name, value);
    else element.setAttribute(name, value);
  }
  element.append(...children);
  return element;
}

let manifest; // one import for all elements of a page

class DoorstepAssistant extends HTMLElement {
  connectedCallback() {
    if (this.shadowRoot) return;
    const link = this.querySelector("a[href]");
    // An old browser keeps the link.
    if (!link || !("DecompressionStream" in window && "adoptedStyleSheets" in document)) return;
    const closest = this.closest("[lang]");
    this.words = WORDS[(closest ? closest.lang : "").slice(0, 2)] || WORDS.en;
    this.locale = this.words === WORDS.cy ? "cy" : "en";
    this.ask = link.getAttribute("href");
    this.pages({});
    this.draw();
    // On a small screen the panel would cover the page that was asked for.
    if (this.remembered().startsWith("o") && !this.compact.matches) this.open(false);
  }

  disconnectedCallback() {
    // Moved, not removed, if it is back by the end of the task.
    queueMicrotask(() => {
      if (!this.isConnected && this.tell) this.tell("end", "");
      if (!this.isConnected) this.tell = null;
    });
  }

  remembered() {
    try {
      return sessionStorage.getItem(MEMORY) || "";
    } catch {
      return ""; // forbidden by the browser
    }
  }

  pages({ contact, privacy }) {
    this.contact = this.getAttribute("contact") || contact || "/contact/";
    this.privacy = this.getAttribute("privacy") || privacy || this.ask;
  }

  draw() {
    const { words } = this;
    const root = this.attachShadow({ mode: "open" });
    this.dress(STYLE);
    this.launcher = make(
      "button",
      { type: "button", class: "launcher", part: "launcher", "aria-expanded": "false", "aria-controls": "panel", click: () => (this.expanded ? this.close() : this.open(true)) },
      words.open,
    );
    this.plain = make("p", { class: "plain", hidden: "" }, make("slot"));
    this.status = make("div", { role: "status", class: "status" });
    this.alert = make("div", { role: "alert", class: "status" });
    this.mount = make("div", { class: "mount" });
    this.frame = make("div", { id: "panel", class: "frame", part: "panel", lang: this.locale, keydown: (e) => this.key(e), click: (e) => this.follow(e) }, this.mount);
    this.region = make("section", { class: "region", role: "region", "aria-labelledby": "title", hidden: "" }, this.frame);
    this.dialog = make("dialog", { class: "dialog", "aria-labelledby": "title", cancel: (e) => (e.preventDefault(), this.close()) });
    root.append(this.launcher, this.plain, this.region, this.dialog, this.status, this.alert);
    this.compact = matchMedia(COMPACT);
    this.compact.addEventListener("change", () => this.expanded && this.place());
    this.drawQuestion();
  }

  bar() {
    const close = make("button", { id: "close", type: "button", click: () => this.close() }, this.words.close);
    return make("div", { class: "bar" }, make("h2", { id: "title" }, this.words.title), close);
  }

  /** The panel until the widget draws its own, with the same question box. */
  drawQuestion() {
    const { words } = this;
    this.input = make("input", { compositionstart: () => (this.composing = new Promise((done) => this.input.addEventListener("compositionend", () => done((this.composing = null)), { once: true }))), id: "question", name: "question", type: "text", maxlength: 500, autocomplete: "off", spellcheck: "false", autocapitalize: "sentences", enterkeyhint: "send", writingsuggestions: "false", "aria-describedby": "hint" });
    this.sendButton = make("button", { id: "send", class: "send", "aria-disabled": "true" }, words.send);
    this.waiting = make("p", { "aria-hidden": "true" }, words.wait);
    this.mount.replaceChildren(
      make(
        "div",
        { class: "panel" },
        this.bar(),
        make("div", { class: "intro" }, make("p", {}, words.intro), make("p", {}, words.limits)),
        make(
          "form",
          { class: "ask", novalidate: "", submit: (e) => this.keep(e) },
          make("label", { for: "question" }, words.label),
          make("p", { id: "hint", class: "hint" }, words.hint),
          make("div", { class: "row" }, this.input, this.sendButton),
        ),
        make("div", { class: "tools" }, (this.about = make("a", { href: this.privacy }, words.privacy)), this.waiting),
      ),
    );
  }

  // --- opening and closing -------------------------------------------------

  get expanded() {
    return this.launcher.getAttribute("aria-expanded") === "true";
  }

  open(byHand) {
    if (!this.tell) {
      this.show(true);
      if (byHand) this.focusQuestion();
      if (!this.loading) this.say(this.words.wait, false);
      this.byHand = this.byHand || byHand;
      this.loading = this.loading || this.load();
    } else this.tell("open", "");
  }

  close() {
    if (this.tell) return this.tell("close", "");
    this.show(false);
    this.launcher.focus();
  }

  show(open) {
    this.launcher.setAttribute("aria-expanded", String(open));
    if (open) return this.place();
    this.region.hidden = true;
    if (this.dialog.open) this.dialog.close();
  }

  get modal() {
    return this.dialog.open;
  }

  /** Puts the one panel where this screen wants it, without losing the focus. */
  place(flat = !this.compact.matches) {
    const active = this.shadowRoot.activeElement;
    const home = flat ? this.region : this.dialog;
    if (this.frame.parentNode !== home) home.append(this.frame);
    this.region.hidden = !flat;
    if (flat && this.dialog.open) this.dialog.close();
    // What is announced must not be in the inert part of the page.
    (flat ? this.shadowRoot : home).append(this.status, this.alert);
    if (!flat && !this.dialog.open) {
      const input = this.shadowRoot.getElementById("question");
      if (input) input.autofocus = true;
      this.dialog.showModal();
      if (input) input.autofocus = false;
    }
    if (active && this.frame.contains(active)) active.focus({ preventScroll: true });
  }

  reveal() {
    if (!this.modal) this.frame.scrollIntoView({ block: "nearest", behavior: "instant" });
  }

  focusQuestion() {
    const input = this.shadowRoot.getElementById("question");
    if (input) input.focus({ preventScroll: true });
    this.reveal();
  }

  key(event) {
    if (event.key !== "Escape" || event.isComposing) return;
    event.preventDefault();
    this.close();
  }

  /** A link to a place on this very page: the dialog must not cover it. */
  follow(event) {
    const link = event.target.closest("a[href]");
    const here = (url) => url.split("#")[0];
    if (link && this.modal && link.hash && here(link.href) === here(location.href)) this.close();
  }

  // --- starting the widget -------------------------------------------------

  /** A question sent before the widget is there is answered when it is. */
  keep(event) {
    event.preventDefault();
    const text = this.input.value;
    if (!text.trim()) return;
    this.kept = text;
    this.waiting.textContent = this.words.kept;
    this.say(this.words.kept, false);
  }

  async load() {
    let reason = "load";
    try {
      manifest = manifest || import("./manifest.js");
      const { default: found } = await manifest;
      this.pages(found);
      this.about.setAttribute("href", this.privacy);
      const texts = found.index[this.locale] ? this.locale : Object.keys(found.index)[0];
      const [widget, index] = await Promise.all([import(found.widget), import(found.index[texts])]);
      this.texts = texts;
      this.forgetful = found.memory === false;
      reason = "start";
      await widget.ready();
      const bytes = await widget.inflate(index.default);
      while (this.composing) await this.composing;
      this.handOver(widget, bytes);
    } catch (error) {
      this.fail(reason);
      console.error("doorstep:", error);
    }
  }

  handOver(widget, bytes) {
    const { input, expanded } = this;
    const active = this.shadowRoot.activeElement;
    const { selectionStart, selectionEnd } = input;
    const value = input.value === this.kept ? "" : input.value;
    this.tell = widget.start(this, bytes);
    if (!expanded) this.tell("close", "quiet");
    else this.tell(this.byHand ? "open" : "restore", "quiet");
    if (this.kept) this.tell("ask", this.kept);
    // What the first question needs is made once the panel has been painted.
    requestAnimationFrame(() => setTimeout(() => this.tell && this.tell("prepare", "")));
    // The widget draws in the microtask it has queued; this one comes after.
    queueMicrotask(() => {
      const now = this.shadowRoot.getElementById("question");
      if (now && value) {
        now.value = value;
        now.setSelectionRange(selectionStart, selectionEnd);
      }
      const same = active && active.id && this.shadowRoot.getElementById(active.id);
      if (same) same.focus({ preventScroll: true });
    });
    for (const kind of ["error", "unhandledrejection"]) addEventListener(kind, (e) => this.fault(e));
    // Back to a page that the browser kept: the tab's memory may be newer.
    addEventListener("pageshow", (e) => {
      if (e.persisted && this.tell) this.tell("restore", this.compact.matches && !this.modal ? "closed" : "");
    });
  }

  /** A fault inside the widget: it has stopped in the middle, and is not to be asked again. */
  fault({ error, reason }) {
    const trap = error || reason;
    const ours = trap instanceof WebAssembly.RuntimeError && String(trap.stack).includes(HOME);
    if (ours && this.tell) this.fail("stop");
  }

  /** The link and the contact page instead, and why. */
  fail(reason) {
    const { words } = this;
    const held = this.shadowRoot.activeElement;
    const message = make("p", { tabindex: "-1" }, words.sorry + ". " + words[reason]);
    const gone = this.mount;
    this.tell = null;
    this.launcher.hidden = true;
    this.plain.hidden = false;
    this.close = this.end;
    this.mount = make(
      "div",
      { class: "mount" },
      make(
        "div",
        { class: "panel" },
        this.bar(),
        make(
          "div",
          { class: "sorry" },
          message,
          make("p", {}, words.else),
          make("ul", {}, make("li", {}, make("a", { href: this.ask }, words.ask)), make("li", {}, make("a", { href: this.contact }, words.contact))),
        ),
      ),
    );
    gone.replaceWith(this.mount);
    if (held) message.focus();
    else this.say(message.textContent, false);
  }

  /** Closes what failed; the plain link takes the focus. */
  end() {
    this.show(false);
    this.querySelector("a[href]").focus();
  }

  // --- what the widget asks of the page ------------------------------------

  /** Says it once: a new node is news even where the words are the same. */
  say(text, urgent) {
    (urgent ? this.alert : this.status).replaceChildren(make("p", {}, text));
  }

  dress(css, root = this.shadowRoot) {
    const sheet = new CSSStyleSheet();
    sheet.replaceSync(css);
    root.adoptedStyleSheets = [...root.adoptedStyleSheets, sheet];
  }

  async copy(text) {
    let done = "yes";
    try {
      await navigator.clipboard.writeText(text);
    } catch {
      done = "";
    }
    if (this.tell) this.tell("copied", done);
  }

  /** Prints the conversation, all of it, and nothing of the page around it. */
  print() {
    const closed = this.frame.querySelectorAll("details:not([open])");
    const before = document.adoptedStyleSheets;
    this.place(true);
    for (const one of closed) one.open = true;
    this.dress("@media print { body :not(:has(doorstep-assistant), doorstep-assistant) { display: none !important; } body :has(doorstep-assistant), doorstep-assistant { display: block !important; } }", document);
    addEventListener(
      "afterprint",
      () => {
        document.adoptedStyleSheets = before;
        for (const one of closed) one.open = false;
        if (this.expanded) this.place();
      },
      { once: true },
    );
    print();
  }

  /** Nothing of this page is to be seen again, whatever the network does. */
  leave(url) {
    this.dress("html { display: none !important; }", document);
    location.replace(url);
  }
}

if (!customElements.get("doorstep-assistant")) customElements.define("doorstep-assistant", DoorstepAssistant);
