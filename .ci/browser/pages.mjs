// The pages in a real browser: keys, colours, unfolding, navigation in a digest, narrow screens, print, and
// reading without scripts and from a local folder.
//
//     node .ci/browser/pages.mjs SITE_DIR [BASE]
import { existsSync, readFileSync, readdirSync } from "node:fs";
import { join, resolve } from "node:path";
import { pathToFileURL } from "node:url";
import { check, chromium, equal, finish, open, serve } from "./lib.mjs";

const [folder, base = "/"] = process.argv.slice(2);
if (!folder || !existsSync(join(folder, "index.html"))) {
  console.error("usage: pages.mjs SITE_DIR [BASE]: there is no site in that folder");
  process.exit(2);
}

/** Every page below `from`, as paths with `/`, in order. */
function pages(from = "") {
  return readdirSync(join(folder, from), { withFileTypes: true })
    .sort((a, b) => (a.name < b.name ? -1 : 1))
    .flatMap((entry) => {
      const path = from + entry.name;
      return entry.isDirectory() ? pages(`${path}/`) : path.endsWith(".html") ? [path] : [];
    });
}
const all = pages();
const digests = all.filter((path) => /^\d{4}\/[^/]+(\/\d+)?\/index\.html$/.test(path));
const digest = digests.at(-2) ?? digests.at(-1);
const series = all.filter((path) => /^series\/[^/]+\/index\.html$/.test(path));

const site = await serve(folder, base);
const browser = await chromium();
const at = (path) => site.url + path;
const colour = (page) => page.evaluate(() => getComputedStyle(document.body).color);

async function keys() {
  const { page, context, problems } = await open(browser, at(digest));
  const focused = () => page.evaluate(() => document.activeElement.textContent);
  const titles = await page.$$eval("main :is(.row h3 > a, .lines > li > a)", (links) => links.map((a) => a.textContent));
  await page.keyboard.press("j");
  const first = await focused();
  check(titles.includes(first), "`j` goes to a row of the digest");
  await page.keyboard.press("j");
  check((await focused()) !== first, "`j` goes on");
  await page.keyboard.press("k");
  equal(await focused(), first, "`k` goes back");
  await page.keyboard.press("Control+j");
  equal(await focused(), first, "`j` with a modifier is the browser's");

  const folded = () => page.$$eval("main details:not([open])", (found) => found.length);
  await page.keyboard.press("e");
  equal(await folded(), 0, "`e` unfolds everything");
  await page.keyboard.press("e");
  check((await folded()) > 0, "`e` folds it again");

  await page.keyboard.press("?");
  check(await page.isVisible("dialog.keys"), "`?` shows the keys");
  const words = await page.textContent("dialog.keys dl");
  for (const key of ["j", "k", "n", "p", "[", "]", "/", "u", "e", "?"]) check(words.includes(key), `the help has ${key}`);
  await page.uncheck("dialog.keys input");
  await page.keyboard.press("Escape");
  await page.keyboard.press("?");
  check(!(await page.isVisible("dialog.keys")), "switched off, `?` does nothing");
  await page.reload();
  await page.keyboard.press("j");
  equal(await page.$$eval(".cursor", (found) => found.length), 0, "keys stay switched off");
  await page.click(".tools button:last-child");
  await page.check("dialog.keys input");
  await page.click("dialog.keys button");
  await page.keyboard.press("j");
  equal(await page.$$eval(".cursor", (found) => found.length), 1, "and can be switched on again");

  if (await page.$("[rel=prev]")) {
    const before = await page.$eval("[rel=prev]", (link) => link.href);
    await page.keyboard.press("[");
    await page.waitForURL(before);
    await page.keyboard.press("]");
    await page.waitForURL((url) => url.pathname.endsWith(digest));
    check(true, "`[` and `]` turn to the digest before and back");
  }
  if (await page.$("[type=search]")) {
    await page.keyboard.press("/");
    await page.keyboard.type("jj");
    equal(await page.inputValue("[type=search]"), "jj", "`/` goes to the search, where keys are letters");
  }
  equal(problems, [], "no problem on the digest");
  await context.close();
}

async function colours() {
  for (const colorScheme of ["light", "dark"]) {
    const { page, context } = await open(browser, at(digest), { colorScheme });
    const own = await colour(page);
    const press = () => page.click(".tools button:first-child");
    const seen = {};
    for (const name of ["light", "dark"]) {
      await press();
      seen[name] = await colour(page);
      await page.reload();
      equal(await colour(page), seen[name], `${name} survives a reload where the system is ${colorScheme}`);
    }
    equal(seen[colorScheme], own, `${colorScheme} is the system's own`);
    check(seen.light !== seen.dark, "light and dark differ");
    await press();
    equal(await colour(page), own, "and auto is the system's again");
    await context.close();
  }
}

