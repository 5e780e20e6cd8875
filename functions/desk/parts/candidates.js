// The people who may be meant: of several that fit, or near names of one that does not.
import { html, nothing } from "../core/html.js";
import { instant, said } from "../core/time.js";
import { coded, rich, t } from "../core/words.js";
import { verdict } from "./marks.js";
import { person } from "./people.js";

/** A button for each candidate; without the role to read, they have only an id and dates. */
export function candidates(found, choose) {
  if (!found?.length) return nothing;
  return html`<div class="candidates" role="group" aria-label=${t("candidates.title")}>
    <b aria-hidden="true">${t("candidates.title")}</b>
    <ul class="plain">
      ${found.map((one) => html`<li><button class="candidate" type="button" @click=${() => choose(one)}>
            ${person(one)}
            <span class="candidate-facts">${coded("case", one.case)}${one.deletedDateTime ? html` · ${rich("candidates.deleted", { when: instant(one.deletedDateTime) })}` : nothing}</span>
            <span class="candidate-end">${verdict(one.window)} ${one.window?.endsAt ? said(one.window.endsAt) : nothing}</span>
          </button></li>`)}
    </ul>
  </div>`;
}
