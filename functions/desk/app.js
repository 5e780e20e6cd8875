// The start: who is asking, in which language, and which view an address means.
import { Api, isLeft } from "./core/api.js";
import { keepFocus } from "./core/focus.js";
import { render } from "./core/html.js";
import { pause } from "./core/poll.js";
import { read, to } from "./core/router.js";
import { APPROVE, READ, REQUEST, Session } from "./core/session.js";
import { copyInUtc } from "./core/time.js";
import { firstLanguage, language, t, useWords } from "./core/words.js";
import { nameOf } from "./parts/people.js";
import { PersonField } from "./parts/person-field.js";
import { placesOf, shell } from "./shell.js";

const HERE = new URL("./", import.meta.url);
const PAGE = location.pathname;
const HEARTBEAT = 30_000;
const WHO_AGAIN = 60_000;
/** The place in the list under which a view of one thing stands. */
const VIEWS_OF = { "one-restore": "history", "one-batch": "many" };
const root = document.documentElement;
const store = localStorage;

const session = new Session({ mode: root.dataset.signIn });
const api = new Api({
  base: new URL("../../", HERE),
  key: () => session.key,
  language,
});
const state = {
  session,
  current: "",
  theme: root.dataset.theme ?? "system",
  mode: session.mode,
  isLost: false,
  isOut: false,
  isStale: false,
  isBroken: false,
  isCut: false,
  busyUntil: 0,
  find: "",
};
state.finder = new PersonField({ api, session, signal: new AbortController().signal }, {
  id: "find",
  changed: () => paint(),
  typed: (text) => (state.find = text),
  chosen(user, loss) {
    state.find = "";
    paint();
    location.hash = session.can(REQUEST) ? to(["restore"], { user }) : to(["today"], { find: loss ? nameOf(loss) : user });
  },
});
let open = null;
let mendFocus = () => {};

function paint() {
  render(shell(state, actions), document.getElementById("shell"));
}

const actions = {
  reload: () => location.reload(),
  signIn() {
    if (session.mode === "entra") location.assign(session.signInAddress(PAGE, location.hash));
    else {
      session.forgetKey();
      session.me = null;
      state.isOut = false;
      show();
    }
  },
  signOut() {
    if (session.mode === "entra") location.assign(session.signOutAddress(PAGE));
    else {
      session.forgetKey();
      session.me = null;
      start();
    }
  },
  skip(event) {
    event.preventDefault();
    document.getElementById("main").focus();
  },
  async useLanguage(name) {
    store.setItem("reprieve.language", name);
    await learn(name);
    show();
  },
  useTheme(name) {
    state.theme = name;
    if (name === "system") {
      store.removeItem("reprieve.theme");
      delete root.dataset.theme;
    } else {
      store.setItem("reprieve.theme", name);
      root.dataset.theme = name;
    }
    paint();
  },
};

/**
 * Asks who is asking now: somebody else may have signed in in another tab, or have other roles.
 * Another person has the view anew; so has one whose roles do not open it any more.
 */
async function whoNow() {
  const before = session.me;
  if (before === null) return;
  let now;
  try {
    now = (await api.get("me")).body;
  } catch {
    // Said already, by the bar.
    return;
  }
  state.isOut = false;
  session.me = now;
  const isSame = now.id === before.id && now.name === before.name;
  const place = placeOf(read(location.hash));
  if (isSame && (state.current === place || VIEWS_OF[place] === state.current)) paint();
  else show();
  if (!isSame) document.getElementById("said").textContent = t("shell.now", { name: now.name ?? t("person.by-key") });
}

async function learn(name) {
  const answer = await fetch(new URL(`words/${name}.json`, HERE));
  // Each part of the page has its own words in the file; here they go by the whole key.
  const parts = Object.entries(await answer.json());
  useWords(name, Object.fromEntries(parts.flatMap(([part, words]) => Object.entries(words).map(([key, word]) => [`${part}.${key}`, word]))));
  root.lang = name;
}

/** Asks who is asking; the sign-in view takes over where nobody is. */
async function start() {
  try {
    session.me = (await api.get("me")).body;
    state.isOut = false;
  } catch (error) {
    session.me = null;
    state.failure = error;
  }
  show();
}

/** Which module shows an address, and who may see it. */
function placeOf(address) {
  const [first, second] = address.path;
  if (session.me === null) return "sign-in";
  const mayRead = session.can(READ, REQUEST, APPROVE);
  if (first === "restores" && second) return mayRead ? "one-restore" : "nothing";
  if (first === "many" && second) return mayRead ? "one-batch" : "nothing";
  const mine = placesOf(session).map((place) => place.name);
  if (first === undefined) return mine[0] ?? "nothing";
  return mine.includes(first) ? first : "nothing";
}