/** From a digest to a series, to the next one of the digest, and up. */
async function way() {
  const { page, context, problems } = await open(browser, at(digest));
  const heading = await page.textContent("h1");
  await page.click("main .row h3 > a");
  check((await page.textContent(".from .up")).includes(heading), "a series says which digest one came from");
  const next = await page.$(".from .after");
  if (next) {
    const title = await next.getAttribute("title");
    await page.keyboard.press("}");
    await page.waitForLoadState();
    check((await page.textContent("h1")).startsWith(title.replace(/…$/, "")), "`}` leads to the digest's next series");
  }
  await page.keyboard.press("u");
  await page.waitForURL((url) => url.pathname.endsWith(digest));
  equal(await page.textContent("h1"), heading, "`u` leads up to the digest");
  await page.goto(at(all.find((path) => path.startsWith("stats/"))));
  equal(await page.$(".from"), null, "other pages do not care where one came from");
  equal(problems, [], "no problem on the way");
  await context.close();
}

async function revisions() {
  const { page, context, problems } = await open(browser, at("index.html"));
  const labels = () => page.$$eval(".revisions [aria-current]", (found) => found.map((link) => link.textContent.trim()));
  for (const path of series) {
    await page.goto(at(path));
    if (!(await page.$(".revisions li:not(.versus) > a:not([aria-current])"))) continue;
    const [newest] = await labels();
    await page.keyboard.press("[");
    await page.waitForURL((url) => !url.pathname.endsWith(path));
    const [older] = await labels();
    check(older && older !== newest, "`[` leads to the older revision");
    await page.click(".revisions li:nth-last-child(1 of :not(.versus)) > a");
    await page.waitForURL((url) => url.pathname.endsWith(path));
    equal((await labels())[0], newest, "the switch leads back to the newest");
    const patches = await page.$$eval(".patch h2", (found) => found.length);
    if (patches > 1) {
      await page.keyboard.press("j");
      await page.keyboard.press("j");
      equal(await page.$$eval(".patch.cursor", (found) => found.length), 1, "`j` goes from patch to patch");
    }
    await page.keyboard.press("n");
    check((await page.$$(".file.cursor")).length === 1 || !(await page.$(".file")), "`n` goes to a file of the diff");
    equal(problems, [], "no problem on a series");
    await context.close();
    return;
  }
  check(false, "no series of this site has two revisions");
}

async function unfolding() {
  const { page, context } = await open(browser, at(digest));
  const row = await page.$("main details:not([open]) > summary.sub");
  if (check(Boolean(row), "the digest has a folded row")) {
    await row.click({ position: { x: 4, y: 8 } });
    check(await row.evaluate((summary) => summary.parentElement.open), "a click on its facts unfolds it");
    check(await row.evaluate((summary) => summary.nextElementSibling.checkVisibility()), "and there is text");
  }
  await context.close();
}

/** A diff in two columns: with script and without; and what a copy of its lines gives. */
async function sideBySide() {
  const path = series.find((path) => readFileSync(join(folder, path), "utf8").match(/<del>[\s\S]*?<\/del><ins>/));
  const columns = (page) =>
    page.evaluate(() => {
      const run = [...document.querySelectorAll(".file pre > del")].find((del) => del.nextElementSibling?.matches("ins"));
      const [removed, added] = [run, run.nextElementSibling].map((side) => side.getBoundingClientRect());
      return { beside: added.left >= removed.right - 1 && Math.abs(added.top - removed.top) < 1 };
    });
  for (const javaScriptEnabled of [true, false]) {
    const context = await browser.newContext({ viewport: { width: 1600, height: 900 }, javaScriptEnabled });
    const page = await context.newPage();
    const how = javaScriptEnabled ? "with script" : "without script";
    await page.goto(at(path));
    check(!(await columns(page)).beside, `a diff is in one column ${how}`);
    await page.check("#split");
    check((await columns(page)).beside, `side by side, old and new stand beside each other ${how}`);
    if (javaScriptEnabled) {
      await page.reload();
      check(await page.isChecked("#split"), "side by side is remembered");
      await page.uncheck("#split");
      const copied = await page.evaluate(() => {
        const pre = document.querySelector(".file .diff pre");
        getSelection().selectAllChildren(pre);
        const data = new DataTransfer();
        document.dispatchEvent(new ClipboardEvent("copy", { clipboardData: data, cancelable: true, bubbles: true }));
        const marked = [...pre.querySelectorAll("a")].map((line) => line.textContent.slice(1)).join("");
        return { same: data.getData("text/plain").trim() === marked.trim(), some: marked.trim().length > 0 };
      });
      check(copied.some && copied.same, "a copy of a diff is code without marks");
    }
    await context.close();
  }
}

