// A list of people as CSV, in every dialect that the API takes: read here so that each row can be
// checked and mended before anything is sent.

export class CsvFault extends Error {
  constructor(code, params = {}) {
    super(code);
    Object.assign(this, { code, params });
  }
}

/** The text of a file: UTF-8 with or without its mark, UTF-16 with it. */
export function decode(bytes) {
  const encoding = { "255,254": "utf-16le", "254,255": "utf-16be" }[bytes.slice(0, 2).join()] ?? "utf-8";
  try {
    return new TextDecoder(encoding, { fatal: true }).decode(bytes);
  } catch {
    throw new CsvFault("encoding");
  }
}

/** The cells of each line, with the number of the line it begins on; blank lines are left out. */
export function cells(text) {
  const { separator, body, line } = dialect(text.replace(/^\uFEFF/, ""));
  const rows = [];
  let row = { line, cells: [] };
  let cell = "";
  let isQuoted = false;
  let at = line;
  const endCell = () => {
    row.cells.push(cell.trim());
    cell = "";
  };
  const endRow = () => {
    endCell();
    if (row.cells.some(Boolean)) rows.push(row);
    row = { line: at, cells: [] };
  };
  for (let index = 0; index < body.length; index += 1) {
    const sign = body[index];
    if (isQuoted) {
      if (sign === "\n") at += 1;
      if (sign !== '"') cell += sign;
      else if (body[index + 1] === '"') {
        cell += '"';
        index += 1;
      } else isQuoted = false;
    } else if (sign === '"' && cell.trim() === "") {
      cell = "";
      isQuoted = true;
    } else if (sign === separator) endCell();
    else if (sign === "\n" || (sign === "\r" && body[index + 1] !== "\n")) {
      at += 1;
      endRow();
    } else if (sign !== "\r") cell += sign;
  }
  if (isQuoted) throw new CsvFault("quote", { line: row.line });
  endRow();
  return rows;
}

// The first line of the portal's own templates, and of what Windows PowerShell exports.
const MADE_BY = /^("?version:v[\d.]+"?[,;\t ]*|#TYPE [^\r\n]*)(\r\n|\r|\n)/i;

function dialect(whole) {
  const named = /^"?sep=(.)"?\r?\n/i.exec(whole);
  if (named) return { separator: named[1], body: whole.slice(named[0].length), line: 2 };
  const text = whole.replace(MADE_BY, "");
  const header = text.slice(0, text.search(/\r|\n|$/));
  const counts = [",", ";", "\t"].map((sign) => [sign, header.split(sign).length]);
  counts.sort((one, other) => other[1] - one[1]);
  return { separator: counts[0][0], body: text, line: text === whole ? 1 : 2 };
}

const FIELDS = [
  "kind", "user", "idempotencyKey", "licenses", "licenseRemovedAt", "onUpnConflict", "newUserPrincipalName",
  "onAddressConflict", "acceptUnknownWindow", "acceptRehire", "allowSynced", "dryRun", "notBefore", "reason",
  "ticket", "callbackUrl",
];
const PERSON = [
  "userprincipalname", "upn", "mail", "email", "objectid", "userid", "username", "emailaddress", "mailaddress",
  "primarysmtpaddress", "bruger", "brugernavn", "mailadresse", "emailadresse",
];
const MEANT = {
  ...Object.fromEntries(PERSON.map((name) => [name, "user"])),
  license: "licenses", licenser: "licenses", begrundelse: "reason", årsag: "reason", sag: "ticket",
};
// What the answer about a batch says of a request, and how a line stands that is not to begin again.
const RESULT = ["index", "status", "code", "message", "fix", "restoreId"];
const DONE = new Set(["succeeded", "cancelled", "pending", "queued", "running", "waiting"]);
const AGAIN = new Set(["", "invalid", "refused", "failed"]);
const BOOLEANS = new Set(["acceptUnknownWindow", "acceptRehire", "allowSynced", "dryRun"]);
const YES = new Set(["true", "yes", "1", "ja", "sand"]);
const NO = new Set(["false", "no", "0", "nej", "falsk"]);

const fold = (title) => title.replace(/[\s_-]/g, "").toLowerCase();

function fieldOf(title) {
  // "User principal name [userPrincipalName] Required", as the portal's own template has it.
  const inner = /\[([^\]]+)\]/.exec(title)?.[1] ?? title;
  const folded = fold(inner);
  return FIELDS.find((name) => name.toLowerCase() === folded) ?? MEANT[folded] ?? null;
}

const isPerson = (text) => text.includes("@") || /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/i.test(text);

/** An address without what a mail puts around it: `Megan Bowen <megan@x>;`, `mailto:megan@x`. */
const bare = (cell) => {
  const person = cell.replace(/[\s,;]+$/, "");
  return (/<([^\s<>]+@[^\s<>]+)>$/.exec(person)?.[1] ?? person).replace(/^mailto:\s*/i, "");
};

