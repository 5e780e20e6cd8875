// One restore: how it stands, its steps live, and its journal as a line of time.
import { Problem } from "../core/api.js";
import { save, Saving, wholeCsv } from "../core/download.js";
import { follow } from "../core/follow.js";
import { html, nothing } from "../core/html.js";
import { isFinished, stepsOf } from "../core/restores.js";
import { to } from "../core/router.js";
import { ADMIN, READ } from "../core/session.js";
import { ends, instant, said, span } from "../core/time.js";
import { askedBy, decidedBy } from "../core/who.js";
import { coded, rich, t } from "../core/words.js";
import { candidates } from "../parts/candidates.js";
import { warnings } from "../parts/findings.js";
import { journal } from "../parts/journal.js";
import { status, stepStatus, verdict } from "../parts/marks.js";
import { addressOf, breaking, handleOf, nameOf } from "../parts/people.js";
import { problem } from "../parts/problem.js";
import { restoreActions } from "../parts/restore-actions.js";
import { heard, sentence, standing, timed } from "../parts/sentence.js";

export default function oneRestore(page) {
  const id = page.path[1];
  const path = `restores/${encodeURIComponent(id)}`;
  let entries = [];
  let isJournalRead = false;
  let mayReadJournal = false;
  let told = "";

  const { it, begin } = follow(page, read, () => paint());

  async function read() {
    const answer = await page.api.get(path, page);
    const restore = answer.body;
    mayReadJournal = page.session.can(READ) || page.session.owns(restore);
    if (mayReadJournal) await readJournal();
    page.title(`${nameOf(restore.user)} · ${coded("status", restore.status)}`);
    tell(restore);
    return { known: { restore }, seconds: isFinished(restore) ? undefined : (answer.retryAfter ?? 0) };
  }

  async function readJournal() {
    try {
      const found = [];
      for await (const one of page.api.pages(`${path}/journal`, { signal: page.signal })) found.push(...one.value);
      entries = found;
      isJournalRead = true;
    } catch (error) {
      if (!(error instanceof Problem)) throw error;
    }
  }

  function tell(restore) {
    const words = heard(restore) || coded("status", restore.status);
    if (words !== told) page.say(words);
    told = words;
  }

  function taken(restore) {
    if (restore?.id && restore.id !== id) page.go(["restores", restore.id]);
    else begin();
  }

  const saving = new Saving(() => paint());
  const saveJournal = () =>
    saving.run("journal", async () => save(`reprieve-${id}.csv`, await wholeCsv(page.api, `${path}/journal`, {}, page.signal), "text/csv"));

  function paint() {
    const { restore, error } = it.known;
    if (it.is("failed")) page.paint(html`<h1>${t("one.title")}</h1>${problem(error, begin)}`);
    else if (it.is("loading")) page.paint(html`<h1>${t("one.loading")}</h1><div class="skeleton" aria-hidden="true"><div></div><div></div><div></div></div>`);
    else page.paint(view(restore, error));
  }

  function view(restore, error) {
    return html`<article class="one">
      ${head(restore)} ${error ? problem(error) : nothing}
      ${outcome(restore)} ${waits(restore)}
      ${restoreActions(restore, page, taken)}
      ${candidates(restore.candidates, (one) => page.go(["restore"], { user: handleOf(one) }))}
      ${restore.warnings?.length ? warnings(restore.warnings) : nothing}
      <div class="one-columns">
        <section aria-labelledby="steps-title"><h2 id="steps-title">${t("one.steps")}</h2>${steps(restore)}</section>
        <section aria-labelledby="facts-title"><h2 id="facts-title">${t("one.facts")}</h2>${facts(restore, page.session.can(READ))}${erasure(restore)}</section>
      </div>
      ${received(restore)}
      ${mayReadJournal ? journalPart() : nothing}
    </article>`;
  }

  function erasure(restore) {
    if (!page.session.can(ADMIN) || !restore.user?.id) return nothing;
    return html`<p class="no-print"><a href=${to(["erasure"], { user: restore.user.id })}>${t("one.erase")}</a></p>`;
  }

  function journalPart() {
    return html`<section aria-labelledby="journal-title">
        <div class="head-row"><h2 id="journal-title">${t("one.journal")}</h2>
          <div class="head-actions no-print">
            <button class="small" ?disabled=${saving.busy !== null} @click=${saveJournal}>${t("one.save-csv")}</button>
            <button class="small" @click=${() => window.print()}>${t("one.print")}</button>
          </div></div>
        ${saving.error ? problem(saving.error) : nothing}
        ${isJournalRead ? journal(entries) : html`<p class="empty">${t("one.no-journal")}</p>`}
      </section>`;
  }

  paint();
  begin();
  page.eachMinute(paint);
}

/** What is no bringing back, and says so beside its status. */
const isOfItsOwn = (restore) => ["undo", "drill"].includes(restore.kind);

