// One batch: counts, rows as they come to their end, and the result as a file.
import { save, Saving, wholeCsv } from "../core/download.js";
import { follow } from "../core/follow.js";
import { html, nothing, placed } from "../core/html.js";
import { FINISHED } from "../core/restores.js";
import { to } from "../core/router.js";
import { APPROVE } from "../core/session.js";
import { said } from "../core/time.js";
import { coded, rich, t } from "../core/words.js";
import { LongList } from "../parts/long-list.js";
import { status, statusTone } from "../parts/marks.js";
import { person } from "../parts/people.js";
import { faultSaid, problem } from "../parts/problem.js";
import { sentence, standing } from "../parts/sentence.js";

const ORDER = ["succeeded", "running", "queued", "pending", "waiting", "refused", "failed", "invalid", "cancelled"];

export default function oneBatch(page) {
  const id = page.path[1];
  const path = `batches/${encodeURIComponent(id)}`;
  const { it, begin } = follow(page, read, () => paint());
  let only = page.query.status ?? "";
  let shown = [];
  const list = new LongList({
    changed: () => paint(),
    estimate: () => 58,
    key: (index) => shown[index].index,
    label: () => t("batch.rows"),
    row: (index, isActive) => row(shown[index], isActive, `row-${index}`),
  });
  page.signal.addEventListener("abort", () => list.leave());

  async function read() {
    const answer = await page.api.get(path, page);
    return { known: { batch: answer.body }, seconds: answer.status === 200 ? undefined : (answer.retryAfter ?? 0) };
  }

  const saving = new Saving(() => paint());
  const saveCsv = () =>
    saving.run("rows", async () => save(`reprieve-batch-${id}.csv`, await wholeCsv(page.api, path, {}, page.signal), "text/csv"));

  function paint() {
    const { batch, error } = it.known;
    if (it.is("failed")) page.paint(html`<h1>${t("batch.title")}</h1>${problem(error, begin)}`);
    else if (it.is("loading")) page.paint(html`<h1>${t("batch.title")}</h1><div class="skeleton" aria-hidden="true"><div></div><div></div></div>`);
    else page.paint(view(batch, error));
  }

  function view(batch, error) {
    shown = batch.items.filter((item) => !only || item.status === only);
    const done = batch.items.filter((item) => FINISHED.has(item.status) || item.status === "invalid").length;
    const isDone = done === batch.items.length;
    return html`<h1>${t(isDone ? "batch.done" : "batch.at-work", { count: batch.items.length })}</h1>
      <p class="intro" role="status">${t("batch.progress", { done, count: batch.items.length })}</p>
      ${proportions(batch)}
      ${batch.approval?.count > 0 ? waits(batch, page) : nothing}
      <div class="head-row">${filters(batch)}
        <button class="small no-print" ?disabled=${saving.busy !== null} @click=${saveCsv}>${t("batch.save-csv")}</button></div>
      ${[error, saving.error].filter(Boolean).map((one) => problem(one))}
      ${list.template(shown.length)}`;
  }

  function filters(batch) {
    const names = ORDER.filter((name) => countOf(batch, name) > 0);
    const pick = (name) => { only = name; page.keep({ status: only }); list.toTop(); paint(); };
    return html`<div class="chips" role="group" aria-label=${t("batch.filter")}>
      <button class="chip" aria-pressed=${only === ""} @click=${() => pick("")}>${t("batch.all", { count: batch.items.length })}</button>
      ${names.map((name) => html`<button class="chip" aria-pressed=${only === name} @click=${() => pick(name)}>${coded("status", name)} ${countOf(batch, name)}</button>`)}
    </div>`;
  }

  page.title(t("batch.title"));
  paint();
  begin();
}

const countOf = (batch, name) => batch.items.filter((item) => item.status === name).length;

/** The rows as one bar: how much of it is done, and how. */
function proportions(batch) {
  const parts = ORDER.map((name) => [name, countOf(batch, name)]).filter(([, count]) => count > 0);
  const words = parts.map(([name, count]) => `${coded("status", name)} ${count}`).join(", ");
  return html`<div class="proportions" role="img" aria-label=${words}>
    ${parts.map(([name, count]) => html`<span data-tone=${statusTone(name)} data-status=${name} ${placed({ "flex-grow": String(count) })}></span>`)}
  </div>`;
}

const waits = (batch, page) => html`<section class="note" data-tone="waiting">
  <p>${t("batch.approval", { count: batch.approval.count })}
    ${page.session.can(APPROVE) ? html` <a href=${to(["approvals"])}>${t("batch.to-approvals")}</a>` : nothing}</p>
</section>`;

function row(item, isActive, id) {
  const link = item.restoreId ? to(["restores", item.restoreId]) : null;
  return html`<div class="batch-row">
    <span class="many-line">${item.index + 1}</span>
    ${link ? html`<a href=${link} aria-describedby="${id}-status ${id}-words" tabindex=${isActive ? 0 : -1} ?data-active=${isActive}>${person(item.user)}</a>` : html`<span tabindex=${isActive ? 0 : -1} ?data-active=${isActive}>${person(item.user)}</span>`}
    ${status(item.status, `${id}-status`)}
    <div class="many-words" id="${id}-words">
      ${item.message ? html`<p>${standing({ outcome: item })}</p>` : nothing}
      ${item.fix ? html`<p class="fix">${sentence(item.fix)}</p>` : nothing}
      ${item.waiting?.message && !item.message ? html`<p>${sentence(item.waiting.message)}</p>` : nothing}
      ${item.waiting?.until ? html`<p class="when">${rich("today.looks-again", { when: said(item.waiting.until) })}</p>` : nothing}
      ${(item.errors ?? []).map((fault) => html`<p>${faultSaid(fault)}</p>`)}
      ${item.repeats !== undefined && item.repeats !== null ? html`<p class="hint">${t("batch.repeats", { line: item.repeats + 1 })}</p>` : nothing}
      ${(item.warnings ?? []).map((warning) => html`<p class="hint">${sentence(warning.message)}</p>`)}
    </div>
  </div>`;
}
