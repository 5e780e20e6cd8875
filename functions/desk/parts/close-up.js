// The person under the pointer or the focus: case, evidence, licences, and what would block.
import { isLeft } from "../core/api.js";
import { html, nothing } from "../core/html.js";
import { isOpenEnded, startOf } from "../core/losses.js";
import { pause } from "../core/poll.js";
import { to } from "../core/router.js";
import { REQUEST } from "../core/session.js";
import { instant, said } from "../core/time.js";
import { coded, t } from "../core/words.js";
import { severity, verdict } from "./marks.js";
import { addressOf, breaking, handleOf, licenseName, nameOf } from "./people.js";
import { sentence } from "./sentence.js";

const REST = 600;

/** What is known of one person after another; a check is asked once the reader rests on them. */
export function closeUp(page, changed) {
  const checks = new Map();
  let loss = null;
  let waits = null;

  async function check(one) {
    waits?.abort();
    waits = new AbortController();
    const { signal } = waits;
    await pause(REST, signal);
    if (signal.aborted || page.signal.aborted || checks.has(one.id) || !page.session.can(REQUEST)) return;
    checks.set(one.id, "asked");
    try {
      const answer = await page.api.ask("checks", { kind: "mailbox", user: handleOf(one) }, page);
      checks.set(one.id, answer.body);
    } catch (error) {
      if (isLeft(error)) return;
      checks.set(one.id, "failed");
    }
    changed();
  }

  return {
    at(one) {
      if (loss === one) return;
      loss = one;
      changed();
      check(one);
    },
    /** Whoever stands first, until the reader looks at somebody. */
    begin(one) {
      if (loss === null && one) loss = one;
    },
    template: () => html`<aside class="close-up" aria-label=${t("close-up.label")}>
      ${loss ? told(loss, checks.get(loss.id), page.session.can(REQUEST)) : html`<p class="empty">${t("close-up.empty")}</p>`}
    </aside>`,
  };
}

const fact = (key, value) => (value ? html`<div><dt>${t(key)}</dt><dd>${value}</dd></div>` : nothing);

function told(loss, check, mayAsk) {
  const window = loss.window ?? {};
  return html`<h3>${breaking(nameOf(loss))}</h3>
    <p class="person-address">${breaking(addressOf(loss))}</p>
    <dl class="facts">
      ${fact("fact.window", verdict(window))}
      ${fact("fact.case", coded("case", loss.case))}
      ${fact(isOpenEnded(window) ? "fact.license-lost" : "fact.lost", startOf(loss) ? instant(startOf(loss)) : null)}
      ${fact("fact.ends", window.endsAt ? said(window.endsAt) : null)}
      ${fact("fact.evidence", coded("evidence", window.evidence ?? "none"))}
      ${fact("fact.licenses", licensesOf(loss))}
      ${fact("fact.synced", loss.onPremisesSyncEnabled ? t("fact.yes") : null)}
    </dl>
    ${blocks(check)}
    ${mayAsk ? html`<p><a class="button" href=${to(["restore"], { user: handleOf(loss) })}>${t("close-up.bring-back")}</a></p>` : nothing}`;
}

function licensesOf(loss) {
  if (!loss.licenses?.length) return null;
  return html`<ul class="plain">${loss.licenses.map((license) => html`<li>${licenseName(license)}${license.fromGroup ? html` <span class="hint">${t("fact.from-group")}</span>` : nothing}</li>`)}</ul>`;
}

function blocks(check) {
  if (check === undefined) return nothing;
  if (check === "asked") return html`<p class="hint">${t("close-up.checking")}</p>`;
  if (check === "failed") return html`<p class="hint">${t("close-up.not-checked")}</p>`;
  const found = check.findings.filter((finding) => finding.severity !== "info");
  if (found.length === 0) return html`<p class="hint">${t("close-up.nothing-blocks")}</p>`;
  return html`<ul class="plain findings-short">
    ${found.map((finding) => html`<li>${severity(finding.severity)}<p>${sentence(finding.message)}</p></li>`)}
  </ul>`;
}
