// Files for the reader: fetched with the sign-in of the page, since a plain link has none for keys.
import { isLeft } from "./api.js";

/** Hands a file to the browser. */
export function save(name, parts, type) {
  const address = URL.createObjectURL(new Blob(parts, { type }));
  const link = document.createElement("a");
  link.href = address;
  link.download = name;
  document.body.append(link);
  link.click();
  link.remove();
  setTimeout(() => URL.revokeObjectURL(address), 10_000);
}

/** The pages of what is lines, one after the other; `accept` chooses the form. */
export async function wholeLines(api, path, query, accept, signal) {
  const parts = [];
  let asked = query;
  for (;;) {
    const answer = await api.get(path, { query: asked, signal, accept });
    parts.push(await answer.body.text());
    if (!answer.next) return parts;
    asked = Object.fromEntries(new URL(answer.next, api.base).searchParams);
  }
}

const HEADER_LINE = /^[^\n]*\n/;

/** The whole of a list as one CSV: page after page, with one header line. */
export async function wholeCsv(api, path, query, signal) {
  const pages = (await wholeLines(api, path, query, "text/csv", signal)).map((text) => text.replace(/^\uFEFF/, ""));
  // A Blob's text has lost its byte order mark; the first part gets it back, for Excel.
  return pages.map((text, at) => (at === 0 ? `\uFEFF${text}` : text.replace(HEADER_LINE, "")));
}

/** One file at a time for the reader: which is being read (`busy`), and why the last one is not there. */
export class Saving {
  constructor(changed) {
    this.changed = changed;
    this.busy = null;
    this.error = null;
  }

  async run(name, work) {
    Object.assign(this, { busy: name, error: null });
    this.changed();
    try {
      await work();
    } catch (error) {
      if (isLeft(error)) return;
      this.error = error;
    }
    this.busy = null;
    this.changed();
  }
}
