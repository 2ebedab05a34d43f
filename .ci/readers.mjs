// What three feed readers in Node see of the feeds that a site offers: readers.mjs NODE_MODULES SITE…
//
// Each reads every feed of feeds/feeds.opml. All must see the same entries, and no entry twice in one feed or in two.
// Prints the number of entries.
import { readFileSync } from "node:fs";
import { createRequire } from "node:module";
import { join, resolve } from "node:path";

const [modules, ...sites] = process.argv.slice(2);
const load = createRequire(join(resolve(modules), "x.js"));
const Parser = load("rss-parser");
const FeedMe = load("feedme");
const { parseFeed, parseOpml } = load("feedsmith");

const readers = {
  "rss-parser": async (text) => (await new Parser().parseString(text)).items.map((item) => item.id ?? item.guid),
  feedme: (text) =>
    new Promise((done, failed) => {
      const ids = [];
      const id = (value) => (typeof value === "object" ? value.text : value);
      const feed = new FeedMe();
      feed.on("item", (item) => ids.push(id(item.id ?? item.guid)));
      feed.on("error", failed);
      feed.on("finish", () => done(ids));
      feed.end(text);
    }),
  feedsmith: async (text) => {
    const { feed } = parseFeed(text);
    return (feed.entries ?? feed.items).map((entry) => entry.id ?? entry.guid?.value);
  },
};

for (const site of sites) {
  const opml = readFileSync(join(site, "feeds/feeds.opml"), "utf8");
  const outlines = parseOpml(opml).body.outlines;
  const files = outlines.map(({ xmlUrl }) => join(site, path(xmlUrl, site)));
  const seen = {};
  for (const [name, read] of Object.entries(readers)) {
    seen[name] = [];
    for (const file of files) {
      const ids = await read(readFileSync(file, "utf8"));
      if (ids.some((id) => !id)) throw new Error(`${name}: an entry of ${file} has no id`);
      seen[name].push(...ids);
    }
    const times = seen[name].length - new Set(seen[name]).size;
    if (times) throw new Error(`${name} sees ${times} entries of ${site} twice`);
  }
  const [first, ...others] = Object.values(seen).map((ids) => ids.sort().join("\n"));
  if (others.some((ids) => ids !== first)) throw new Error(`they do not see the same of ${site}`);
  console.log(`${site}: ${files.length} feeds, ${seen.feedme.length} entries, each once, by ${Object.keys(readers).join(", ")}`);
}

/** The path of a feed below the site's folder: the longest end of its address that is a file. */
function path(url, site) {
  const parts = new URL(url).pathname.split("/").filter(Boolean);
  for (let from = 0; from < parts.length; from++) {
    const path = parts.slice(from).join("/");
    try {
      readFileSync(join(site, path));
      return path;
    } catch {}
  }
  throw new Error(`${url} is not in ${site}`);
}
