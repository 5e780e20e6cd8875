// Signing in: the platform's own way, or a function key that stays in this tab.
import { Problem } from "../core/api.js";
import { html, nothing } from "../core/html.js";
import { t } from "../core/words.js";
import { problem } from "../parts/problem.js";

export default function signIn(page) {
  const { session, failure } = page;
  const isOut = failure instanceof Problem && failure.status === 401;

  function useKey(event) {
    event.preventDefault();
    session.useKey(event.target.elements.key.value);
    page.start();
  }

  const byPlatform = () => html`<p>${t("sign-in.entra")}</p>
    <p><a class="button main" href=${session.signInAddress(location.pathname, location.hash)}>${t("sign-in.entra-button")}</a></p>`;

  const byKey = () => html`<p>${t("sign-in.keys")}</p>
    <form @submit=${useKey}>
      <div class="field"><label for="key">${t("sign-in.key")}</label>
        <input id="key" name="key" type="password" required autocomplete="off" aria-describedby="key-hint">
        <p class="hint" id="key-hint">${t("sign-in.key-hint")}</p></div>
      ${session.key && isOut ? html`<p class="fix" role="alert">${t("sign-in.key-refused")}</p>` : nothing}
      <button class="main">${t("sign-in.key-button")}</button>
    </form>`;

  page.title(t("sign-in.title"));
  page.paint(html`<section class="sign-in">
    <h1>${t("sign-in.title")}</h1>
    ${isOut ? nothing : problem(failure, page.start)}
    ${isOut ? (session.mode === "entra" ? byPlatform() : byKey()) : nothing}
    ${isOut && failure.message && failure.fix ? html`<p class="hint">${failure.message}</p>` : nothing}
  </section>`);
}