/** One page of each kind at 320 px: only boxes of diffs and tables may scroll. */
async function narrow() {
  const kinds = new Map();
  const { page, context } = await open(browser, at("index.html"), { viewport: { width: 320, height: 700 } });
  const kind = (path) => path.replace(/\/[^/]+~?(?=\/)/g, (part) => (/\d|-/.test(part) ? "/x" : part)).replace(/^\d+/, "year");
  for (const path of all) {
    const found = kinds.get(kind(path)) ?? [];
    if (found.length < 4) kinds.set(kind(path), [...found, path]);
  }
  for (const path of [...kinds.values()].flat().slice(0, 80)) {
    await page.goto(at(path));
    const [wide, culprit] = await page.evaluate(() => {
      const over = document.documentElement.scrollWidth - innerWidth;
      const inside = (element) => element.closest(".diff, .scroll, .prose pre, .prose table, svg, .skip, thead, .quiet-heading");
      const out = [...document.querySelectorAll("body *")].find((element) => !inside(element) && element.getBoundingClientRect().right > innerWidth + 1);
      return [over, out ? `${out.localName}.${out.className}` : ""];
    });
    check(wide <= 0, `${path} scrolls sideways at 320 px by ${wide} px (${culprit})`);
  }
  await context.close();
}

/** From a folder, without script: a digest opens, and its links lead on. */
/** The front page is about the news: it begins in the upper third of a screen. */
async function firstNews() {
  for (const viewport of [{ width: 1280, height: 900 }, { width: 390, height: 844 }]) {
    const { page, context } = await open(browser, at(""), { viewport });
    const tops = await page.$$eval("main :is(.lead, .tops, .full, .brief)", (all) => all.map((e) => e.getBoundingClientRect().top));
    const first = Math.round(Math.min(...tops));
    check(first <= 300, `the first news begins at ${first} of ${viewport.height} pixels where the window is ${viewport.width} wide`);
    await context.close();
  }
}

async function folderOnly() {
  const context = await browser.newContext({ javaScriptEnabled: false });
  const page = await context.newPage();
  await page.goto(pathToFileURL(resolve(folder, digest)).href);
  equal(await page.locator(".tools").count(), 0, "without script there are no buttons that need it");
  await page.locator("main .row h3 > a").first().click();
  check((await page.locator("h1").count()) === 1 && page.url().includes("/series/"), "from file:// a row leads to its series");
  await page.locator(".crumbs a").first().click();
  check(/\/\d{4}\//.test(page.url()), "and its breadcrumb to a digest");
  await page.locator("summary.sub").first().click({ position: { x: 4, y: 8 } });
  await page.locator(".more a").first().click();
  check(page.url().includes("/bigpage/"), "the digest leads to all of it on one page");
  await context.close();
}

/** What Pages does with addresses that are no files. */
async function addresses() {
  const { page, context, problems } = await open(browser, at(""));
  const style = () => page.evaluate(() => getComputedStyle(document.documentElement).getPropertyValue("--bg") + getComputedStyle(document.body).fontFamily);
  const home = await style();
  await page.goto(at(series[0].replace("/index.html", "")));
  check(page.url().endsWith(`${series[0].replace("index.html", "")}`), "a folder's address leads to the one with a slash");
  equal(problems.splice(0), [], "the way there has no problems");
  for (const path of ["nowhere", "no/such/page/deep/down/", `${series[0]}/x`, ".nojekyll"]) {
    const answer = await page.goto(at(path));
    equal(answer.status(), 404, `${path} is not there`);
    check((await page.textContent("h1")).includes("nothing at this address"), `${path} gives the site's own page`);
    equal(await style(), home, `${path} has the site's style`);
    await page.click("main a");
    equal(page.url(), at(""), `${path} leads to the front page`);
  }
  const others = problems.filter((words) => !words.includes("status of 404"));
  equal(others, [], "404 has no problems of its own");
  await context.close();
}

async function paper() {
  const { page, context } = await open(browser, at(digest), { colorScheme: "dark" });
  await page.emulateMedia({ media: "print", colorScheme: "dark" });
  const shown = (query) => page.$$eval(query, (found) => found.filter((element) => element.checkVisibility()).length);
  equal(await shown(".sections, .crumbs, .tools, .find, .turn"), 0, "paper has no bars");
  equal(await shown("main details:not([open]) > .dek, .brief details > .dek"), await page.$$eval(".main-column details > .dek", (found) => found.filter((p) => !p.parentElement.open || p.closest(".brief")).length), "what is folded is printed");
  equal(await colour(page), "rgb(0, 0, 0)", "ink is black, also for those who read in the dark");
  const pdf = await page.pdf({ format: "A4" });
  check(pdf.length > 10_000, "the digest prints");
  await context.close();
}

for (const test of [keys, colours, way, revisions, unfolding, sideBySide, narrow, firstNews, folderOnly, addresses, paper]) {
  try {
    await test();
  } catch (error) {
    check(false, `${test.name}: ${error.message.split("\n")[0]}`);
  }
}
await finish(browser, site);
