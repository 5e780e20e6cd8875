// A question before something is changed: what will happen, and why it is asked for.
import { html, nothing, render } from "../core/html.js";
import { rich, t } from "../core/words.js";
import { problem } from "./problem.js";

const plain = (text) => text.normalize().trim().toLowerCase();

/**
 * Asks in a native dialog; `act(reason)` does it, and its problem is shown in the dialog.
 *
 * With `toType` it can only be done once exactly that was typed: for what nothing brings back.
 * Resolves to what `act` gave, or to null where the reader thought better of it.
 */
export function askFirst({ title, text, button, isReasonNeeded = false, wantsReason = true, danger = false, toType = null }, act) {
  return new Promise((resolve) => {
    const dialog = document.createElement("dialog");
    document.body.append(dialog);
    let isBusy = false;
    let error = null;
    let answer = null;
    let isNamed = toType === null;

    async function send(event) {
      event.preventDefault();
      if (!isNamed) return;
      const reason = event.target.elements.reason?.value.trim() ?? "";
      isBusy = true;
      error = null;
      paint();
      try {
        answer = (await act(reason)) ?? true;
        dialog.close();
      } catch (failure) {
        error = failure;
        isBusy = false;
        paint();
      }
    }

    function named(event) {
      isNamed = plain(event.target.value) === plain(toType);
      paint();
    }

    function paint() {
      render(
        html`<form method="dialog" @submit=${send} aria-labelledby="dialog-title">
          <h2 id="dialog-title">${title}</h2>
          <p>${text}</p>
          ${wantsReason ? html`<div class="field"><label for="dialog-reason">${t(isReasonNeeded ? "dialog.reason-needed" : "dialog.reason")}</label>
                <textarea id="dialog-reason" name="reason" rows="3" maxlength="1024" ?required=${isReasonNeeded} autofocus></textarea></div>` : nothing}
          ${toType === null ? nothing : html`<div class="field"><label for="dialog-named">${rich("dialog.to-type", { what: html`<b>${toType}</b>` })}</label>
                <input id="dialog-named" type="text" autocomplete="off" spellcheck="false" autofocus @input=${named}></div>`}
          ${error ? problem(error) : nothing}
          <div class="dialog-foot">
            <button type="button" @click=${() => dialog.close()}>${t("dialog.leave")}</button>
            <button type="submit" class="main" data-danger=${danger} ?disabled=${isBusy || !isNamed}>${button}</button>
          </div>
        </form>`,
        dialog,
      );
    }

    dialog.addEventListener("close", () => {
      dialog.remove();
      resolve(answer);
    });
    paint();
    dialog.showModal();
  });
}
