// Optional help for readers: colours, keys, the way back to the digest. Every page is readable without it.
// It is loaded with `async`, so it sets colours as soon as it arrives, mostly before the browser draws anything; the
// rest waits for the page. The script sends nothing: all choices stay in this browser.
"use strict";
(() => {
  const root = document.documentElement;
  const $ = (query, from = document) => from.querySelector(query);
  const $$ = (query) => [...document.querySelectorAll(query)];

  // A browser may forbid storage; then a choice applies to one page.
  const keep = (store, key, value) => {
    try {
      if (value === undefined) return window[store].getItem(key);
      value ? window[store].setItem(key, value) : window[store].removeItem(key);
    } catch { /* nothing is kept */ }
    return null;
  };

  let theme = keep("localStorage", "theme") || "";
  const paint = () => {
    if (theme) root.dataset.theme = theme;
    else delete root.dataset.theme;
  };
  paint();

  const make = (name, fields = {}, ...inner) => {
    const element = Object.assign(document.createElement(name), fields);
    element.append(...inner);
    return element;
  };

  let keys = keep("localStorage", "keys") !== "off";
  let help;

  /** The items for `j` and `k`: the patches of a series, otherwise the rows of a list. */
  const items = () => {
    const patches = $$("main .patch");
    return patches.length ? patches : $$("main .row, main .story, main .lines > li:has(> a)");
  };
  /** The next or the previous one of `all` from the reader's position. */
  const step = (all, by) => {
    if (!all.length) return;
    const here = all.indexOf($(".cursor"));
    const top = (element) => element.getBoundingClientRect().top;
    let to = here + by;
    if (here < 0) {
      const below = all.findIndex((element) => top(element) > 8);
      to = by > 0 ? below : (below < 0 ? all.length : below) - 1;
    }
    const goal = all[to];
    if (!goal) return;
    $(".cursor")?.classList.remove("cursor");
    goal.classList.add("cursor");
    for (let up = goal.parentElement; up; up = up.parentElement) if (up.localName === "details") up.open = true;
    goal.scrollIntoView({ block: "start" });
    ($("h2 a, h3 a, a", goal) || goal).focus({ preventScroll: true });
  };
  const go = (link) => link && link.click();

  /** The revision before or after this one; on digests and pages of years, the digest or year before or after. */
  const turn = (by) => {
    const here = $(".revisions [aria-current]");
    if (!here) return go($(by < 0 ? "[rel=prev]" : "[rel=next]"));
    const all = $$(".revisions li:not(.versus) > a");
    go(all[all.indexOf(here) + by]);
  };
  const unfold = () => {
    const all = $$("main details");
    const open = all.some((one) => !one.open);
    all.forEach((one) => { one.open = open; });
  };

  const KEYS = {
    j: [`{{ t(key="key-next") }}`, () => step(items(), 1)],
    k: [`{{ t(key="key-previous") }}`, () => step(items(), -1)],
    n: [`{{ t(key="key-next-file") }}`, () => step($$(".file"), 1)],
    p: [`{{ t(key="key-previous-file") }}`, () => step($$(".file"), -1)],
    r: [`{{ t(key="key-next-reply") }}`, () => step($$("main .replies li[id]"), 1)],
    R: [`{{ t(key="key-previous-reply") }}`, () => step($$("main .replies li[id]"), -1)],
    a: [`{{ t(key="key-answered") }}`, () => go($(".cursor > .by .parent"))],
    "[": [`{{ t(key="key-older") }}`, () => turn(-1)],
    "]": [`{{ t(key="key-newer") }}`, () => turn(1)],
    "{": [`{{ t(key="key-series-before") }}`, () => go($(".from .before"))],
    "}": [`{{ t(key="key-series-after") }}`, () => go($(".from .after"))],
    u: [`{{ t(key="key-up") }}`, () => go($(".from .up") || $$(".crumbs a").pop())],
    e: [`{{ t(key="key-unfold") }}`, unfold],
    "/": [`{{ t(key="key-search") }}`, () => $("[type=search]")?.focus()],
    "?": [`{{ t(key="key-help") }}`, () => explain()],
  };

  const explain = () => {
    if (!help) {
      const list = make("dl");
      for (const [key, [words]] of Object.entries(KEYS)) {
        list.append(make("dt", {}, make("kbd", {}, key)), make("dd", {}, words));
      }
      const box = make("input", { type: "checkbox", checked: keys });
      box.addEventListener("change", () => {
        keys = box.checked;
        keep("localStorage", "keys", keys ? "" : "off");
      });
      const form = make("form", { method: "dialog" }, make("label", {}, box, `{{ t(key="keys-single") }}`), make("button", {}, `{{ t(key="keys-close") }}`));
      help = make("dialog", { className: "keys" }, make("h2", { id: "keys" }, `{{ t(key="keys") }}`), list, form);
      help.setAttribute("aria-labelledby", "keys");
      document.body.append(help);
    }
    if (!help.open) help.showModal();
  };

  const press = (event) => {
    const { key, target } = event;
    if (!keys || event.defaultPrevented || event.ctrlKey || event.altKey || event.metaKey || help?.open) return;
    if (target.isContentEditable || /^(INPUT|TEXTAREA|SELECT)$/.test(target.tagName)) return;
    if (!Object.hasOwn(KEYS, key)) return;
    event.preventDefault();
    KEYS[key][1]();
  };

  const path = (link) => link.pathname.replace(/index\.html$/, "");

  /** Keeps the last digest in this tab, with its rows in order. */
  const remember = () => {
    const seen = new Map();
    for (const link of $$(".main-column :is(.row h3, .lines > li) > a")) {
      if (!seen.has(path(link))) seen.set(path(link), [link.href, link.textContent]);
    }
    const digest = { title: $("h1").textContent, url: location.href.replace(/#.*/, ""), rows: [...seen.values()] };
    keep("sessionStorage", "from", JSON.stringify(digest));
  };
  /** On a page to which the kept digest links: links to the rows before and after it, and up. */
  const lead = () => {
    let from;
    try { from = JSON.parse(keep("sessionStorage", "from")); } catch { /* not ours */ }
    const at = from?.rows?.findIndex(([url]) => path(new URL(url)) === path(location));
    if (!(at >= 0)) return;
    const bar = make("nav", { className: "from" });
    bar.setAttribute("aria-label", `{{ t(key="in-digest", digest=from.title) }}`);
    const link = (row, mark, name) => row && bar.append(make("a", { href: row[0], className: name, title: row[1] }, mark(row[1])));
    link([from.url, from.title], (title) => `↑ {{ t(key="place-in-digest", digest=title, place=at + 1, all=from.rows.length) }}`, "up");
    link(from.rows[at - 1], (title) => `← ${title}`, "before");
    link(from.rows[at + 1], (title) => `${title} →`, "after");
    const crumbs = $(".crumbs");
    crumbs ? crumbs.replaceWith(bar) : $("main").prepend(bar);
  };

  const since = () => {
    const told = $("[data-as-of]");
    const now = told?.dataset.asOf;
    const last = keep("localStorage", "seen");
    if (now && last !== now) {
      if (last) keep("sessionStorage", "since", last);
      keep("localStorage", "seen", now);
    }
    const from = keep("sessionStorage", "since");
    if (!from) return;
    const isNew = (time) => Date.parse(time.dateTime) > Date.parse(from);
    const rows = $$(".main-column :is(.row, .lines > li)").filter((row) => [...row.querySelectorAll("time")].some(isNew));
    rows.forEach((row) => $("h3, a", row).prepend(make("span", { className: "unseen" }, `{{ t(key="since-new") }}`), " "));
    const count = rows.length;
    if (told && count) told.append(` · {{ t(key="since-count", n=count) }}`);
  };

  const begin = () => {
    const names = { "": `{{ t(key="colours-auto") }}`, light: `{{ t(key="colours-light") }}`, dark: `{{ t(key="colours-dark") }}` };
    const colours = make("button", { type: "button" });
    const tell = () => { colours.textContent = `{{ t(key="colours", name=names[theme]) }}`; };
    colours.addEventListener("click", () => {
      theme = { "": "light", light: "dark", dark: "" }[theme];
      keep("localStorage", "theme", theme);
      paint();
      tell();
    });
    if (!(theme in names)) theme = "";
    tell();
    const about = make("button", { type: "button" }, `{{ t(key="keys") }}`);
    about.addEventListener("click", explain);
    $(".masthead").append(make("div", { className: "tools" }, colours, about));
    document.addEventListener("keydown", press);

    since();
    if (document.body.classList.contains("digest-page")) remember();
    else if (document.body.classList.contains("series-page")) lead();

    // Browsers without `::details-content` print only open parts.
    let opened = [];
    addEventListener("beforeprint", () => {
      opened = $$("details:not([open])");
      opened.forEach((one) => { one.open = true; });
    });
    addEventListener("afterprint", () => opened.forEach((one) => { one.open = false; }));
  };
  if (document.readyState === "loading") document.addEventListener("DOMContentLoaded", begin);
  else begin();
})();
