// A "no" of the API, as what it means and what to do.
import { html, nothing } from "../core/html.js";
import { Problem } from "../core/api.js";
import { plain } from "../core/plain.js";
import { t } from "../core/words.js";

const faults = (errors) => html`<ul class="faults">
  ${errors.map((fault) => html`<li>${fault.pointer ? html`<code>${fault.pointer}</code> ` : nothing}${fault.message}</li>`)}
</ul>`;

/** The problem with its fix; `again` offers another try where one may help. */
export function problem(error, again) {
  const known = error instanceof Problem;
  const title = known && error.title ? error.title : t(known ? "problem.title" : "problem.unreachable");
  const detail = known ? plain(error.message) : error.isChange ? t("problem.unreachable-detail") : "";
  const fix = known ? plain(error.fix) : t(error.isChange ? "problem.unreachable-fix" : "problem.unreachable-read");
  return html`<section class="note" data-tone="bad" role="alert">
    <h2 class="note-title">${title}</h2>
    ${detail ? html`<p>${detail}</p>` : nothing}
    ${known && error.errors.length > 0 ? faults(error.errors) : nothing}
    ${fix ? html`<p class="fix">${fix}</p>` : nothing}
    ${again ? html`<p><button class="small" @click=${again}>${t("problem.again")}</button></p>` : nothing}
  </section>`;
}
