// Approvals: what waits for somebody's word, with the plan as it will be carried out.
import { isLeft } from "../core/api.js";
import { html, nothing } from "../core/html.js";
import { poll } from "../core/poll.js";
import { isOwnRequest, waitsForApproval } from "../core/restores.js";
import { to } from "../core/router.js";
import { ends, instant } from "../core/time.js";
import { askedBy } from "../core/who.js";
import { coded, rich, t } from "../core/words.js";
import { askFirst } from "../parts/ask-dialog.js";
import { warnings } from "../parts/findings.js";
import { verdict } from "../parts/marks.js";
import { joined, person } from "../parts/people.js";
import { problem } from "../parts/problem.js";
import { restoreActions } from "../parts/restore-actions.js";
import { sentence } from "../parts/sentence.js";

const REREAD = 30;

export default function approvals(page) {
  let waiting = [];
  let batches = new Map();
  let state = "loading";
  let error = null;

  async function read() {
    try {
      const found = [];
      for await (const one of page.api.pages("restores", { query: { status: "waiting", top: 100 }, signal: page.signal })) {
        found.push(...one.value.filter(waitsForApproval));
      }
      batches = await readBatches([...new Set(found.map((restore) => restore.batchId).filter(Boolean))]);
      waiting = found;
      state = "ready";
      error = null;
    } catch (failure) {
      if (isLeft(failure)) return undefined;
      error = failure;
      if (state !== "ready") state = "failed";
    }
    paint();
    return REREAD;
  }

  /** A batch gives the one hash by which all of it is approved; without it, each is decided alone. */
  async function readBatches(ids) {
    const found = new Map();
    for (const id of ids) {
      const answer = await page.api.get(`batches/${encodeURIComponent(id)}`, page).catch(() => null);
      if (answer?.body.approval) found.set(id, answer.body);
    }
    return found;
  }

  async function decide(batch, name) {
    const params = { count: batch.approval.count };
    const path = `batches/${encodeURIComponent(batch.id)}/${name}`;
    const done = await askFirst(
      { title: t(`ask.${name}-all`, params), text: t(`ask.${name}-all-text`, params), button: t(`action.${name}`), isReasonNeeded: name === "reject", danger: name === "reject" },
      (reason) => page.api.change("POST", path, { ...(reason ? { reason } : {}), planHash: batch.approval.planHash }),
    );
    if (done) read();
  }

  function group(id, restores) {
    const batch = batches.get(id);
    const isOwn = restores.every((restore) => isOwnRequest(restore, page.session));
    return html`<section class="batch-group">
      <div class="head-row"><h2><a href=${to(["many", id])}>${t("approvals.batch", { count: batch?.approval.count ?? restores.length })}</a></h2>
        ${batch && !isOwn ? html`<div class="actions"><button class="main" @click=${() => decide(batch, "approve")}>${t("approvals.approve-all")}</button>
          <button @click=${() => decide(batch, "reject")}>${t("approvals.reject-all")}</button></div>` : nothing}</div>
      <ul class="plain cards">${restores.map(card)}</ul>
    </section>`;
  }

  function card(restore) {
    const wanted = (restore.approval?.wantedFor ?? []).map((code) => coded("wanted-for", code));
    return html`<li class="card approval">
      <div class="guard-head"><a href=${to(["restores", restore.id])}>${person(restore.user)}</a>${verdict(restore.window)}</div>
      <ol class="plan">${(restore.plan ?? []).map((step) => html`<li>${coded("step", step)}</li>`)}</ol>
      ${wanted.length > 0 ? html`<p>${t("approvals.because", { what: joined(wanted) })}</p>` : nothing}
      ${restore.waiting?.message ? html`<p class="hint">${sentence(restore.waiting.message)}</p>` : nothing}
      <p class="when">${rich("approvals.asked", { who: askedBy(restore.requestedBy), when: instant(restore.createdAt) })}${restore.window?.endsAt ? html` · ${ends(restore.window.endsAt)}` : nothing}</p>
      ${restore.reason || restore.ticket ? html`<p class="hint">${[restore.reason, restore.ticket].filter(Boolean).join(" · ")}</p>` : nothing}
      ${restore.warnings?.length ? warnings(restore.warnings) : nothing}
      ${restoreActions(restore, page, () => read(), ["approve", "reject"])}
    </li>`;
  }

  function paint() {
    const alone = waiting.filter((restore) => !restore.batchId);
    const ids = [...new Set(waiting.map((restore) => restore.batchId).filter(Boolean))];
    const title = state === "ready" ? t("approvals.title", { count: waiting.length }) : t("nav.approvals");
    page.paint(html`<h1>${waiting.length === 0 && state === "ready" ? t("approvals.none") : title}</h1>
      ${error ? problem(error, () => read()) : nothing}
      ${state === "loading" ? html`<div class="skeleton" aria-hidden="true"><div></div><div></div></div>` : nothing}
      ${state === "ready" && waiting.length > 0 ? html`<p class="intro">${t("approvals.intro")}</p>` : nothing}
      <ul class="plain cards">${alone.map(card)}</ul>
      ${ids.map((id) => group(id, waiting.filter((restore) => restore.batchId === id)))}`);
  }

  page.title(t("nav.approvals"));
  paint();
  poll(read, page);
  page.eachMinute(paint);
}
