// What the whole page has to say, at the top and never as a dialog: the connection, the sign-in.
import { html, nothing } from "../core/html.js";
import { t } from "../core/words.js";

/** The bar for what the API last told of itself; nothing while all is well. */
export function bar({ isLost, busyUntil, isOut, mode, isStale, isBroken, isCut }, { signIn, reload }) {
  if (isOut) {
    return html`<div class="bar" data-tone="closing" role="alert">
      <p>${t(mode === "entra" ? "bar.signed-out" : "bar.key-refused")}</p>
      <button class="small" @click=${signIn}>${t("bar.sign-in-again")}</button>
    </div>`;
  }
  if (isLost) return html`<div class="bar" data-tone="bad" role="alert"><p>${t("bar.lost")}</p></div>`;
  if (isStale || isBroken || isCut) {
    return html`<div class="bar" data-tone=${isStale ? "busy" : "bad"}>
      <p>${t(isStale ? "bar.new-version" : isCut ? "bar.cut" : "bar.broken")}</p>
      <button class="small" @click=${reload}>${t("bar.reload")}</button>
    </div>`;
  }
  if (busyUntil > Date.now()) {
    const seconds = Math.ceil((busyUntil - Date.now()) / 1000);
    // Each second is for the eye: heard, it would be a voice that counts.
    return html`<div class="bar" data-tone="waiting">
      <p aria-hidden="true">${t("bar.busy", { count: seconds })}</p><p class="off-screen">${t("bar.busy-said")}</p>
    </div>`;
  }
  return nothing;
}
