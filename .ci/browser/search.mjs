// Searches a built site in a real browser: `search.mjs SITE_DIR [QUERIES.json]`.
//
// QUERIES.json is an array of {query, first} (the folder of the first result) or {query, jump} (a part of the
// address to which the query leads); the default is the demo's queries. Prints how many bytes each query loads until its
// first result is on the page: at most 100 kB.
import { readFileSync } from "node:fs";
import { gzipSync } from "node:zlib";
import { dirname, join } from "node:path";
import { fileURLToPath } from "node:url";
import { check, chromium, equal, finish, open, serve } from "./lib.mjs";

const here = dirname(fileURLToPath(import.meta.url));
const [folder, file = join(here, "search-demo.json")] = process.argv.slice(2);
if (!folder) {
  console.error("usage: search.mjs SITE_DIR [QUERIES.json]");
  process.exit(2);
}
const queries = JSON.parse(readFileSync(file));
const MOST = 100_000;
const HOSTILE = ["*", "(", "\"><img src=x onerror=alert(1)>", "a".repeat(10_000), "[a-z]+$", "(((((a+)+)+)+)+)$", "\\",
  "__proto__", "constructor", "is:__proto__ v:constructor d:toString", "%00%ff%", "<script>alert(1)</script>", "\u202eabc", "v:> d:.. s: -",
  "😀", "m:", "https://example.org/%E0%A4%A/x@y/"];

const site = await serve(folder, "/lists/");
const browser = await chromium();
const at = `${site.url}search/index.html`;
const links = (page) => page.$$eval("#results h3 a", (all) => all.map((a) => new URL(a.href).pathname));
const settled = (page) => page.waitForFunction(() => /\d result|Nothing|No message|could not/.test(document.querySelector(".status").textContent), null, { timeout: 15_000 });

/** Asks in a browser that knows nothing yet; gives what came and what it cost. */
async function ask(query) {
  const from = site.log.length;
  const begun = Date.now();
  const { context, page, problems } = await open(browser, `${at}?q=${encodeURIComponent(query)}`);
  await Promise.race([settled(page), page.waitForURL((url) => !url.pathname.includes("/search/"))]).catch(() => {});
  const took = Date.now() - begun;
  const url = page.url();
  const jumped = !url.includes("/search/");
  const found = jumped ? [] : await links(page);
  const words = jumped ? "" : await page.textContent(".status");
  const log = site.log.slice(from).filter(({ path }) => !jumped || !path.includes("/series/"));
  const bytes = log.reduce((sum, entry) => sum + entry.bytes, 0);
  equal(problems, [], `${query.slice(0, 60)}: problems`);
  await context.close();
  return { found, words, url, bytes, took, files: log.length };
}

const script = gzipSync(readFileSync(join(folder, "static/search.js"))).length;
// Suggestions, and the states of queues and reports, take 1.2 kB.
check(script <= 9216, `search.js has ${script} bytes in gzip`);

for (const { query, first, jump } of queries) {
  const { found, words, url, bytes, took, files } = await ask(query);
  console.log(`${String(bytes).padStart(7)} bytes ${String(files).padStart(3)} files ${String(took).padStart(5)} ms  ${query}  (${words || "jumped"})`);
  check(bytes <= MOST, `${query}: ${bytes} bytes until the first result`);
  if (first) check(found[0]?.includes(first), `${query}: ${first} is not first of\n  ${found.join("\n  ")}`);
  if (jump) check(url.includes(jump), `${query}: leads to ${url}`);
}

for (const query of HOSTILE) {
  const { found, words } = await ask(query);
  check(/Nothing|No message|result|^There is no such state|^$/.test(words), `hostile ${query.slice(0, 40)}: ${words} ${found.length}`);
}

// Like a reader: typing, arrows, Enter, a link to share.
{
  const { query, first } = queries.find((one) => one.first);
  const { page, problems } = await open(browser, at);
  await page.locator("#q").pressSequentially(query, { delay: 20 });
  await page.waitForFunction((part) => document.querySelector("#results h3 a")?.href.includes(part), first);
  // A result may appear before the last letter is typed.
  await page.waitForFunction((whole) => new URL(location.href).searchParams.get("q") === whole, query);
  equal(new URL(page.url()).searchParams.get("q"), query, "the address has the query");
  check(await page.$eval(".status", (node) => node.getAttribute("aria-live") === "polite"), "the number of results is announced");
  check((await page.$$eval("#results mark", (all) => all.length)) > 0, "what was looked for is marked");
  check(await page.$$eval("#results a", (all) => all.every((a) => a.getAttribute("href").startsWith("../"))), "links are relative");
  await page.keyboard.press("ArrowDown");
  check(await page.evaluate(() => document.activeElement === document.querySelector("#results h3 a")), "an arrow leads to the first result");
  await page.keyboard.press("ArrowUp");
  check(await page.evaluate(() => document.activeElement.id === "q"), "and back to the box");
  await page.keyboard.press("ArrowDown");
  await Promise.all([page.waitForURL((url) => url.pathname.includes(first)), page.keyboard.press("Enter")]);
  check(page.url().includes(first), "Enter opens it");
  equal(problems, [], "typing: problems");
}

// From the front page: results below the box while typing, the search page after Enter.
{
  const { query, first } = queries.find((one) => one.first);
  const { page, problems } = await open(browser, `${site.url}index.html`);
  await page.locator("form[role=search] input").first().pressSequentially(query, { delay: 20 });
  // Later results replace earlier ones, so a handle of an element does not last.
  const shown = page.locator(`.search-panel h3 a[href*="${first}"]`).first().waitFor({ timeout: 10_000 });
  check(await shown.then(() => true, () => false), "the front page finds as one types");
  await Promise.all([page.waitForURL((url) => url.pathname.includes("/search/")), page.keyboard.press("Enter")]);
  await page.waitForFunction((part) => document.querySelector("#results h3 a")?.href.includes(part), first, { timeout: 10_000 }).catch(() => {});
  check((await links(page))[0]?.includes(first), "Enter on the front page leads to the results");
  equal(problems, [], "front page: problems");
}

// Without scripts, the page says what to do. From a local folder, it says why search does not work.
{
  const { page } = await open(browser, at, { javaScriptEnabled: false });
  const text = await page.textContent("noscript").catch(() => "");
  check(text.includes("site:"), "without script the page says what to do");
  const { page: local } = await open(browser, `file://${folder}/search/index.html?q=patch`);
  await local.waitForFunction(() => document.querySelector(".status").textContent !== "", null, { timeout: 5000 }).catch(() => {});
  check((await local.textContent(".status")).includes("web server"), "from a disk the page says why it finds nothing");
}

await finish(browser, site);
