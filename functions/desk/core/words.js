// The page's own words, in the reader's language. What the service says comes from the API.

let words = {};
let current = "en";
let plural = new Intl.PluralRules("en");
let figures = new Intl.NumberFormat("en-GB");

export const LANGUAGES = { en: "English", da: "Dansk" };
const LOCALES = { en: "en-GB", da: "da-DK" };

export const language = () => current;
export const locale = () => LOCALES[current];

/** The language to begin with: the reader's choice, else the first of the browser's that we have. */
export function firstLanguage(chosen, wanted) {
  if (chosen in LANGUAGES) return chosen;
  return wanted.map((tag) => tag.slice(0, 2).toLowerCase()).find((tag) => tag in LANGUAGES) ?? "en";
}

/** Takes the words of a language into use. */
export function useWords(name, catalogue) {
  current = name;
  words = catalogue;
  plural = new Intl.PluralRules(name);
  figures = new Intl.NumberFormat(LOCALES[name]);
}

export const number = (value) => figures.format(value);

const HOLE = /\{(\w+)(?::([^|{}]*)\|([^{}]*))?\}/g;

function filled(name, one, many, params) {
  const value = params[name];
  if (one === undefined) return typeof value === "number" ? number(value) : value;
  return (plural.select(value) === "one" ? one : many).replace("#", number(value));
}

/** The words of a key as one text; `params` are put in as they are. */
export function t(key, params = {}) {
  return rich(key, params).join("");
}

/** The words of a key as a list of parts, so that a parameter may be a template. */
export function rich(key, params = {}) {
  const pattern = words[key];
  if (pattern === undefined) throw new Error(`no words for ${key}`);
  const parts = [];
  let at = 0;
  for (const found of pattern.matchAll(HOLE)) {
    parts.push(pattern.slice(at, found.index), filled(found[1], found[2], found[3], params));
    at = found.index + found[0].length;
  }
  parts.push(pattern.slice(at));
  return parts.filter((part) => part !== "");
}

/** Whether there are words for a key: for codes that the service may know and the page does not. */
export const knows = (key) => key in words;

/** The words for a code of the service, or the code itself where the page has none. */
export const coded = (prefix, code) => (knows(`${prefix}.${code}`) ? t(`${prefix}.${code}`) : code);
