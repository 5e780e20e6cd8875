// The choices that matter for one person, and no others.
import { seats } from "../core/choices.js";
import { html, nothing } from "../core/html.js";
import { OVERRIDE } from "../core/session.js";
import { rich, t } from "../core/words.js";
import { joined, licenseName } from "./people.js";

/** The fields of these choices; `set(change)` takes what was chosen. */
export function choiceFields(names, draft, set, context) {
  const fields = { license, "new-name": newName, drop, "unknown-window": unknownWindow, rehire, synced };
  return names.map((name) => html`<div id="choice-${name}" class="choice-block" tabindex="-1">${fields[name](draft, set, context)}</div>`);
}

const tick = (name, word, hint, draft, set) => html`<label class="tick">
  <input type="checkbox" .checked=${draft[name]} @change=${(event) => set({ [name]: event.target.checked })}>
  <span>${word}<span class="hint">${hint}</span></span>
</label>`;

function license(draft, set, { licenses, session, lost }) {
  const isLost = (sku) => lost.some((one) => one.skuId === sku.skuId);
  const mine = licenses.filter((sku) => (sku.allowed || session.can(OVERRIDE)) && !isLost(sku));
  const names = joined(lost.map(licenseName));
  const radio = (value, word, hint) => html`<label class="tick">
    <input type="radio" name="license" .checked=${draft.license === value} @change=${() => set({ license: value })}>
    <span>${word}<span class="hint">${hint}</span></span>
  </label>`;
  return html`<fieldset>
    <legend>${t("choice.license")}</legend>
    ${radio("", names ? rich("choice.license-lost", { names }) : t("choice.license-found"), licenses.filter(isLost).map(seats).join(", ") || t("choice.license-lost-hint"))}
    ${lost.length > 1 ? radio("all", t("choice.license-all"), names) : nothing}
    ${mine.map((sku) => radio(sku.skuId, licenseName(sku), seats(sku)))}
  </fieldset>`;
}

function newName(draft, set, { session }) {
  return html`<div class="field">
      <label for="new-name">${t("choice.new-name")}</label>
      <input id="new-name" type="text" autocomplete="off" spellcheck="false" .value=${draft.newUserPrincipalName}
        aria-describedby="new-name-hint" @input=${(event) => set({ newUserPrincipalName: event.target.value })}>
      <p class="hint" id="new-name-hint">${t("choice.new-name-hint")}</p>
    </div>
    ${session.can(OVERRIDE) ? tick("isAlways", t("choice.always"), t("choice.always-hint"), draft, set) : nothing}`;
}

const drop = (draft, set) => tick("isDropped", t("choice.drop"), t("choice.drop-hint"), draft, set);
const rehire = (draft, set) => tick("acceptRehire", t("choice.rehire"), t("choice.rehire-hint"), draft, set);
const synced = (draft, set) => tick("allowSynced", t("choice.synced"), t("choice.synced-hint"), draft, set);

function unknownWindow(draft, set) {
  return html`<div class="field">
      <label for="removed-at">${t("choice.removed-at")}</label>
      <input id="removed-at" type="datetime-local" .value=${draft.licenseRemovedAt} aria-describedby="removed-at-hint"
        @change=${(event) => set({ licenseRemovedAt: event.target.value })}>
      <p class="hint" id="removed-at-hint">${t("choice.removed-at-hint")}</p>
    </div>
    ${tick("acceptUnknownWindow", t("choice.unknown-window"), t("choice.unknown-window-hint"), draft, set)}`;
}