function head(restore) {
  return html`<header class="one-head">
    <h1>${restore.received ? t("failed.a-message") : breaking(nameOf(restore.user))}</h1>
    <p class="person-address">${breaking(addressOf(restore.user))}</p>
    <p class="one-status">${status(restore.status)}
      ${isOfItsOwn(restore) ? html`<span>${coded("kind", restore.kind)}</span>` : nothing}
      ${restore.undoes ? html`<a href=${to(["restores", restore.undoes])}>${t("one.undoes")}</a>` : nothing}
      ${restore.undoneBy ? html`<a href=${to(["restores", restore.undoneBy])}>${t("one.undone-by")}</a>` : nothing}
    </p>
  </header>`;
}

const TONES = { succeeded: "open", refused: "closing", failed: "bad", cancelled: "neutral" };

function outcome(restore) {
  if (!restore.outcome) return nothing;
  return html`<section class="note outcome" data-tone=${TONES[restore.status] ?? "neutral"}>
    <p class="outcome-message">${standing(restore)}</p>
    ${restore.outcome.fix ? html`<p class="fix">${sentence(restore.outcome.fix)}</p>` : nothing}
    <p class="code"><code>${restore.outcome.code}</code></p>
  </section>`;
}

function waits(restore) {
  const waiting = restore.waiting;
  if (!waiting) return nothing;
  return html`<section class="note" data-tone="waiting">
    <p class="outcome-message">${waiting.message ? sentence(waiting.message) : coded("waiting", waiting.for)}</p>
    ${waiting.fix ? html`<p class="fix">${sentence(waiting.fix)}</p>` : nothing}
    <p class="hint">${waiting.until ? rich("one.looks-again", { when: said(waiting.until) }) : nothing}
      ${restore.window?.endsAt ? html` ${rich("one.at-most", { when: said(restore.window.endsAt) })}` : nothing}
      ${waiting.restoreId ? html` <a href=${to(["restores", waiting.restoreId])}>${t("one.the-other")}</a>` : nothing}</p>
  </section>`;
}

function steps(restore) {
  const all = stepsOf(restore);
  if (all.length === 0) return html`<p class="empty">${t(isFinished(restore) ? "one.no-steps-ended" : "one.no-steps")}</p>`;
  return html`<ol class="steps">
    ${all.map((step) => html`<li data-state=${step.status}>
        <div class="step-head"><span class="step-name">${coded("step", stepName(restore, step.name))}</span> ${stepStatus(step.status)}</div>
        ${step.detail && step.detail !== restore.outcome?.message ? html`<p>${timed(step.detail)}</p>` : nothing}
        ${step.startedAt ? html`<p class="when">${span(step.startedAt, step.endedAt)}</p>` : nothing}
        ${step.graphRequestId ? html`<details class="quiet-details"><summary>${t("one.request-id")}</summary><code>${step.graphRequestId}</code></details>` : nothing}
      </li>`)}
  </ol>`;
}

/** An undo looks whether the user is gone again, or without the licence. */
const stepName = (restore, name) => (restore.kind === "undo" && name === "verify-user" ? "verify-undone" : name);

const fact = (key, value) => (value ? html`<div><dt>${t(key)}</dt><dd>${value}</dd></div>` : nothing);

/** Who asked, with the way to all that they asked for. */
function requester(by, mayList) {
  if (!mayList || !by?.id) return askedBy(by);
  return html`<a href=${to(["history"], { requestedBy: by.id })}>${askedBy(by)}</a>`;
}

function facts(restore, mayList) {
  const window = restore.window;
  return html`<dl class="facts">
    ${fact("fact.window", window ? verdict(window) : null)}
    ${fact("fact.lost", window?.startedAt ? instant(window.startedAt) : null)}
    ${fact("fact.ends", window?.endsAt ? ends(window.endsAt) : null)}
    ${fact("fact.evidence", window?.evidence ? coded("evidence", window.evidence) : null)}
    ${fact("fact.kind", restore.received || isOfItsOwn(restore) ? null : coded("kind", restore.kind))}
    ${fact("fact.asked-by", requester(restore.requestedBy, mayList))}
    ${fact("fact.asked-at", instant(restore.createdAt))}
    ${fact("fact.finished", restore.finishedAt ? instant(restore.finishedAt) : null)}
    ${fact("fact.reason", restore.reason)}
    ${fact("fact.ticket", restore.ticket)}
    ${fact("fact.attempts", restore.attempts > 1 ? String(restore.attempts) : null)}
    ${fact("fact.batch", restore.batchId ? html`<a href=${to(["many", restore.batchId])}>${restore.batchId}</a>` : null)}
    ${fact("fact.approval", approval(restore.approval))}
    ${fact("fact.id", html`<code>${restore.id}</code>`)}
  </dl>`;
}

function approval(given) {
  if (!given) return null;
  if (!given.decision) return t("one.approval-open");
  return html`${rich(given.decision === "approved" ? "one.approved" : "one.rejected", { who: decidedBy(given), when: instant(given.at) })}${given.reason ? html`: ${given.reason}` : nothing}`;
}

const received = (restore) =>
  restore.received
    ? html`<section><h2>${t("one.received")}</h2><pre class="received" tabindex="0">${restore.received}</pre></section>`
    : nothing;
