// The journal of a restore as a line of time; evidence, request ids and hashes folded away.
import { html, nothing } from "../core/html.js";
import { planSaid } from "../core/plain.js";
import { exact } from "../core/time.js";
import { doneBy } from "../core/who.js";
import { coded, rich, t } from "../core/words.js";
import { timed } from "./sentence.js";

const line = (key, value) => (value ? html`<div><dt>${t(key)}</dt><dd><code>${typeof value === "string" ? value : JSON.stringify(value)}</code></dd></div>` : nothing);

/** Which worker took it up is for whoever looks into the service itself. */
const isInner = (item) => item.what === "claimed" && item.detail;

function entry(item) {
  const folded = item.evidence || item.graphRequestId || item.hash || isInner(item);
  return html`<li class="moment">
    <div class="moment-when">${exact(item.at)}</div>
    <div>
      <p class="moment-what">${coded("journal", item.what)}${item.step ? html` · ${coded("step", item.step)}` : nothing}</p>
      ${item.detail && !isInner(item) ? html`<p>${timed(item.what === "planned" ? planSaid(item.detail) : item.detail)}</p>` : nothing}
      ${item.by ? html`<p class="when">${rich("journal.by", { who: doneBy(item.by) })}</p>` : nothing}
      ${folded ? html`<details class="quiet-details"><summary>${t("journal.evidence")}</summary><dl class="facts small">
            ${isInner(item) ? line("journal.worker", item.detail) : nothing} ${line("journal.evidence-is", item.evidence)} ${line("journal.request-id", item.graphRequestId)} ${line("journal.hash", item.hash)} ${line("journal.previous", item.previousHash)}
          </dl></details>` : nothing}
    </div>
  </li>`;
}

/** The entries, oldest first; a new attempt begins under a line of its own. */
export function journal(entries) {
  if (entries.length === 0) return html`<p class="empty">${t("one.journal-empty")}</p>`;
  let attempt = entries[0].attempt;
  return html`<ol class="moments">
    ${entries.map((item) => {
      const isNew = item.attempt !== attempt;
      attempt = item.attempt;
      return html`${isNew ? html`<li class="attempt">${t("journal.attempt", { count: item.attempt })}</li>` : nothing}${entry(item)}`;
    })}
  </ol>`;
}
