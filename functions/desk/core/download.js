// Files for the reader: fetched with the sign-in of the page, since a plain link has none for keys.

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

const HEADER_LINE = /^[^\n]*\n/;

/** The whole of a list as one CSV: page after page, with one header line. */
export async function wholeCsv(api, path, query, signal) {
  const parts = [];
  let asked = query;
  for (;;) {
    const answer = await api.get(path, { query: asked, signal, accept: "text/csv" });
    const text = await answer.body.text();
    // A Blob's text has lost its byte order mark; the first part gets it back, for Excel.
    parts.push(parts.length === 0 ? `\uFEFF${text.replace(/^\uFEFF/, "")}` : text.replace(/^\uFEFF/, "").replace(HEADER_LINE, ""));
    if (!answer.next) return parts;
    asked = Object.fromEntries(new URL(answer.next, api.base).searchParams);
  }
}
