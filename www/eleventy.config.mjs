// Builds the Larkmere Council website: `npm ci && npx eleventy` in this folder.

const SITE = "https://www.larkmere.example";

// A date from front matter (YAML makes it a Date at midnight UTC) as 2026-09-14.
function isoDate(value) {
  if (value === undefined || value === null || value === "") return "";
  if (value instanceof Date) return value.toISOString().slice(0, 10);
  return String(value).trim().slice(0, 10);
}

function longDate(value) {
  const iso = isoDate(value);
  if (!/^\d{4}-\d{2}-\d{2}$/.test(iso)) return iso;
  return new Intl.DateTimeFormat("en-GB", {
    day: "numeric",
    month: "long",
    year: "numeric",
    timeZone: "UTC",
  }).format(new Date(`${iso}T00:00:00Z`));
}

function list(value) {
  if (value === undefined || value === null || value === "") return [];
  return Array.isArray(value) ? value : [value];
}

const plainText = (html) =>
  html
    .replace(/<[^>]*>/g, "")
    .replace(/&(?:quot|#39|apos|rsquo|lsquo);/g, "'")
    .replace(/&(?:amp|#38);/g, "&")
    .replace(/&[a-z0-9#]+;/gi, " ")
    .replace(/\s+/g, " ")
    .trim();

function slug(text) {
  return (
    text
      .normalize("NFKD")
      .replace(/[\u0300-\u036f]/g, "")
      .toLowerCase()
      .replace(/['\u2019\u2018]/g, "")
      .replace(/&/g, " and ")
      .replace(/[^a-z0-9]+/g, "-")
      .replace(/^-+|-+$/g, "") || "section"
  );
}

const attribute = (text) =>
  text.replace(/&/g, "&amp;").replace(/</g, "&lt;").replace(/"/g, "&quot;");

// What every page's body needs, whether it was written as Markdown or as HTML:
// an id on each h2 and h3, each table in a labelled region that can scroll,
// phone numbers that do not break across lines, and no style attributes
// (Markdown writes them for aligned columns; the site's Content-Security-Policy
// forbids them).
function finishBody(html, title = "") {
  const taken = new Set(["main", "top"]);
  for (const [, id] of html.matchAll(/\sid="([^"]+)"/g)) taken.add(id);
  const unique = (base) => {
    let id = base;
    for (let n = 2; taken.has(id); n += 1) id = `${base}-${n}`;
    taken.add(id);
    return id;
  };

  let heading = plainText(title);
  let tablesHere = 0;
  return html
    .replace(/<[^>]*>|\b01632 960 \d{3}\b/g, (found) =>
      found.startsWith("<") ? found : `<span class="tel">${found}</span>`,
    )
    .replace(/<(t[hd])\s+style="text-align:\s*(left|center|right)"/g, '<$1 class="align-$2"')
    .replace(
      /<h([23])([^>]*)>([\s\S]*?)<\/h\1>|<table\b[\s\S]*?<\/table>/g,
      (whole, level, attributes, inner) => {
        if (level) {
          heading = plainText(inner);
          tablesHere = 0;
          if (/\sid=/.test(attributes)) return whole;
          return `<h${level} id="${unique(slug(heading))}"${attributes}>${inner}</h${level}>`;
        }
        tablesHere += 1;
        const caption = /<caption[^>]*>([\s\S]*?)<\/caption>/.exec(whole);
        const name = caption ? plainText(caption[1]) : heading;
        const label = tablesHere > 1 && !caption ? `${name}, table ${tablesHere}` : name;
        return (
          `<div class="table-region" role="region" tabindex="0" ` +
          `aria-label="${attribute(`Table: ${label}`)}">${whole}</div>`
        );
      },
    );
}

const titleOf = (page) => String(page.data.title ?? page.fileSlug);
const byTitle = (a, b) => titleOf(a).localeCompare(titleOf(b), "en-GB");
const byNewest = (a, b) =>
  isoDate(b.data.updated).localeCompare(isoDate(a.data.updated)) || byTitle(a, b);

// "/service/slug/" belongs to the service "/service/".
const serviceOf = (url) => /^\/([^/]+)\//.exec(url ?? "")?.[0] ?? "";

export default function (eleventyConfig) {
  eleventyConfig.addPassthroughCopy({ assets: "assets" });
  eleventyConfig.addGlobalData("site", { url: SITE, name: "Larkmere Council" });
  eleventyConfig.addGlobalData("layout", "page.njk");

  eleventyConfig.addFilter("isoDate", isoDate);
  eleventyConfig.addFilter("longDate", longDate);
  eleventyConfig.addFilter("list", list);
  eleventyConfig.addFilter("finishBody", finishBody);
  eleventyConfig.addFilter("serviceOf", serviceOf);

  // The page at an address, or nothing.
  eleventyConfig.addFilter("pageAt", (pages, url) => pages.find((page) => page.url === url));

  // A service's pages, without its overview: newest first where the date matters.
  eleventyConfig.addFilter("pagesOf", (pages, service) =>
    pages
      .filter((page) => service && page.url?.startsWith(service) && page.url !== service)
      .sort(service === "/news/" || service === "/foi-responses/" ? byNewest : byTitle),
  );

  eleventyConfig.addFilter("limit", (items, count) => items.slice(0, count));

  // The pages of the sitemap, in the order of their addresses.
  eleventyConfig.addFilter("byAddress", (pages) =>
    [...pages].filter((page) => page.url).sort((a, b) => (a.url < b.url ? -1 : 1)),
  );

  return {
    dir: {
      input: "content",
      includes: "../_includes",
      output: "../target/doorstep/site",
    },
    templateFormats: ["md", "html", "njk"],
    // Content is content: no template language runs inside it.
    markdownTemplateEngine: false,
    htmlTemplateEngine: false,
  };
}