async function show() {
  open?.abort();
  open = new AbortController();
  const mine = open;
  const address = read(location.hash);
  const place = placeOf(address);
  state.current = VIEWS_OF[place] ?? place;
  paint();
  for (const popover of document.querySelectorAll("[popover]:popover-open")) popover.hidePopover();
  try {
    const { default: view } = await import(`./views/${place}.js`);
    if (!mine.signal.aborted) view(pageOf(mine, address));
  } catch (error) {
    if (mine.signal.aborted) return;
    if (!(error instanceof TypeError)) throw error;
    await notLoaded();
  }
}

/** The file of a view did not come: the page was replaced by a newer one, or the service is out of reach. */
async function notLoaded() {
  const page = await fetch(PAGE, { cache: "no-store" }).catch(() => null);
  const isSame = page?.ok && (await page.text()).includes(HERE.pathname.split("/").at(-2));
  if (page?.ok && !isSame) state.isStale = true;
  else state.isCut = true;
  paint();
}

/** What a view is given: where it paints, what the address says, and when it is left. */
function pageOf(controller, address) {
  const main = document.getElementById("main");
  // A view left half drawn belongs to its own templates: the next one begins on a fresh element.
  const place = document.createElement("div");
  place.className = "view";
  main.replaceChildren(place);
  const { signal } = controller;
  return {
    api,
    session,
    signal,
    path: address.path,
    query: address.query,
    failure: state.failure,
    start,
    paint(template) {
      if (signal.aborted) return;
      render(template, place);
      mendFocus();
    },
    title(text) {
      document.title = `${text} · Reprieve`;
    },
    /** Tells a screen reader what has happened. */
    say(text) {
      document.getElementById("said").textContent = text;
    },
    /** Puts filters into the address without opening the view again. */
    keep(query) {
      history.replaceState(null, "", to(address.path, query));
    },
    go(path, query) {
      location.hash = to(path, query);
    },
    /** Paints again now and then: "3 min ago" grows old by itself. */
    async eachMinute(again) {
      while (!signal.aborted) {
        await pause(HEARTBEAT, signal);
        if (!signal.aborted && !document.hidden) again();
      }
    },
  };
}

api.addEventListener("lost", () => {
  state.isLost = true;
  paint();
});
api.addEventListener("found", () => {
  state.isLost = false;
  paint();
});
api.addEventListener("busy", async ({ detail }) => {
  state.busyUntil = Date.now() + detail.seconds * 1000;
  while (state.busyUntil > Date.now()) {
    paint();
    await pause(1000);
  }
  paint();
});
api.addEventListener("signed-out", () => {
  // At the start nobody is in yet: the view says so, and needs no bar.
  state.isOut = session.me !== null;
  paint();
});

api.addEventListener("signed-in", whoNow);
api.addEventListener("role-missing", whoNow);
let askedWhoAt = Date.now();
document.addEventListener("visibilitychange", () => {
  if (document.hidden || Date.now() - askedWhoAt < WHO_AGAIN) return;
  askedWhoAt = Date.now();
  whoNow();
});

document.addEventListener("copy", (event) => {
  const text = copyInUtc(document.getSelection());
  if (text === null) return;
  event.clipboardData.setData("text/plain", text);
  event.preventDefault();
});
document.addEventListener("keydown", (event) => {
  const isTyping = event.target.closest("input, textarea, select, [contenteditable]");
  if (event.key !== "/" || isTyping || event.ctrlKey || event.metaKey || event.altKey) return;
  const field = document.getElementById("find");
  if (!field) return;
  event.preventDefault();
  field.focus();
});
window.addEventListener("hashchange", () => {
  show();
  document.getElementById("main").focus({ preventScroll: true });
  window.scrollTo(0, 0);
});

// A fault of the page itself: said, so that nobody waits for a view that will not come.
for (const name of ["error", "unhandledrejection"]) {
  window.addEventListener(name, (event) => {
    // A size observer that was late has no error: the browser itself catches up.
    const fault = name === "error" ? event.error : event.reason;
    if (!fault || isLeft(fault)) return;
    state.isBroken = true;
    paint();
  });
}

const came = session.cameBack();
if (came && !location.hash) history.replaceState(null, "", came);
await learn(firstLanguage(store.getItem("reprieve.language"), navigator.languages));
document.title = t("shell.title");
paint();
mendFocus = keepFocus(document.getElementById("main"));
await start();
