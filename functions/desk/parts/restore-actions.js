// What can be done with a restore, as buttons that ask first and say what will happen.
import { html, nothing } from "../core/html.js";
import { actionsFor, isOwnRequest } from "../core/restores.js";
import { to } from "../core/router.js";
import { t } from "../core/words.js";
import { askFirst } from "./ask-dialog.js";
import { handleOf, nameOf } from "./people.js";

const ASKED = {
  cancel: { isReasonNeeded: false, wantsReason: false, danger: true },
  retry: { isReasonNeeded: false, wantsReason: false, danger: false },
  undo: { isReasonNeeded: true, wantsReason: true, danger: true },
  approve: { isReasonNeeded: false, wantsReason: true, danger: false },
  reject: { isReasonNeeded: true, wantsReason: true, danger: true },
};

/** The buttons, or some of them; `changed(restore)` takes what came of one. */
export function restoreActions(restore, page, changed, only = null) {
  const names = actionsFor(restore, page.session).filter((name) => only === null || only.includes(name));
  const isOwn = isOwnRequest(restore, page.session);
  const shown = names.filter((name) => !(isOwn && ["approve", "reject"].includes(name)));
  if (names.length === 0) return nothing;
  return html`<div class="actions">
    ${shown.map((name) => (name === "anew" ? again(restore) : button(name, restore, page, changed)))}
    ${shown.length < names.length ? html`<p class="hint">${t("action.own-request")}</p>` : nothing}
  </div>`;
}

const again = (restore) =>
  html`<a class="button" href=${to(["restore"], { user: handleOf(restore.user) })}>${t("action.anew")}</a>`;

function button(name, restore, page, changed) {
  const isMain = name === "approve";
  return html`<button type="button" class=${isMain ? "main" : ""} @click=${() => ask(name, restore, page, changed)}>${t(`action.${name}`)}</button>`;
}

async function ask(name, restore, page, changed) {
  const params = { name: nameOf(restore.user) };
  const question = { ...ASKED[name], title: t(`ask.${name}`, params), text: t(`ask.${name}-text`, params), button: t(`action.${name}`) };
  const found = await askFirst(question, (reason) => act(name, restore, page, reason));
  if (found) changed(found.body);
}

function act(name, restore, page, reason) {
  const path = `restores/${encodeURIComponent(restore.id)}/${name}`;
  if (name === "cancel" || name === "retry") return page.api.change("POST", path);
  const body = { ...(reason ? { reason } : {}) };
  if (name !== "undo") body.planHash = restore.approval?.planHash;
  return page.api.change("POST", path, body);
}