/**
 * The people of a list without a header, or null where it is none.
 *
 * Several stand in one line only where there is no other line, as the recipients of a mail do: of two
 * columns nobody knows whose the second one is.
 */
function listed(rows) {
  const found = rows.map((row) => ({ line: row.line, people: row.cells.filter(Boolean) }));
  const isList = rows.length === 1 || found.every(({ people }) => people.length === 1);
  if (!isList || !found.every(({ people }) => people.every(isPerson))) return null;
  // Of the people in one line each counts as a line: the page tells its rows apart by that.
  return found.flatMap(({ line, people }) => people.map((person, at) => ({ line: line + at, user: bare(person) })));
}

/**
 * The requests of a CSV: `{ line, request, faults, titles }` for each row, with what the file itself
 * calls each field.
 *
 * A list of addresses without a header is taken as it stands. Columns that are not known are passed
 * over where the reader has said so. Raises CsvFault where nothing of it can begin: no text, a header
 * with a name that is no field, nobody named in it.
 */
export function requestsOf(text, { passesOver = false } = {}) {
  const rows = cells(text);
  if (rows.length === 0) throw new CsvFault("empty");
  const people = listed(rows);
  if (people) return people.map(({ line, user }) => ({ line, request: { kind: "mailbox", user }, faults: [], titles: {} }));
  const [header, ...below] = rows;
  const titles = header.cells.map((title) => title.toLowerCase());
  const isResult = titles.includes("status") && titles.includes("restoreid");
  const names = header.cells.map((title, at) => (isResult && RESULT.find((name) => name.toLowerCase() === titles[at])) || fieldOf(title));
  demandFields(header.cells, names, below, passesOver);
  const titled = Object.fromEntries(names.flatMap((name, at) => (name ? [[name, header.cells[at]]] : [])));
  return (isResult ? again(below, names) : below).map((row) => ({ ...rowOf(row, names, titled), titles: titled }));
}

/** Raises CsvFault for a header that names nobody, has a column twice, or one that is not known. */
function demandFields(titles, names, below, passesOver) {
  const unknown = titles.flatMap((title, at) => (names[at] === null && (title || below.some((row) => row.cells[at])) ? [{ title, number: at + 1, near: nearTo(title) }] : []));
  if (!names.includes("user")) throw new CsvFault("no-user", { titles: titles.filter(Boolean), unknown });
  const again = names.findIndex((name, at) => name && names.indexOf(name) !== at);
  if (again >= 0) throw new CsvFault("twice", { titles: [titles[names.indexOf(names[again])], titles[again]] });
  if (unknown.length > 0 && !passesOver) throw new CsvFault("header", { unknown });
}

/** The field that a title begins like: to leave such a column out is seldom meant. */
function nearTo(title) {
  const begin = (text, other) => text.slice(0, Math.min(5, other.length)).toLowerCase();
  const folded = fold(title);
  return FIELDS.find((name) => folded.length > 3 && Math.abs(name.length - folded.length) < 3 && begin(name, folded) === begin(folded, name)) ?? null;
}

/** Of an answer that is sent back the lines that are not done: nobody is brought back twice. */
function again(people, names) {
  if (!names.includes("kind")) throw new CsvFault("result");
  const statusOf = (row) => row.cells[names.indexOf("status")]?.toLowerCase() ?? "";
  const left = people.filter((row) => !DONE.has(statusOf(row)));
  if (left.length === 0) throw new CsvFault("done");
  // The apostrophe stands there for the spreadsheet.
  return left.map((row) => ({ ...row, cells: row.cells.map((cell) => cell.replace(/^'(?=[=+@\t\r-])/, "")) }));
}

function rowOf(row, names, titles) {
  const request = { kind: "mailbox" };
  const faults = [];
  if (row.cells.length > names.length) faults.push({ code: "too-many-cells" });
  names.forEach((name, at) => {
    const value = row.cells[at] ?? "";
    if (!name || value === "") return;
    if (RESULT.includes(name)) {
      if (name === "status" && !AGAIN.has(value.toLowerCase())) faults.push({ code: "status" });
      return;
    }
    if (name === "licenses") request.license = { skuPartNumbers: value.split("|").map((one) => one.trim()).filter(Boolean) };
    else if (!BOOLEANS.has(name)) request[name] = name === "kind" ? value.toLowerCase() : value;
    else if (YES.has(value.toLowerCase())) request[name] = true;
    else if (!NO.has(value.toLowerCase())) faults.push({ code: "yes-or-no", title: titles[name] });
  });
  if (!request.user) faults.push({ code: "nobody" });
  if (!["mailbox", "user", "license"].includes(request.kind)) faults.push({ code: "kind", title: titles.kind });
  return { line: row.line, request, faults };
}
