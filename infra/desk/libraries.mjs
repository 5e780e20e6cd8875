// `node libraries.mjs FOLDER`: write each library that the desk takes as one small module, its licence beside it.
//
// Why these two, and no more: lit-html puts values into the page as text and touches only what has
// changed; virtual-core keeps in the page only the rows that are seen, with rows of any height.
// A scale for the picture of time is one line of arithmetic, and the libraries that offer one name
// each other in a way that browsers resolve only by an import map, which would have to stand in the
// page itself: the page allows no script of its own text.
//
// Why built, when our own modules stand as they are served: as it comes, virtual-core is five files
// with all that other pages use of it, and weighs a seventh of the whole desk. What is left of it
// here is what is named below, with short names; the same versions give the same bytes.
import { copyFileSync, mkdirSync, rmSync, writeFileSync } from "node:fs";
import { dirname, join } from "node:path";
import { fileURLToPath } from "node:url";
import { build } from "esbuild";

const HERE = dirname(fileURLToPath(import.meta.url));
const TAKEN = {
  "lit-html": `
    export { html, noChange, nothing, render, svg } from "lit-html";
    export { Directive, directive } from "lit-html/directive.js";
    export { repeat } from "lit-html/directives/repeat.js";`,
  "@tanstack/virtual-core": `
    export { elementScroll, measureElement, observeElementOffset, observeElementRect, Virtualizer } from "@tanstack/virtual-core";`,
};

async function small(contents) {
  const { outputFiles } = await build({
    stdin: { contents, resolveDir: HERE },
    bundle: true,
    minify: true,
    format: "esm",
    platform: "browser",
    target: "es2022",
    define: { "process.env.NODE_ENV": '"production"' },
    legalComments: "eof",
    logLevel: "warning",
    write: false,
  });
  return outputFiles[0].contents;
}

const folder = process.argv[2];
const libraries = Object.keys(TAKEN);
// All are built before one is written: half of them would fail in the browser, far from the cause.
const built = await Promise.all(libraries.map((library) => small(TAKEN[library])));
rmSync(folder, { recursive: true, force: true });
mkdirSync(folder, { recursive: true });
libraries.forEach((library, at) => {
  const name = library.split("/").at(-1);
  writeFileSync(join(folder, `${name}.js`), built[at]);
  copyFileSync(join(HERE, "node_modules", library, "LICENSE"), join(folder, `${name}.LICENSE`));
});
