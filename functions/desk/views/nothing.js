// An address that leads nowhere, or where this session may not go.
import { html } from "../core/html.js";
import { t } from "../core/words.js";
import { placesOf } from "../shell.js";

export default function nothingHere(page) {
  const mine = placesOf(page.session);
  page.title(t("nothing.title"));
  page.paint(html`<h1>${t("nothing.title")}</h1>
    <p class="intro">${t(mine.length === 0 ? "nothing.no-role" : "nothing.text")}</p>
    ${mine.length === 0 ? "" : html`<p><a class="button" href="#/">${t("nothing.start")}</a></p>`}`);
}
