// A "no" of the API, as what it means and what to do.
import { fieldSaid } from "../core/fields.js";
import { html, nothing } from "../core/html.js";
import { Problem } from "../core/api.js";
import { t } from "../core/words.js";
import { sentence } from "./sentence.js";

/** What is wrong with one field, by its label on the page; `labels` are those of the view, `titles` a file's own. */
export function faultSaid({ pointer, message }, labels, titles) {
  const field = fieldSaid(pointer, labels, titles);
  return html`${field ? `${field} ` : pointer ? html`<code>${pointer}</code> ` : nothing}${sentence(message)}`;
}

const faults = (errors, labels) => html`<ul class="faults">${errors.map((fault) => html`<li>${faultSaid(fault, labels)}</li>`)}</ul>`;

const signedOut = () => html`<section class="note" data-tone="bad" role="alert">
  <h2 class="note-title">${t("problem.signed-out")}</h2>
  <p class="fix">${t("problem.signed-out-fix")}</p>
</section>`;

/** The problem with its fix; `again` offers another try where one may help, `labels` are those of the view's own fields. */
export function problem(error, again, labels) {
  const known = error instanceof Problem;
  // The platform's own answer has no words.
  if (known && error.status === 401 && !error.title) return signedOut();
  const title = known && error.title ? error.title : t(known ? "problem.title" : "problem.unreachable");
  const detail = known ? error.message : error.isChange ? t("problem.unreachable-detail") : "";
  const fix = known ? error.fix : t(error.isChange ? "problem.unreachable-fix" : "problem.unreachable-read");
  return html`<section class="note" data-tone="bad" role="alert">
    <h2 class="note-title">${title}</h2>
    ${detail ? html`<p>${sentence(detail)}</p>` : nothing}
    ${known && error.errors.length > 0 ? faults(error.errors, labels) : nothing}
    ${fix ? html`<p class="fix">${sentence(fix)}</p>` : nothing}
    ${again ? html`<p><button class="small" @click=${again}>${t("problem.again")}</button></p>` : nothing}
  </section>`;
}
