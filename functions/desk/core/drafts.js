// What was typed and not yet sent, kept for this tab: it survives a reload and a new sign-in.

const PREFIX = "reprieve.draft.";

export function readDraft(name, store = sessionStorage) {
  try {
    return JSON.parse(store.getItem(PREFIX + name)) ?? {};
  } catch {
    return {};
  }
}

export function keepDraft(name, draft, store = sessionStorage) {
  try {
    store.setItem(PREFIX + name, JSON.stringify(draft));
  } catch {
    // The tab's storage is full: the text stays in the page, and only a reload would lose it.
  }
}

export function dropDraft(name, store = sessionStorage) {
  store.removeItem(PREFIX + name);
}

const RECENT = "reprieve.recent";
const MOST = 20;

/** What was sent from this browser, newest first: ids only, for callers who may not list. */
export function recent(store = localStorage) {
  try {
    const found = JSON.parse(store.getItem(RECENT)) ?? [];
    return Array.isArray(found) ? found : [];
  } catch {
    return [];
  }
}

export function remember(kind, id, at, store = localStorage) {
  const others = recent(store).filter((item) => item.id !== id);
  try {
    store.setItem(RECENT, JSON.stringify([{ kind, id, at }, ...others].slice(0, MOST)));
  } catch {
    // Not kept: the address of the restore still leads to it.
  }
}
