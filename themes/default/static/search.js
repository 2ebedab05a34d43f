// Search in the index beside the search page (format: src/search/mod.rs). It makes only text nodes. Its texts come from the catalogue.
"use strict";
(() => {
  const forms = [...document.querySelectorAll("form[role=search]")];
  if (!forms.length) return;
  // Only the search page itself links to itself without the folder's name.
  const [, root = "../"] = /^(.*)search\/(?:index\.html)?$/.exec(forms[0].getAttribute("action")) ?? [];
  const page = document.getElementById("results");
  const help = document.querySelector(".search-help");
  const SHOWN = 10, MORE = 20, FILES = 12, WAIT = 120, LONGEST = 1000, TERMS = 16;

  const files = new Map();
  const load = (name, key, read) => {
    if (!files.has(name)) {
      const got = fetch(`${root}search/${name}${key ? `?k=${key}` : ""}`, key ? {} : { cache: "no-cache" })
        .then((answer) => {
          if (!answer.ok) throw new Error(`${name}: ${answer.status}`);
          return answer.text();
        })
        .then(read);
      got.catch(() => files.delete(name));
      files.set(name, got);
    }
    return files.get(name);
  };
  const index = () => load("index.json", "", JSON.parse);
  const segmentOf = ({ segments }, entry) => segments.findLast(({ first }) => first <= entry);

  const shardName = (start) =>
    `w${start && "-"}${start.replace(/[^a-z0-9]/g, (c) => `_${c.charCodeAt(0).toString(16)}_`)}.txt`;
  const readShard = (text) => {
    let word = "";
    return text.split("\n").filter(Boolean).map((line) => {
      const end = line.indexOf(" ");
      word = word.slice(0, parseInt(line[0], 36)) + line.slice(1, end);
      return [word, line.slice(end + 1)];
    });
  };

  /** The lines of the words `from` … `to`, with their segments; at most `most` shards of each. */
  async function scan(from, to, most, newest = Infinity) {
    const { segments } = await index();
    const all = await Promise.all(segments.slice(-newest).map(async (segment) => {
      const { name, shards, key } = segment;
      const first = shards.findLastIndex((start) => start <= from);
      const wanted = shards.slice(first, first + most).filter((start, n) => !n || start <= to);
      const lines = await Promise.all(wanted.map((start) => load(`${name}/${shardName(start)}`, key, readShard)));
      return lines.flat().map(([word, postings]) => [word, postings, segment]);
    }));
    return all.flat().filter(([word]) => word >= from && word <= to);
  }

  const PEOPLE = " ()*+,-/:;<=>?@[", PARTS = "ABCDEFGHIJKLMNOPQRSTUVWXYZ!#$%&'", DIGITS = "0123456789abcdefghijklmnopqrstuv";
  function decode([, text, { first }], each) {
    let entry = first, skip = 0, unit = 0, people = 0, inUnit = false;
    for (const c of text) {
      const digit = DIGITS.indexOf(c);
      if (digit >= 0) inUnit ? (unit = unit * 32 + digit) : (skip = skip * 32 + digit);
      else if (c === ".") inUnit = true;
      else if (PEOPLE.includes(c)) people = PEOPLE.indexOf(c);
      else if (c !== "~") {
        entry += skip;
        each(entry, PARTS.indexOf(c) | (people << 5), unit);
        entry += 1;
        skip = unit = people = 0;
        inUnit = false;
      }
    }
  }

  async function rows(entries) {
    const all = await index();
    const one = async (entry) => {
      const { name, key, first } = segmentOf(all, entry);
      const at = entry - first;
      return (await load(`${name}/r${Math.floor(at / all.rows)}.json`, key, JSON.parse))[at % all.rows];
    };
    return Promise.all(entries.map(one));
  }

  // Splits words by the same rules as the index.
  const MARKS = /[\u0300-\u036f]/g;
  const LATIN = new Map(Object.entries({ đ: "d", ð: "d", ħ: "h", ı: "i", ł: "l", ø: "o", ŧ: "t", æ: "ae", œ: "oe", ß: "ss", þ: "th" }));
  const fold = (text) => [...text].map((c) => c.toLowerCase()).join("").replace(MARKS, "")
    .replace(/[ß-žǎșț]/g, (c) => LATIN.get(c) ?? c.normalize("NFD").replace(MARKS, ""));
  const JOINTS = /[_\-./:@]/;
  const GAPS = /[^\p{Alphabetic}\p{N}_\-./:@]+|[\u{10000}-\u{10ffff}]+|[_\-./:@]{2,}/u;
  // Chinese and Japanese: each two characters are a word.
  const GAPLESS = /[\u3040-\u30ff\u3400-\u9fff\uf900-\ufaff]+/g;
  const pairs = (run) => ` ${[...run].slice(1).map((c, n) => run[n] + c).join(" ") || run} `;
  const runs = (text) => fold(text).replace(GAPLESS, pairs).split(GAPS).map((run) => run.replace(/^[_\-./:@]+|[_\-./:@]+$/g, "")).filter(Boolean);
  const keep = (word) => (/^[0-9a-f]{13,}$/.test(word) ? word.slice(0, 12) : word);
  const atoms = (run) => run.split(JOINTS).filter((atom) => atom.length > 1 || /[^\0-\x7f]/.test(atom)).map(keep);

  const looks = (terms) => terms.flatMap(({ word, phrase }) => phrase?.split(" ") ?? atoms(word ?? ""));
  const NUMBER = /^v?(\d+(?:\.\d+)+)$/;
  const spellings = (word) => {
    const [, digits] = NUMBER.exec(word) ?? [];
    return digits ? [digits, `v${digits}`] : [word];
  };

  const TITLE = 1, SUBJECT = 2, PATH = 4, BODY = 8, REPLY = 16, FUNCTION = 32, AUTHOR = 64, REVIEWER = 128, ANSWERED = 256;
  const ALL = 511, TEXTS = BODY | REPLY;
  const WORTH = [12, 8, 5, 2, 1, 5, 4, 2.5, 1.5];
  const FIELDS = new Map(Object.entries({
    s: TITLE | SUBJECT, subject: TITLE | SUBJECT, f: AUTHOR, from: AUTHOR, author: AUTHOR, a: AUTHOR | REVIEWER | ANSWERED, t: REVIEWER | ANSWERED, c: REVIEWER | ANSWERED,
    tc: REVIEWER | ANSWERED, r: REVIEWER, b: TEXTS, nq: TEXTS, bs: TITLE | SUBJECT | TEXTS, dfn: PATH, file: PATH, dfhh: FUNCTION,
  }));
  const FACTS = new Map(Object.entries({ is: states, state: states, status: states, v: versions, d: days, list: lists, l: lists, in: lists }));
  const END = "\uffff";

  const KINDS = ["waiting", "ready", "rfc", "resend", "series", "pull", "report"];
  // Words of failures, and names of tests.
  const HARMS = /^((bug|crash|hang|oops|panic|regression|syzbot|warning)s?|[a-z]+\/\d{3})$/, REPORTED = /^(open|fix|clo)/;
  const known = () => [...Object.keys(STATES).filter((name) => !/ /.test(name)), ...KINDS];
  const isUnknown = ({ key, value }) => FACTS.get(key) === states && !(value && known().some((name) => name.startsWith(value)));
  function states(value, open) {
    const end = open ? END : "";
    return [[`:s${value}`, `:s${value}${end}`], [`:k${value}`, `:k${value}${end}`]];
  }
  function lists(value) { return [[`:l${value}`, `:l${value}${END}`]]; }
  function versions(value) {
    const [, sign, from, dots, to] = /^([<>]?=?)v?(\d*)(\.\.)?v?(\d*)$/.exec(value) ?? [];
    const name = (n) => `:v${String(Math.min(Math.max(n, 0), 9999)).padStart(4, "0")}`;
    if (!from && !to) return [];
    if (dots) return [[name(Number(from)), name(to ? Number(to) : 9999)]];
    const n = Number(from);
    if (sign[0] === ">") return [[name(sign === ">" ? n + 1 : n), name(9999)]];
    if (sign[0] === "<") return [[name(0), name(sign === "<" ? n - 1 : n)]];
    return [[name(n), name(n)]];
  }
  function date(text) {
    const [, count, unit] = /^(\d+|last)\.(day|week|month|year)s?(?:\.ago)?$/.exec(text) ?? [];
    if (text !== "today" && text !== "yesterday" && !unit) return /^[\d-]{4,10}$/.test(text) ? text.replaceAll("-", "") : "";
    const day = new Date();
    const n = text === "today" ? 0 : Number(count) || 1;
    if (unit === "month") day.setMonth(day.getMonth() - n);
    else if (unit === "year") day.setFullYear(day.getFullYear() - n);
    else day.setDate(day.getDate() - n * (unit === "week" ? 7 : 1));
    return day.toISOString().slice(0, 10).replaceAll("-", "");
  }
  function days(value) {
    const [from, to] = value.includes("..") ? value.split("..", 2).map(date) : [date(value), date(value)];
    if (!from && !to) return [];
    return [[`:d${from.padEnd(8, "0")}`, `:d${(to || "9").padEnd(8, "9")}`]];
  }

  function parse(query) {
    const terms = [];
    const pattern = /(-?)(?:([a-z]+):)?(?:"([^"]*)"?|(\S+|(?<=:)))/gi;
    for (const { index: at, 1: minus, 2: written, 3: quoted, 4: bare } of query.slice(0, LONGEST).matchAll(pattern)) {
      // An exclusion is everything after one minus.
      const not = minus && at + 1;
      const key = written?.toLowerCase();
      const value = quoted ?? bare;
      if (terms.length >= TERMS) break;
      if (FACTS.has(key)) {
        if (value || FACTS.get(key) === states) terms.push({ not, fact: true, key, value: value.toLowerCase() });
        continue;
      }
      const fields = FIELDS.get(key);
      const words = runs(fields || !written ? value : `${written}:${value}`).map(keep).filter((word) => atoms(word).length || NUMBER.test(word));
      if (!not && quoted !== undefined && words.length > 1 && !((fields ?? 0) & ~(TITLE | SUBJECT))) {
        const [pair] = words.slice(1).map((word, n) => `+${words[n]}+${word}`).sort((one, other) => other.length - one.length);
        terms.push({ word: pair, fields: TITLE | SUBJECT, phrase: words.join(" ") });
        continue;
      }
      for (const word of words) terms.push({ not, word, fields: fields ?? ALL });
    }
    const last = terms.at(-1);
    if (last && !/[\s"]$/.test(query)) last.open = true;
    return terms;
  }

  function worth(fields) {
    let most = 0, sum = 0;
    for (let bit = 0; bit < 9; bit += 1) {
      if (fields & (1 << bit)) {
        sum += WORTH[bit];
        most = Math.max(most, WORTH[bit]);
      }
    }
    return most + (sum - most) / 8;
  }

  /** The entries with a word. `common`: segments in which too many entries have it to list all. */
  async function withWord(word, fields, open) {
    const found = new Map();
    const common = new Set();
    const written = spellings(word);
    const isOpen = open || NUMBER.test(word);
    // `folio` also finds `folios`.
    const many = /^[a-z]{4,}$/.test(word) && fields & TITLE ? `${word}s` : "";
    const lines = (await Promise.all(written.map((form) => scan(form, isOpen ? form + END : many || form, 3)))).flat();
    for (const line of lines) {
      const [seen, postings, segment] = line;
      if (!isOpen && many && seen !== word && seen !== many) continue;
      const exact = written.includes(seen) ? 1 : seen === many || (seen.startsWith(word) && word.includes("/")) ? 0.9 : 0.5;
      if (postings[0] === "~" && fields & TEXTS) common.add(segment);
      decode(line, (entry, all, unit) => {
        const here = all & fields;
        if (!here) return;
        // Whose work it is counts more than who sent a patch of it.
        const score = worth(here) * exact * (here !== AUTHOR || !unit ? 1 : fields === AUTHOR ? -1 : 0.6);
        const before = found.get(entry);
        if (!before || before.score < score) found.set(entry, { score, fields: here, unit, word: seen.replace(/\+/g, " ").trim() });
      });
    }
    return { found, common };
  }

  async function match(term) {
    if (term.fact) {
      const found = new Map();
      const lines = await Promise.all(FACTS.get(term.key)(term.value, term.open).map(([from, to]) => scan(from, to, 99)));
      for (const line of lines.flat()) decode(line, (entry, fields, unit) => found.set(entry, { score: 0, fields: 0, unit }));
      return { found, common: new Set() };
    }
    const { word, fields, open } = term;
    const whole = await withWord(word, fields, open || word.includes("/"));
    const parts = atoms(word);
    // The parts of a path or a function are looked up only if nothing has the whole name.
    const enough = word.includes("/") || !(fields & ~(PATH | FUNCTION)) ? 1 : SHOWN;
    if (parts.length < 2 || whole.common.size || whole.found.size >= enough) return whole;
    // Entries with all parts in one field rank below those with the whole word.
    const each = await Promise.all(parts.map((part, n) => withWord(part, fields, open && n === parts.length - 1)));
    const closed = each.filter((one) => !one.common.size);
    for (const [entry, hit] of closed[0]?.found ?? []) {
      const others = closed.map((one) => one.found.get(entry)?.fields ?? 0);
      const shared = others.reduce((a, b) => a & b, fields);
      if (shared && !whole.found.has(entry)) whole.found.set(entry, { ...hit, fields: shared, score: worth(shared) / 3 });
    }
    return whole;
  }

  /** The results of a query, best first. */
  async function find(terms) {
    const all = await index();
    const matches = await Promise.all(terms.map(match));
    const results = new Map();
    const wanted = matches.filter((_, n) => !terms[n].not);
    const barred = new Map();
    terms.forEach(({ not }, n) => not && barred.set(not, [...(barred.get(not) ?? []), matches[n].found]));
    const closed = wanted.filter((one) => !one.common.size);
    const from = closed.length ? [closed.reduce((a, b) => (b.found.size < a.found.size ? b : a))] : wanted;
    for (const entry of from.flatMap((one) => [...one.found.keys()])) {
      const segment = segmentOf(all, entry);
      if (!wanted.every(({ found, common }) => found.has(entry) || common.has(segment))) continue;
      if ([...barred.values()].some((each) => each.every((found) => found.has(entry)))) continue;
      let score = 0;
      const hits = [];
      for (const one of wanted) {
        const hit = one.found.get(entry);
        if (!hit) continue;
        score += hit.score * (1 + Math.log(all.entries / one.found.size) / 4);
        if (hit.fields) hits.push(hit);
      }
      results.set(entry, { entry, score: Math.round(score), hits });
    }
    return [...results.values()].sort((a, b) => b.score - a.score || b.entry - a.entry);
  }

  /** A word, with and without each of its letters: similar words share one of these. */
  const cuts = (word) => [word, ...[...word].map((_, n) => word.slice(0, n) + word.slice(n + 1))];
  async function corrected(query, terms) {
    let text = query;
    for (const { word, not, fields } of terms) {
      if (!word || not || word.length < 4 || /\W/.test(word)) continue;
      const { found, common } = await withWord(word, fields, false);
      if (found.size || common.size) continue;
      const [own, near] = [cuts(word), new Map()];
      for (const [seen, postings] of await scan(word.slice(0, 2), word.slice(0, 2) + END, 3, 4)) {
        if (cuts(seen).some((cut) => own.includes(cut))) near.set(seen, (near.get(seen) ?? 0) + postings.length);
      }
      const [best] = [...near].sort(([, a], [, b]) => b - a);
      if (!best) return "";
      text = text.replace(new RegExp(word, "i"), best[0]);
    }
    return text !== query && text;
  }

  function idOf(query) {
    let text = query.trim();
    const named = /^(m|mid|msgid|message-id):/i.exec(text);
    if (named) text = text.slice(named[0].length).trim();
    if (/^https?:\/\//i.test(text)) {
      const parts = text.split(/[?#]/)[0].split("/").slice(3);
      text = parts.map((part) => { try { return decodeURIComponent(part); } catch { return part; } }).find((part) => part.includes("@")) ?? "";
    }
    text = text.replace(/^<|>$/g, "");
    const id = named || /^[^\s"@]+@[^\s"@]+$/.test(text) || /^\d{8}-.+-[0-9a-f]{6,}$/.test(text) || /^I[0-9a-f]{40}$/.test(text);
    return id && !/\s/.test(text) && text.length < LONGEST ? text : "";
  }

  /** SHA-1 in hex, which browsers offer only on https. */
  function sha1(text) {
    const bytes = new TextEncoder().encode(text);
    const data = new DataView(new ArrayBuffer(((bytes.length + 72) >> 6) << 6));
    bytes.forEach((byte, at) => data.setUint8(at, byte));
    data.setUint8(bytes.length, 0x80);
    data.setUint32(data.byteLength - 4, bytes.length * 8);
    const roll = (n, by) => (n << by) | (n >>> (32 - by));
    let state = [0x67452301, 0xefcdab89, 0x98badcfe, 0x10325476, 0xc3d2e1f0];
    const w = [];
    for (let at = 0; at < data.byteLength; at += 64) {
      let [a, b, c, d, e] = state;
      for (let n = 0; n < 80; n += 1) {
        w[n] = n < 16 ? data.getInt32(at + n * 4) : roll(w[n - 3] ^ w[n - 8] ^ w[n - 14] ^ w[n - 16], 1);
        const [mix, add] = [[(b & c) | (~b & d), 0x5a827999], [b ^ c ^ d, 0x6ed9eba1], [(b & c) | (b & d) | (c & d), 0x8f1bbcdc], [b ^ c ^ d, 0xca62c1d6]][Math.floor(n / 20)];
        [a, b, c, d, e] = [(roll(a, 5) + mix + e + add + w[n]) | 0, a, roll(b, 30), c, d];
      }
      state = [a, b, c, d, e].map((n, k) => (n + state[k]) | 0);
    }
    return state.map((n) => (n >>> 0).toString(16).padStart(8, "0")).join("");
  }

  async function message(id) {
    const hash = sha1(id).slice(0, 8);
    const [line] = await scan(`:m${hash}`, `:m${hash}`, 1);
    let at;
    if (line) decode(line, (entry, _, unit) => { at ??= { entry, unit, hits: [] }; });
    if (!at) return null;
    const [row] = await rows([at.entry]);
    return { ...at, url: `${place(row, at.unit).folder}index.html#m${hash}` };
  }

  const el = (name, from, ...inside) => {
    const node = Object.assign(document.createElement(name), from);
    node.append(...inside);
    return node;
  };

  function marked(text, looked) {
    const isHit = (part) => {
      const folded = fold(part);
      return looked.some((atom) => folded === atom || (atom.length > 2 && folded.startsWith(atom)));
    };
    return text.split(/([\p{Alphabetic}\p{N}\u0300-\u036f]+)/u).map((part, n) => (n % 2 && isHit(part) ? el("mark", {}, part) : part));
  }

  function place([folder, , , , , , revisions = []], unit) {
    for (let at = 0; at < revisions.length; at += 2) {
      if (unit < revisions[at + 1]) {
        return { folder: `${root}${folder}${at ? `${revisions[at]}/` : ""}`, label: revisions[at], newest: !at, patch: unit };
      }
      unit -= revisions[at + 1];
    }
    return { folder: root + folder, newest: true, patch: 0 };
  }

  const STATES = {
    new: `{{ t(key="state-new") }}`, discussed: `{{ t(key="state-discussed") }}`, "changes-requested": `{{ t(key="state-changes-requested") }}`,
    reviewed: `{{ t(key="state-reviewed") }}`, quiet: `{{ t(key="state-quiet") }}`, superseded: `{{ t(key="state-superseded") }}`,
    rejected: `{{ t(key="state-rejected") }}`, "partly-applied": `{{ t(key="state-partly-applied") }}`, applied: `{{ t(key="state-applied") }}`,
    merged: `{{ t(key="state-merged") }}`, "pull request": `{{ t(key="kind-pull-request") }}`, thread: `{{ t(key="kind-thread") }}`,
    person: `{{ t(key="kind-person") }}`, page: `{{ t(key="kind-page") }}`,
    open: `{{ t(key="report-open") }}`, "fix-posted": `{{ t(key="report-fix-posted") }}`, fixed: `{{ t(key="report-fixed") }}`, closed: `{{ t(key="report-closed") }}`,
  };
  const language = document.documentElement.lang;
  const number = (n) => n.toLocaleString(language);
  const plural = (n) => new Intl.PluralRules(language).select(n);
  const PLACES = [[AUTHOR, `{{ t(key="found-by") }}`], [FUNCTION, `{{ t(key="found-function") }}`], [BODY, `{{ t(key="found-commit-message") }}`], [REVIEWER, `{{ t(key="found-reviewed-by") }}`], [ANSWERED, `{{ t(key="found-reply-by") }}`], [REPLY, `{{ t(key="found-reply") }}`]];

  /** Lines that show where words occur outside the title. */
  function contexts(row, hits, looked) {
    const [, title, , author, , first, , titles = [], paths = []] = row;
    const lines = new Map();
    const say = (key, ...inside) => { if (lines.size < 3 && !lines.has(key)) lines.set(key, el("p", { className: "found-in" }, ...inside)); };
    const has = (text, atom) => fold(text).includes(atom);
    for (const { word, fields, unit } of hits) {
      const parts = atoms(word);
      const inText = (text) => parts.every((part) => has(text, part));
      if (inText(title) || inText(author)) continue;
      const { folder, label, newest, patch } = place(row, unit);
      const name = newest ? `{{ t(key="found-patch", number=patch) }}` : `{{ t(key="found-version-patch", version=label, number=patch) }}`;
      const url = `${folder}index.html${patch ? `#p${patch}` : ""}`;
      const where = () => (patch ? el("a", { href: url }, name) : newest ? "" : el("a", { href: url }, label));
      const known = newest && patch ? titles[patch - 1] : "";
      const path = fields & PATH ? paths.find(inText) ?? (word.includes("/") ? word : "") : "";
      if (fields & (TITLE | SUBJECT) && known) say(url, el("a", { href: url }, `${patch}/${row[6][1] - 1}`), " ", ...marked(known, looked));
      else if (path) say(path, el("code", {}, ...marked(path, looked)));
      else if (!inText(first)) {
        const [, kind] = PLACES.find(([bit]) => fields & bit) ?? [0, fields & PATH ? `{{ t(key="found-path") }}` : `{{ t(key="found-title") }}`];
        const at = where();
        say(`${url}${kind}`, ...(at ? [at, ": "] : []), `${kind} `, el("mark", {}, word), ...(known ? [`{{ t(key="found-in") }}`, known] : []));
      }
    }
    if (first) lines.set("", el("p", { className: "dek" }, ...marked(first, looked)));
    return lines.values();
  }

  function item(row, hit, looked) {
    const [folder, title, state, author, day, , revisions = []] = row;
    const kind = el("span", { className: `state ${/^[\w-]+$/.test(state) ? state : ""}` }, STATES[state] ?? state);
    const meta = el("p", { className: "meta" }, kind, " ", el("span", {}, ...marked(author, looked)), " ");
    if (day) meta.append(el("time", { dateTime: day }, day), " ");
    const version = revisions[0] && revisions[0] !== "v1" ? [" ", el("span", { className: "version" }, revisions[0])] : [];
    // On a hub, an entry is on another site, or at an anchor.
    const to = /^https?:/.test(folder) ? folder : root + folder + (folder.includes("#") ? "" : "index.html");
    const link = el("a", { href: hit.url ?? to }, ...marked(title || `{{ t(key="no-subject") }}`, looked));
    return el("li", { className: "found" }, el("h3", {}, link, ...version), meta, ...contexts(row, hit.hits, looked));
  }

  function attach(form) {
    const box = form.querySelector("input");
    let panel = page, turn = 0, timer, asked;
    if (!panel) {
      panel = el("div", { className: "search-panel", hidden: true });
      form.after(panel);
    }
    const status = panel.querySelector("[aria-live]") ?? el("p", { className: "status" });
    const list = el("ol", { className: "founds" });
    const more = el("button", { type: "button", hidden: true }, `{{ t(key="found-more") }}`);
    status.setAttribute("aria-live", "polite");
    panel.append(status, list, more);

    const show = async (results, looked, until, mine) => {
      const shown = list.children.length;
      const next = results.slice(shown, until);
      const got = await rows(next.map(({ entry }) => entry));
      if (mine !== turn) return;
      list.append(...got.map((row, n) => item(row, next[n], looked)));
      more.hidden = list.children.length >= results.length;
      more.onclick = async () => {
        await show(results, looked, list.children.length + MORE, turn);
        list.children[shown + next.length]?.querySelector("a").focus();
      };
    };

    /** Of the best, those first whose title is little more than the query, and those with many patches, revisions and replies. */
    const weigh = async (results, terms) => {
      const wanted = terms.filter(({ not, fields }) => !not && fields & TITLE);
      // Longer phrases have more than the pair of words that was looked up; rows have only titles of the newest revision.
      const long = wanted.map(({ phrase = "" }) => phrase).filter((phrase) => / .* /.test(phrase));
      const best = results.slice(0, long.length ? FILES : SHOWN);
      const looked = looks(wanted);
      const harms = wanted.map(({ word }) => word).filter((word) => HARMS.test(word));
      (await rows(best.map(({ entry }) => entry))).forEach(([, title, state, , , , revisions = [], titles = [], , replies = 0], n) => {
        const all = [title, ...titles].map((one) => ` ${runs(one).join(" ")} `);
        const words = atoms(all[0].trim().replaceAll(" ", "/"));
        const covered = words.filter((word) => looked.includes(word)).length / (words.length + 1);
        const units = revisions.reduce((sum, one) => sum + (+one || 0), 1);
        // Who writes `crash` looks for reports, not for large work.
        if (harms[0] && REPORTED.test(state)) best[n].score *= harms.some((word) => fold(title).includes(word)) ? 1.7 : 1.3;
        if (covered) best[n].score *= 1 + covered / 2 + (harms[0] ? 0 : Math.log2(units ** 2 * (1 + replies)) / 48 + /applied|merged/.test(state) / 20);
        if (!long.every((phrase) => all.some((one) => one.includes(` ${phrase} `)))) best[n].score /= 8;
      });
      return best.sort((a, b) => b.score - a.score).concat(results.slice(best.length));
    };

    const run = async (query, go) => {
      const mine = ++turn;
      asked = query;
      if (help && query) help.open = false;
      panel.hidden = !page && !query.trim();
      try {
        if (page) history.replaceState(null, "", `?q=${encodeURIComponent(query)}`);
        const terms = parse(query);
        const id = idOf(query);
        const found = id && (await message(id));
        if (found && go && mine === turn) { location[go](found.url); return; }
        const odd = terms.find(isUnknown);
        const results = found ? [found] : !odd && terms.some(({ not }) => !not) ? await weigh(await find(terms), terms) : [];
        if (mine !== turn) return;
        const looked = looks(terms.filter(({ not }) => !not));
        const old = [...list.children];
        if (mine !== turn) return;
        old.forEach((node) => node.remove());
        const count = results.length;
        status.textContent = !query.trim() ? "" : count ? `{{ t(key="found-count", n=count) }}`
          : id && /^(https?:|m)/i.test(query.trim()) ? `{{ t(key="found-no-message") }}` : `{{ t(key="found-nothing") }}`;
        let better;
        if (odd) {
          const own = cuts(odd.value);
          const near = odd.value && known().find((name) => cuts(name).some((cut) => own.includes(cut)));
          better = near && query.replace(odd.value, near);
          status.textContent = `{{ t(key="found-unknown-state", known=known().join(", ")) }}`;
        } else if (!count && query.trim() && !id) better = await corrected(query, terms);
        if (mine !== turn) return;
        if (better) status.append(` {{ t(key="found-did-you-mean") }} `, el("a", { href: `${form.action}?q=${encodeURIComponent(better)}` }, better), "?");
        await show(results, looked, SHOWN, mine);
      } catch (error) {
        if (mine !== turn) return;
        list.replaceChildren();
        more.hidden = true;
        status.textContent = location.protocol === "file:"
          ? `{{ t(key="found-needs-server") }}`
          : `{{ t(key="found-no-index", why=error.message) }}`;
      }
    };

    box.addEventListener("focus", () => { if (location.protocol !== "file:") index().catch(() => {}); }, { once: true });
    box.addEventListener("input", () => {
      clearTimeout(timer);
      timer = setTimeout(() => run(box.value), WAIT);
    });
    form.addEventListener("submit", (event) => {
      if (!page) return;
      event.preventDefault();
      clearTimeout(timer);
      if (box.value !== asked || idOf(box.value)) run(box.value, "assign");
    });
    const step = (event) => {
      const links = [box, ...list.querySelectorAll("h3 a")];
      const at = links.indexOf(document.activeElement);
      if (!page && !at && event.key === "Escape") panel.hidden = true;
      const to = { ArrowDown: at + 1, ArrowUp: at - 1, Escape: at > 0 ? 0 : -1 }[event.key];
      if (at < 0 || to === undefined || !links[to] || (event.target === box && event.key !== "ArrowDown")) return;
      event.preventDefault();
      links[to].focus();
    };
    form.addEventListener("keydown", step);
    panel.addEventListener("keydown", step);
    const given = page ? new URLSearchParams(location.search).get("q") : box.value;
    if (given) {
      box.value = given;
      run(given, page && "replace");
    }
  }
  forms.forEach(attach);
})();
