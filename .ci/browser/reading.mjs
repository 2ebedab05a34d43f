// How long pages read, in a real browser: the front page with two lists, what is new since the last visit, a series of
// 110 patches with its rail, replies in order with their outline, diffs side by side, the life line and what robots say.
//
//     node .ci/browser/reading.mjs PATCHPRESS [FOLDER]
//
// It writes two lists and builds a site of them, which stays in FOLDER if that is given. Windows are 320, 390, 1280 and 1920 pixels wide.
import { execFileSync } from "node:child_process";
import { mkdirSync, mkdtempSync, readdirSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { check, chromium, equal, finish, open, serve } from "./lib.mjs";

const [patchpress, kept] = process.argv.slice(2);
if (!patchpress) {
  console.error("usage: reading.mjs PATCHPRESS");
  process.exit(2);
}
const WIDTHS = [[320, 700], [390, 844], [1280, 900], [1920, 1080]];
const PATCHES = 110, ANSWERS = 67;

/** One mail of March 2026 as an entry of an mbox. */
function mail({ id, day, minute = 0, from, subject, parent, text, list = "lamp" }) {
  const local = from.toLowerCase().replace(/\W+/g, ".");
  const time = `${String(6 + Math.floor(minute / 60)).padStart(2, "0")}:${String(minute % 60).padStart(2, "0")}`;
  return `From mboxrd@z Thu Jan  1 00:00:00 1970\nFrom: ${from} <${local}@example.org>\nTo: ${list}@lists.example.org\n`
    + `Date: ${String(day).padStart(2, "0")} Mar 2026 ${time}:00 +0000\nMessage-ID: <${id}@example.org>\n`
    + `${parent ? `In-Reply-To: <${parent}@example.org>\n` : ""}Subject: ${subject}\n\n${text}\n\n`;
}
const diff = (file, line) => `Signed-off-by: Ann Roe <ann.roe@example.org>\n---\n src/${file}.c | 5 +++--\n 1 file changed, 3 insertions(+), 2 deletions(-)\n\n`
  + `diff --git a/src/${file}.c b/src/${file}.c\nindex 1111111..2222222 100644\n--- a/src/${file}.c\n+++ b/src/${file}.c\n`
  + `@@ -1,5 +1,6 @@ int trim_${file}(void)\n \tif (wick) {\n-\t\tburn(${line});\n-\t\treturn 0;\n+\t\tburn(${line} + 1);\n+\t\tif (oil)\n+\t\t\treturn 1;\n \t}\n \treturn 1;\n`;

const lamp = [];
for (const [version, day] of [["", 3], [" v2", 10]]) {
  const root = `big${day}`;
  lamp.push(mail({ id: root, day, from: "Ann Roe", subject: `[PATCH${version} 000/${PATCHES}] lamp: Trim every wick`, text: "Every wick of every lamp is trimmed here, one file after the other." }));
  for (let n = 1; n <= PATCHES; n += 1) {
    lamp.push(mail({ id: `${root}-${n}`, day, minute: n, from: "Ann Roe", parent: root, subject: `[PATCH${version} ${String(n).padStart(3, "0")}/${PATCHES}] lamp: Trim the wick of the lamp in the ${n}th room of the house`, text: `This wick is too long.\n\n${diff(`room${n}`, n + day)}` }));
  }
}
// A long discussion: questions, objections, tags, some of them deep.
const voices = ["Bob Poe", "Cy Ode", "Dee Fox", "Eve Lund"];
const said = ["Why is the wick not cut before?", "I do not think that this is right, as the oil is gone by then.", "Reviewed-by: NAME <who@example.org>", "It is, and the next version says so in its letter."];
let answered = ["big10"];
for (let n = 1; n <= ANSWERS; n += 1) {
  const from = voices[n % voices.length];
  const parent = answered[(n * 7) % answered.length];
  const text = said[n % said.length].replace("NAME", from).replace("who@", `${from.toLowerCase().replace(" ", ".")}@`);
  lamp.push(mail({ id: `talk${n}`, day: 11, minute: n, from, parent, subject: `Re: [PATCH v2 000/${PATCHES}] lamp: Trim every wick`, text }));
  if (n % 3) answered.push(`talk${n}`);
}
// One patch that robots tested and a maintainer took.
lamp.push(mail({ id: "one", day: 9, from: "Ann Roe", subject: "[PATCH] lamp: Return early", text: `The lamp is dark.\n\n${diff("one", 1)}` }));
lamp.push(mail({ id: "robot", day: 9, minute: 9, from: "kernel test robot", parent: "one", subject: "Re: [PATCH] lamp: Return early", text: "Hi Ann,\n\nkernel test robot noticed the following build errors:\n\n   src/one.c:3: error: oil undeclared\n" }).replace("kernel.test.robot@example.org", "lkp@intel.com"));
lamp.push(mail({ id: "taken", day: 12, from: "Max Hand", parent: "one", subject: "Re: [PATCH] lamp: Return early", text: "Applied, thanks!" }));
lamp.push(mail({ id: "news", day: 12, minute: 40, from: "Max Hand", subject: "[ANNOUNCE] lamp v2.1 released", text: "It burns longer, and needs less oil." }));
// The running week is young.
lamp.push(mail({ id: "young", day: 16, from: "Bob Poe", subject: "[PATCH] lamp: Name the oil", text: `Oil has a name.\n\n${diff("oil", 1)}` }));
lamp.push(mail({ id: "young-reply", day: 16, minute: 9, from: "Eve Lund", parent: "young", subject: "Re: [PATCH] lamp: Name the oil", text: "Which name does it have?" }));
const bell = [
  mail({ id: "bell", day: 10, from: "Cy Ode", list: "bell", subject: "The bell rings at night", text: "It crashes, and then it rings. Who else hears it?" }),
  mail({ id: "bell-reply", day: 11, from: "Dee Fox", list: "bell", parent: "bell", subject: "Re: The bell rings at night", text: "I do, and it is a regression since spring." }),
];

const root = kept ?? mkdtempSync(join(tmpdir(), "reading-"));
mkdirSync(join(root, "archives"), { recursive: true });
writeFileSync(join(root, "archives/lamp.mbox"), lamp.join(""));
writeFileSync(join(root, "archives/bell.mbox"), bell.join(""));
const list = (name) => `[[lists]]\nname = "${name}"\naddress = "${name}@lists.example.org"\narchive = "archives/${name}.mbox"\n`;
writeFileSync(join(root, "site.toml"), `title = "Lamps and bells of the house"\ndescription = "What is posted on two lists, week by week."\nbase_url = "https://example.org/x/"\n${list("lamp")}${list("bell")}[[query]]\nname = "wicks"\ntitle = "Work on wicks"\nperson = "ann.roe@example.org"\n`);
execFileSync(patchpress, ["build", "--quiet", "--root", root]);
const folder = join(root, "public");
const site = await serve(folder, "/x/");
const browser = await chromium();
const at = (path) => site.url + path;
const series = (begins) => `series/${readdirSync(join(folder, "series")).find((name) => name.startsWith(begins))}/`;
const long = series("lamp-trim-every-wick");

const overflow = (page) => page.evaluate(() => document.documentElement.scrollWidth - innerWidth);
const box = (page, query) => page.$eval(query, (node) => { const { left, right, top, bottom } = node.getBoundingClientRect(); return { left, right, top, bottom }; });

/** The last full week leads, the running one is beside it, each list has its place. */
async function front() {
  for (const [width, height] of WIDTHS.slice(1, 3)) {
    const { page, context, problems } = await open(browser, at(""), { viewport: { width, height } });
    const tops = await page.$$eval("main :is(.lead, .tops, .full, .brief)", (all) => all.map((e) => e.getBoundingClientRect().top));
    check(Math.min(...tops) <= 300, `the first news begins at ${Math.round(Math.min(...tops))} where the window is ${width} wide`);
    check((await page.textContent("#latest")).includes("Week 11"), "the last full week leads");
    check((await page.textContent("#beside")).includes("Week 12"), "the running week is beside it");
    equal(await page.$$eval("[aria-labelledby=lists] .lines > li > a", (all) => all.map((a) => a.textContent)), ["lamp", "bell"], "each list has its place");
    check((await page.textContent("[aria-labelledby=lists]")).includes("The bell rings at night"), "and its news");
    equal(problems, [], "front page");
    await context.close();
  }
  for (const [width, height] of WIDTHS) {
    const { page, context } = await open(browser, at("2026/w11/"), { viewport: { width, height } });
    const first = (await box(page, "main .columns")).top;
    check(first <= (width < 400 ? 400 : 300), `the news of a digest begin at ${Math.round(first)} where the window is ${width} wide`);
    if (width > 1000) {
      await page.evaluate(() => scrollTo(0, document.body.scrollHeight / 2));
      const side = await box(page, ".side-column");
      check(side.top < height && side.bottom > 0, "what is in a digest stays in sight");
    }
    await context.close();
  }
}

/** What came since this browser's last visit is marked; the first visit marks nothing, and nothing is sent. */
async function since() {
  for (const [width, height] of WIDTHS) {
    const { page, context, problems } = await open(browser, at(""), { viewport: { width, height } });
    equal(await page.$$eval(".unseen", (all) => all.length), 0, "a first visit marks nothing");
    await page.evaluate(() => localStorage.setItem("seen", "2026-03-09T12:00:00Z"));
    const before = site.log.length;
    await page.goto(at("2026/w11/"));
    await page.goto(at(""));
    await page.goto(at("2026/w11/"));
    check((await page.$$eval(".unseen", (all) => all.length)) > 0, `what is new is marked where the window is ${width} wide`);
    check(site.log.slice(before).every(({ found }) => found), "and nothing else is asked for");
    check((await overflow(page)) <= 0, `marks do not widen the page of ${width}`);
    equal(problems, [], "since the last visit");
    await context.close();
  }
}

/** The outline of a discussion: every message, a place for each, keys, open points, the order of reading. */
async function outline() {
  for (const [width, height] of WIDTHS) {
    const { page, context, problems } = await open(browser, at(long), { viewport: { width, height } });
    await page.click(".outline > summary");
    const links = await page.$$eval(".outline ol a", (all) => all.map((a) => a.hash));
    check(links.length >= ANSWERS, `the outline has ${links.length} messages`);
    const [wrong, pairs] = await page.evaluate(() => {
      const top = (node) => node.getBoundingClientRect().top;
      const all = [...document.querySelectorAll(".by .parent")].map((a) => [a.closest("[id]"), document.querySelector(a.hash)]);
      const known = all.filter(([, parent]) => parent);
      return [known.filter(([own, parent]) => top(parent) > top(own)).length, known.length];
    });
    check(pairs > ANSWERS / 2 && !wrong, `${wrong} of ${pairs} replies stand above what they answer`);
    const places = await page.$$eval(".place > a:first-child", (all) => all.map((a) => a.textContent));
    check(places.some((place) => place.startsWith("12 of")), `places are told: ${places.slice(0, 3)}`);
    await page.keyboard.press("r");
    await page.keyboard.press("r");
    const here = await page.$eval(".replies .cursor", (node) => node.id);
    await page.keyboard.press("a");
    check((await page.evaluate(() => location.hash)) !== `#${here}`, "`a` leads to what is answered");
    check((await page.$$(".open-points li")).length > 0, "open points are listed");
    check((await page.$$(".mark")).length > 0, "a reply that is only a tag is a mark");
    check((await overflow(page)) <= 0, `the outline fits in ${width} px`);
    equal(problems, [], "outline");
    await context.close();
  }
}

/** A rail of 110 patches: beside the text and inside the window, or folded before the letter. */
async function rail() {
  for (const [width, height] of WIDTHS) {
    const { page, context } = await open(browser, at(long), { viewport: { width, height } });
    check((await overflow(page)) <= 0, `${PATCHES} patches fit in ${width} px`);
    const letter = await page.$eval(".patch", (node) => node.getBoundingClientRect().top);
    if (width < 1200) {
      check(letter < 2000, `the letter begins at ${Math.round(letter)} px where the window is ${width} wide`);
      await page.click(".patch-list > summary");
      check(await page.locator(".patch-table tr").last().isVisible(), "the list of patches unfolds");
    } else {
      await page.evaluate(() => scrollTo(0, 1500));
      const [beside, text] = [await box(page, ".rail"), await box(page, ".text")];
      check(beside.left >= text.right, "the rail is beside the text");
      check(beside.bottom - beside.top <= height && beside.top >= 0, "and stays in the window");
      const button = await box(page, ".split");
      check(button.right <= beside.left, "the button for side by side is not over it");
      await page.locator(".patch-table tr").last().scrollIntoViewIfNeeded();
      const last = await box(page, ".patch-table tbody tr:last-child");
      check(last.bottom <= height + 1 && last.top >= 0, "its last patch can be reached");
    }
    await context.close();
  }
}

/** Code keeps its tabs side by side. */
async function tabs() {
  for (const [width, height] of WIDTHS.slice(2)) {
    const { page, context } = await open(browser, at(long), { viewport: { width, height } });
    const indents = () => page.evaluate(() => [...document.querySelectorAll(".file pre a:not(.c)")].slice(0, 12).map((line) => {
      const walker = document.createTreeWalker(line, NodeFilter.SHOW_TEXT);
      for (let node = walker.nextNode(); node; node = walker.nextNode()) {
        const at = node.data.search(/[^\s+-]/);
        if (at < 0) continue;
        const range = document.createRange();
        range.setStart(node, at);
        range.setEnd(node, at + 1);
        return Math.round(range.getBoundingClientRect().left - line.getBoundingClientRect().left);
      }
      return 0;
    }));
    await page.locator(".file").first().scrollIntoViewIfNeeded();
    const one = await indents();
    await page.check("#split");
    await page.locator(".file").first().scrollIntoViewIfNeeded();
    const two = await indents();
    const moved = one.map((left, n) => left - two[n]);
    check(one.some((left) => left > 100), `code is indented: ${one}`);
    check(moved.every((by) => Math.abs(by - moved[0]) <= 2), `side by side at ${width} px tabs stay: ${one} / ${two}`);
    check((await overflow(page)) <= 0, `side by side fits in ${width} px`);
    await context.close();
  }
}

/** What became of a patch, and what robots found. */
async function life() {
  for (const [width, height] of WIDTHS) {
    const { page, context } = await open(browser, at(series("lamp-return-early")), { viewport: { width, height } });
    check((await overflow(page)) <= 0, `life and robots fit in ${width} px`);
    const steps = await page.$$eval(".life .step", (all) => all.map((step) => [step.textContent.trim(), step.getBoundingClientRect().right <= innerWidth]));
    check(steps.length >= 2 && steps.every(([, fits]) => fits), `the life line is whole: ${steps}`);
    const robots = await page.$$eval("main", ([main]) => main.textContent.includes("kernel test robot"));
    check(robots, "the robot's result is there");
    await context.close();
  }
}

for (const test of [front, since, outline, rail, tabs, life]) {
  try {
    await test();
  } catch (error) {
    check(false, `${test.name}: ${error.message.split("\n")[0]}`);
  }
}
if (!kept) rmSync(root, { recursive: true });
await finish(browser, site);
