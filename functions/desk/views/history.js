// History: every restore, by person, time, status and who asked; and the trail to take home.
import { save, Saving, wholeCsv, wholeLines } from "../core/download.js";
import { html, nothing } from "../core/html.js";
import { Listing } from "../core/listing.js";
import { pause } from "../core/poll.js";
import { to } from "../core/router.js";
import { instant } from "../core/time.js";
import { askedBy } from "../core/who.js";
import { coded, t } from "../core/words.js";
import { LongList } from "../parts/long-list.js";
import { status } from "../parts/marks.js";
import { person } from "../parts/people.js";
import { problem } from "../parts/problem.js";
import { standing } from "../parts/sentence.js";

const REST = 350;
const PAGE = 100;
const TRAIL = "reprieve-trail.ndjson";
const LABELS = { user: "history.person", status: "history.status", from: "history.from", to: "history.to", requestedBy: "history.requested-by" };
const STATUSES = ["queued", "running", "waiting", "succeeded", "refused", "failed", "cancelled"];

export default function history(page) {
  const filters = { ...page.query };
  const listing = new Listing(page, "restores", () => paint());
  const saving = new Saving(() => paint());
  let rest = null;
  const list = new LongList({
    changed: () => paint(),
    estimate: () => 58,
    key: (index) => listing.rows[index].id,
    label: () => t("history.rows"),
    row: (index, isActive) => row(listing.rows[index], isActive, `row-${index}`),
    near: () => listing.more(),
  });
  page.signal.addEventListener("abort", () => list.leave());

  /** The filters as the API takes them: whole days of the reader, `to` included by the reader's reading. */
  function asked() {
    const { from, to: until, ...others } = filters;
    const day = (text, later) => {
      const at = new Date(`${text}T00:00`);
      at.setDate(at.getDate() + later);
      return at.toISOString();
    };
    return { ...others, from: from ? day(from, 0) : "", to: until ? day(until, 1) : "" };
  }

  async function filter(change, wait = 0) {
    Object.assign(filters, change);
    page.keep(filters);
    paint();
    rest?.abort();
    rest = new AbortController();
    await pause(wait, rest.signal);
    if (rest.signal.aborted) return;
    list.toTop();
    listing.open({ ...asked(), top: PAGE });
  }

  const saveList = () => saving.run("list", async () => save("reprieve-restores.csv", await wholeCsv(page.api, "restores", asked(), page.signal), "text/csv"));
  const saveTrail = (kind) => saving.run(kind, async () => {
    const { from, to: until } = asked();
    if (kind === "csv") return save("reprieve-trail.csv", await wholeCsv(page.api, "trail", { from, to: until }, page.signal), "text/csv");
    return save(TRAIL, await wholeLines(page.api, "trail", { from, to: until }, "application/x-ndjson", page.signal), "application/x-ndjson");
  });

  function paint() {
    page.paint(html`<div class="history view"><div class="head-row"><h1>${t("nav.history")}</h1>
        <div class="head-actions no-print">
          <button class="small" ?disabled=${saving.busy !== null} @click=${saveList}>${t(saving.busy === "list" ? "history.saving" : "history.save-csv")}</button>
          <button class="small" popovertarget="trail">${t("history.trail")}</button>
          <div id="trail" class="popover" popover>
            <h2>${t("history.trail-title")}</h2><p class="hint">${t("history.trail-text")}</p>
            ${checking()}
            <button class="small" ?disabled=${saving.busy !== null} @click=${() => saveTrail("ndjson")}>${t("history.trail-ndjson")}</button>
            <button class="small" ?disabled=${saving.busy !== null} @click=${() => saveTrail("csv")}>${t("history.trail-csv")}</button>
          </div>
        </div></div>
      ${filterBar()}
      ${saving.error ? problem(saving.error) : nothing}
      ${listing.state === "failed" ? problem(listing.error, () => filter({}), LABELS) : nothing}
      ${listing.state === "loading" ? html`<div class="skeleton" aria-hidden="true">${Array.from({ length: 6 }, () => html`<div></div>`)}</div>` : nothing}
      ${listing.state === "ready" && listing.rows.length === 0 ? html`<p class="empty">${t("history.none")}</p>` : nothing}
      ${listing.rows.length > 0 ? list.template(listing.rows.length) : nothing}
      ${listing.rows.length > 0 ? html`<p class="read" role="status">${t(listing.isWhole ? "history.all-shown" : "history.some-shown", { count: listing.rows.length })}</p>` : nothing}</div>`);
  }

  /** How the file is checked: a part of the trail is held against the same two instants. */
  function checking() {
    const { from, to: until } = asked();
    const part = [["--from", from], ["--to", until]].filter(([, at]) => at).map(([name, at]) => ` ${name} ${at.slice(0, 19)}Z`);
    return html`<p class="hint">${t("history.trail-check")}</p><pre tabindex="0">python3 check_trail.py ${TRAIL}${part.join("")}</pre>`;
  }

  function filterBar() {
    const text = (name, key) => html`<div class="field"><label for="filter-${name}">${t(key)}</label>
      <input id="filter-${name}" type="search" autocomplete="off" spellcheck="false" .value=${filters[name] ?? ""} @input=${(event) => filter({ [name]: event.target.value.trim() }, REST)}></div>`;
    const date = (name, key) => html`<div class="field"><label for="filter-${name}">${t(key)}</label>
      <input id="filter-${name}" type="date" .value=${filters[name] ?? ""} @change=${(event) => filter({ [name]: event.target.value })}></div>`;
    return html`<form class="filters wide no-print" @submit=${(event) => event.preventDefault()}>
      ${text("user", "history.person")}
      <div class="field"><label for="filter-status">${t("history.status")}</label>
        <select id="filter-status" @change=${(event) => filter({ status: event.target.value })}>
          <option value="">${t("history.any-status")}</option>
          ${STATUSES.map((name) => html`<option value=${name} ?selected=${filters.status === name}>${coded("status", name)}</option>`)}
        </select></div>
      ${date("from", "history.from")} ${date("to", "history.to")}
      ${text("requestedBy", "history.requested-by")}
      ${filters.batch ? html`<button class="chip" type="button" @click=${() => filter({ batch: "" })}>${t("history.batch", { id: filters.batch.slice(0, 8) })} ×</button>` : nothing}
    </form>`;
  }

  page.title(t("nav.history"));
  paint();
  listing.open({ ...asked(), top: PAGE });
}

function row(restore, isActive, id) {
  return html`<div class="history-row">
    <span class="when">${instant(restore.createdAt)}</span>
    <a href=${to(["restores", restore.id])} aria-describedby="${id}-status ${id}-words" tabindex=${isActive ? 0 : -1} ?data-active=${isActive}>${person(restore.received ? t("failed.a-message") : restore.user)}</a>
    ${status(restore.status, `${id}-status`)}
    <div class="many-words" id="${id}-words"><p>${standing(restore)}</p></div>
    <span class="when">${askedBy(restore.requestedBy)}${restore.ticket ? html`<br>${restore.ticket}` : nothing}</span>
  </div>`;
}
