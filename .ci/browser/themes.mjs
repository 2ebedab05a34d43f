// A theme in a real browser: every kind of page in light and dark, on a phone and on a desktop, with axe.
//
//     node .ci/browser/themes.mjs SITE_DIR [BASE]
import { existsSync, readFileSync, readdirSync } from "node:fs";
import { homedir } from "node:os";
import { join } from "node:path";
import { check, chromium, equal, finish, open, serve } from "./lib.mjs";

const [folder, base = "/"] = process.argv.slice(2);
if (!folder || !existsSync(join(folder, "index.html"))) {
  console.error("usage: themes.mjs SITE_DIR [BASE]: there is no site in that folder");
  process.exit(2);
}

/** The longest page of each kind, which is the one with most on it, and one of the shortest. */
function kinds() {
  const found = new Map();
  const walk = (from) => {
    for (const entry of readdirSync(join(folder, from), { withFileTypes: true })) {
      const path = from + entry.name;
      if (entry.isDirectory()) walk(`${path}/`);
      else if (path.endsWith(".html")) {
        const text = readFileSync(join(folder, path), "utf8");
        const kind = /<body class=([a-z0-9-]+)-page/.exec(text)?.[1];
        if (kind) found.set(kind, [...(found.get(kind) ?? []), { path, length: text.length }]);
      }
    }
  };
  walk("");
  return [...found].map(([kind, pages]) => {
    pages.sort((a, b) => b.length - a.length || (a.path < b.path ? -1 : 1));
    return [kind, [...new Set([pages[0].path, pages.at(-1).path])]];
  });
}

const cache = process.env.XDG_CACHE_HOME ?? join(homedir(), ".cache");
const kit = process.env.SITE_AUDIT_HOME ?? join(cache, "site-audit");
const axe = readFileSync(join(kit, "node_modules/axe-core/axe.min.js"), "utf8");

const site = await serve(folder, base);
const browser = await chromium();

async function look(kind, path, width, colorScheme) {
  const viewport = { width, height: width < 500 ? 844 : 900 };
  // The page's policy would block axe, which is a script of the test.
  const { page, context, problems } = await open(browser, site.url + path, { viewport, colorScheme, bypassCSP: true });
  const where = `${kind} (${path}) at ${width}, ${colorScheme}`;
  const wide = await page.evaluate(() => {
    const room = document.documentElement.clientWidth;
    return document.documentElement.scrollWidth > room ? document.documentElement.scrollWidth - room : 0;
  });
  equal(wide, 0, `${where}: nothing stands out to the right`);
  await page.evaluate(axe);
  const { violations } = await page.evaluate(() => window.axe.run(document, { resultTypes: ["violations"] }));
  const told = violations.map((found) => `${found.id}: ${found.nodes[0].target.join(" ")} ${found.nodes[0].failureSummary}`);
  check(told.length === 0, `${where}: axe: ${told.join("; ")}`);
  equal(problems, [], `${where}: no problem`);
  await context.close();
}

/** Ink on paper is black, also for those who read in the dark. */
async function paper(path) {
  const { page, context } = await open(browser, site.url + path, { colorScheme: "dark" });
  await page.emulateMedia({ media: "print", colorScheme: "dark" });
  equal(await page.evaluate(() => getComputedStyle(document.body).color), "rgb(0, 0, 0)", "ink is black");
  await context.close();
}
await paper("");

for (const [kind, paths] of kinds()) {
  for (const path of paths) {
    for (const width of [390, 1280]) {
      for (const colorScheme of ["light", "dark"]) await look(kind, path, width, colorScheme);
    }
  }
}
await finish(browser, site);
