// What stands around every view: search, who is signed in, the ways to go, and the bars.
import { html, nothing } from "./core/html.js";
import { to } from "./core/router.js";
import { ADMIN, APPROVE, READ, REQUEST } from "./core/session.js";
import { language, LANGUAGES, t } from "./core/words.js";
import { bar } from "./parts/bars.js";

/** Every place one can go, who may, and the module that shows it. */
const PLACES = [
  { name: "today", roles: [READ], group: 1 },
  { name: "restore", roles: [REQUEST], group: 1 },
  { name: "many", roles: [REQUEST], group: 1 },
  { name: "approvals", roles: [APPROVE], group: 1 },
  { name: "history", roles: [READ], group: 2 },
  { name: "failed", roles: [READ], group: 2 },
  { name: "report", roles: [READ], group: 2 },
  { name: "guards", roles: [ADMIN], group: 3 },
  { name: "subscriptions", roles: [READ, REQUEST], group: 3 },
  { name: "status", roles: [ADMIN], group: 3 },
  { name: "erasure", roles: [ADMIN], group: 3 },
];

/** The places of a session; what one may not do is not there. */
export const placesOf = (session) => PLACES.filter((place) => session.can(...place.roles));

const link = (place, current) => html`<li>
  <a href=${to([place.name])} aria-current=${place.name === current ? "page" : nothing}>${t(`nav.${place.name}`)}</a>
</li>`;

function places(session, current) {
  const mine = placesOf(session);
  return [1, 2, 3].map((group) => {
    const here = mine.filter((place) => place.group === group);
    return here.length === 0 ? nothing : html`<ul>${here.map((place) => link(place, current))}</ul>`;
  });
}

const choice = (name, chosen, options, changed) => html`<label class="choice">
  <span>${t(`settings.${name}`)}</span>
  <select @change=${(event) => changed(event.target.value)}>
    ${options.map(([value, word]) => html`<option value=${value} ?selected=${value === chosen}>${word}</option>`)}
  </select>
</label>`;

function settings(state, actions) {
  const { session, theme } = state;
  const themes = ["system", "light", "dark"].map((name) => [name, t(`theme.${name}`)]);
  const isIn = session.me !== null && !state.isOut;
  return html`<div id="settings" class="popover" popover>
      ${isIn ? html`<p class="who">${session.me.name || t("person.by-key")}</p>` : nothing}
      ${isIn ? html`<p class="roles">${session.me.roles.map((role) => role.replace("Restore.", "")).join(" · ")}</p>` : nothing}
      ${choice("language", language(), Object.entries(LANGUAGES), actions.useLanguage)}
      ${choice("theme", theme, themes, actions.useTheme)}
      ${isIn ? html`<button class="small" @click=${actions.signOut}>${t("settings.sign-out")}</button>` : nothing}
    </div>
    <button class="quiet who-button" popovertarget="settings">
      <span class="who-name">${isIn ? session.me.name || t("person.by-key") : t("settings.title")}</span>
      <svg viewBox="0 0 12 12" aria-hidden="true"><path d="m2.500 4.500 3.500 3.500 3.500-3.500" class="line" /></svg>
    </button>`;
}

function search({ session, finder, find }) {
  if (!session.can(READ, REQUEST)) return nothing;
  return html`<search class="find">${finder.bare(find, t("find.label"))}<kbd aria-hidden="true">/</kbd></search>`;
}

const brand = () => html`<a class="brand" href="#/">
  <svg viewBox="0 0 32 32" aria-hidden="true"><path d="M3 16h13" class="gone" /><path d="M16 16h6" class="left" /><path d="M27 7v18" class="end" /></svg>
  <span>Reprieve</span>
</a>`;

/** The whole page; `main` is left to the view that is open. */
export function shell(state, actions) {
  const { session, current } = state;
  const isIn = session.me !== null;
  return html`<a class="skip" href="#main" @click=${actions.skip}>${t("shell.skip")}</a>
    <header class="top">
      ${isIn ? html`<button class="quiet menu-button" popovertarget="menu" aria-label=${t("shell.menu")}>
            <svg viewBox="0 0 16 16" aria-hidden="true"><path d="M2 4h12M2 8h12M2 12h12" class="line" /></svg>
          </button>` : nothing}
      ${brand()} ${search(state)} ${settings(state, actions)}
    </header>
    <div class="bars" aria-live="polite">${bar(state, actions)}</div>
    ${isIn ? html`<nav class="side" aria-label=${t("shell.places")}>${places(session, current)}</nav>
          <nav id="menu" class="popover menu" popover aria-label=${t("shell.places-menu")}>${places(session, current)}</nav>` : nothing}
    <main id="main" tabindex="-1"></main>
    <p id="said" class="off-screen" role="status"></p>`;
}
