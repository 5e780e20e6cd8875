// What a check has found, blocks first, each with what to do about it.
import { html, nothing } from "../core/html.js";
import { t } from "../core/words.js";
import { severity } from "./marks.js";
import { sentence } from "./sentence.js";

const ORDER = { block: 0, warn: 1, info: 2 };

/** The findings; `actionFor(finding)` gives `{ word, act }` where the page itself can help. */
export function findings(found, actionFor = () => null) {
  const sorted = [...found].sort((one, other) => ORDER[one.severity] - ORDER[other.severity]);
  const loud = sorted.filter((finding) => finding.severity !== "info");
  const quiet = sorted.filter((finding) => finding.severity === "info");
  return html`${loud.length === 0 ? nothing : html`<ul class="findings">${loud.map((finding) => item(finding, actionFor))}</ul>`}
    ${quiet.length === 0 ? nothing : html`<details class="more" ?open=${loud.length === 0}>
          <summary>${t("findings.to-know", { count: quiet.length })}</summary>
          <ul class="findings">${quiet.map((finding) => item(finding, actionFor))}</ul>
        </details>`}`;
}

function item(finding, actionFor) {
  const action = actionFor(finding);
  return html`<li class="finding" data-severity=${finding.severity}>
    ${severity(finding.severity)}
    <div>
      <p>${sentence(finding.message)}</p>
      ${finding.fix ? html`<p class="fix">${sentence(finding.fix)}</p>` : nothing}
      ${action ? html`<p><button class="small" type="button" @click=${action.act}>${action.word}</button></p>` : nothing}
    </div>
  </li>`;
}

/** The warnings of a restore: they have a code of a finding, and no severity of their own. */
export const warnings = (found) =>
  findings((found ?? []).map((warning) => ({ severity: "warn", ...warning })));
