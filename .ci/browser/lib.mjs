// What the tests in a real browser share: a folder served like GitHub Pages, Chromium, and counted checks.
// Depends only on playwright-core, which the audit kit installs.
//
//     const site = await serve(folder, "/lantern/");      // site.url, site.sent() bytes on the wire
//     const browser = await chromium();
//     const { page, problems } = await open(browser, site.url + "index.html");
//     check(await page.title() !== "", "the front page has a title");
//     await finish(browser, site);                        // prints, and exits non-zero on failure
import { createServer } from "node:http";
import { existsSync, readFileSync, statSync } from "node:fs";
import { homedir } from "node:os";
import { extname, join, normalize } from "node:path";
import { gzipSync } from "node:zlib";

const TYPES = {
  ".html": "text/html; charset=utf-8",
  ".css": "text/css; charset=utf-8",
  ".js": "text/javascript; charset=utf-8",
  ".json": "application/json",
  ".txt": "text/plain; charset=utf-8",
  ".svg": "image/svg+xml",
  ".xml": "application/xml",
  ".atom": "application/atom+xml",
  ".mbox": "application/mbox",
  ".png": "image/png",
};
/** What GitHub Pages compresses. */
const SQUEEZED = /^(text\/|application\/(json|xml|atom\+xml)|image\/svg)/;
/** Request and response headers, about: counted for every answer. */
const HEADERS = 300;

/** Serves `folder` under the path `base` (`/x/`) on a free port of this machine, as Pages does: a folder's address
 * without its slash leads to the one with it, a folder without a page is not there, nothing hidden is, and what is not
 * there is `404.html`. */
export async function serve(folder, base = "/") {
  const log = [];
  const packed = new Map();
  const read = (file) => {
    if (!packed.has(file)) {
      const type = TYPES[extname(file)] ?? "application/octet-stream";
      const raw = readFileSync(file);
      const squeezed = SQUEEZED.test(type);
      packed.set(file, { type, squeezed, body: squeezed ? gzipSync(raw, { level: 6 }) : raw });
    }
    return packed.get(file);
  };
  const find = (path) => {
    if (!path.startsWith(base)) return null;
    const below = normalize(`/${decodeURIComponent(path.slice(base.length))}`);
    const file = join(folder, below);
    if (/\/\./.test(below) || !existsSync(file)) return null;
    return statSync(file).isDirectory() ? find(`${path.replace(/\/?$/, "/")}index.html`) : file;
  };
  const missing = join(folder, "404.html");
  const server = createServer((request, response) => {
    const path = new URL(request.url, "http://x").pathname;
    let file = null;
    try { file = find(path); } catch { /* An address that is no UTF-8 is not there. */ }
    if (file?.endsWith("/index.html") && !/\/(index\.html)?$/.test(path)) {
      log.push({ path, bytes: HEADERS, found: true });
      response.writeHead(301, { location: `${path}/` });
      response.end();
      return;
    }
    const { type, squeezed, body } = read(file ?? missing);
    const headers = { "content-type": type, "content-length": body.length, "cache-control": "max-age=600" };
    if (squeezed) headers["content-encoding"] = "gzip";
    log.push({ path, bytes: body.length + HEADERS, found: Boolean(file) });
    response.writeHead(file ? 200 : 404, headers);
    response.end(body);
  });
  await new Promise((ready) => server.listen(0, "127.0.0.1", ready));
  return {
    url: `http://127.0.0.1:${server.address().port}${base}`,
    /** What was asked for since `from`: path, bytes on the wire, whether it was there. */
    log,
    /** The bytes sent since the log had `from` entries. */
    sent: (from = 0) => log.slice(from).reduce((sum, entry) => sum + entry.bytes, 0),
    close: () => new Promise((done) => { server.closeAllConnections(); server.close(done); }),
  };
}

/** Chromium, headless: `$CHROMIUM`, else the system's. */
export async function chromium() {
  const cache = process.env.XDG_CACHE_HOME ?? join(homedir(), ".cache");
  const kit = process.env.SITE_AUDIT_HOME ?? join(cache, "site-audit");
  const { chromium } = await import(join(kit, "node_modules/playwright-core/index.mjs"));
  return chromium.launch({
    executablePath: process.env.CHROMIUM ?? "/usr/bin/chromium",
    args: ["--no-sandbox", "--disable-gpu", "--disable-quic", "--no-first-run",
      "--disable-background-networking", "--disable-component-update", "--disable-sync"],
  });
}

/** A page at `url` in a profile of its own; `problems` fills with what goes wrong on it. */
export async function open(browser, url, options = {}) {
  const context = await browser.newContext({ viewport: { width: 1280, height: 900 }, ...options });
  const page = await context.newPage();
  const problems = [];
  page.on("pageerror", (error) => problems.push(`error: ${error.message}`));
  page.on("console", (said) => { if (said.type() === "error") problems.push(`console: ${said.text()}`); });
  page.on("dialog", (dialog) => { problems.push(`dialog: ${dialog.message()}`); dialog.dismiss(); });
  await page.goto(url, { timeout: 60_000 });
  return { context, page, problems };
}

let passed = 0;
const failed = [];

/** Counts a check; one that does not hold is printed at once. */
export function check(holds, words) {
  if (holds) passed += 1;
  else {
    failed.push(words);
    console.error(`FAIL ${words}`);
  }
  return Boolean(holds);
}

/** The same for two values that are to be equal. */
export function equal(found, expected, words) {
  const [a, b] = [found, expected].map((value) => JSON.stringify(value));
  return check(a === b, `${words}: ${a} is not ${b}`);
}

/** Closes everything, says how it went, and ends the program. */
export async function finish(browser, ...sites) {
  await browser.close();
  await Promise.all(sites.map((site) => site.close()));
  console.log(`${passed} checks hold, ${failed.length} do not`);
  process.exit(failed.length ? 1 : 0);
}
