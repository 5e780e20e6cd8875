// A "no" of the API, as what it means and what to do.
import { html, nothing } from "../core/html.js";
import { Problem } from "../core/api.js";
import { t } from "../core/words.js";
import { sentence, timed } from "./sentence.js";

const faults = (errors) => html`<ul class="faults">
  ${errors.map((fault) => html`<li>${fault.pointer ? html`<code>${fault.pointer}</code> ` : nothing}${timed(fault.message)}</li>`)}
</ul>`;

const signedOut = () => html`<section class="note" data-tone="bad" role="alert">
  <h2 class="note-title">${t("problem.signed-out")}</h2>
  <p class="fix">${t("problem.signed-out-fix")}</p>
</section>`;

/** The problem with its fix; `again` offers another try where one may help. */
export function problem(error, again) {
  const known = error instanceof Problem;
  // The platform's own answer has no words.
  if (known && error.status === 401 && !error.title) return signedOut();
  const title = known && error.title ? error.title : t(known ? "problem.title" : "problem.unreachable");
  const detail = known ? error.message : error.isChange ? t("problem.unreachable-detail") : "";
  const fix = known ? error.fix : t(error.isChange ? "problem.unreachable-fix" : "problem.unreachable-read");
  return html`<section class="note" data-tone="bad" role="alert">
    <h2 class="note-title">${title}</h2>
    ${detail ? html`<p>${sentence(detail)}</p>` : nothing}
    ${known && error.errors.length > 0 ? faults(error.errors) : nothing}
    ${fix ? html`<p class="fix">${sentence(fix)}</p>` : nothing}
    ${again ? html`<p><button class="small" @click=${again}>${t("problem.again")}</button></p>` : nothing}
  </section>`;
}
