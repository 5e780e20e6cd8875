// Many: paste or drop a list, see each row checked, mend it in its cell, and send it as one order.
import { isLeft, Problem } from "../core/api.js";
import { CsvFault, decode, requestsOf } from "../core/csv.js";
import { dropDraft, keepDraft, readDraft, recent, remember } from "../core/drafts.js";
import { html, nothing } from "../core/html.js";
import { machine } from "../core/machine.js";
import { Pace, pause } from "../core/poll.js";
import { to } from "../core/router.js";
import { goes, loudest, noteTwice, standing, toldOnce } from "../core/rows.js";
import { ends, instant } from "../core/time.js";
import { coded, rich, t } from "../core/words.js";
import { LongList } from "../parts/long-list.js";
import { mark, verdict } from "../parts/marks.js";
import { joined, nameOf } from "../parts/people.js";
import { faultSaid, problem } from "../parts/problem.js";
import { sentence } from "../parts/sentence.js";

const MOST = 1000;
const FIRST_CALL = 10;
const ONE_CALL = 100;
const REST = 600;
const STATES = {
  empty: { read: "table", refused: "empty" },
  table: { read: "table", refused: "table", clear: "empty", send: "sending" },
  sending: { failed: "table" },
};
// What one caller may ask in a minute.
const pace = new Pace({ calls: 60, items: 600 });

export default function many(page) {
  const draft = { text: "", reason: "", ticket: "", ...readDraft("many") };
  const it = machine("empty", STATES, () => paint());
  let rows = [];
  let given = "";
  let isChecking = false;
  let mending = null;
  let once = [];
  const list = new LongList({
    changed: () => paint(),
    estimate: () => 60,
    key: (index) => rows[index].line,
    label: () => t("many.rows"),
    row: (index, isActive) => line(rows[index], isActive, `row-${index}`),
  });
  page.signal.addEventListener("abort", () => list.leave());

  function take(text, how = {}) {
    given = text;
    try {
      const found = requestsOf(text, how);
      if (found.length > MOST) throw new CsvFault("too-many", { count: found.length, most: MOST });
      rows = found.map((row) => ({ ...row, check: null, isForced: false, twice: null }));
      Object.assign(draft, { text, key: undefined });
      keepDraft("many", draft);
      it.send("read", { fault: null, error: null });
      checkAll();
    } catch (fault) {
      if (!(fault instanceof CsvFault)) throw fault;
      it.send("refused", { fault });
    }
  }

  async function drop(event) {
    event.preventDefault();
    const [file] = event.dataTransfer?.files ?? event.target.files;
    if (!file) return;
    try {
      take(decode(new Uint8Array(await file.arrayBuffer())));
    } catch (fault) {
      if (!(fault instanceof CsvFault)) throw fault;
      it.send("refused", { fault });
    }
  }

  /** Checks what is not checked yet, as fast as the limits allow: a few first, to see something soon. */
  async function checkAll() {
    if (isChecking) return;
    isChecking = true;
    try {
      for (let size = FIRST_CALL; ; size = ONE_CALL) {
        const next = rows.filter((row) => row.check === null && row.faults.length === 0).slice(0, size);
        if (next.length === 0) break;
        await pace.turn(next.length, page.signal);
        await checkSome(next);
        paint();
      }
    } catch (error) {
      if (isLeft(error)) return;
      it.known.error = error;
    } finally {
      isChecking = false;
      paint();
    }
  }

  async function checkSome(next) {
    const asked = next.map((row) => row.request);
    try {
      const answer = await page.api.ask("checks", { restores: asked }, page);
      const found = answer.body.value ?? answer.body;
      next.forEach((row, at) => {
        // A row that was mended while it was asked about is asked about again.
        if (row.request === asked[at]) row.check = found[at];
      });
    } catch (error) {
      if (!(error instanceof Problem) || error.status !== 400) throw error;
      pinned(next, error);
    }
  }

  /** A "no" to the whole call names its rows by pointer: those are invalid, the others go on. */
  function pinned(next, error) {
    let found = 0;
    for (const fault of error.errors) {
      const at = /^\/restores\/(\d+)/.exec(fault.pointer);
      if (!at || !next[at[1]]) continue;
      next[at[1]].faults.push({ code: "api", pointer: fault.pointer.slice(at[0].length), message: fault.message });
      found += 1;
    }
    if (found === 0) throw error;
  }

  async function mend(row, user) {
    row.request = { ...row.request, user: user.trim() };
    row.faults = row.faults.filter((fault) => !["nobody", "api"].includes(fault.code));
    if (!row.request.user) row.faults.push({ code: "nobody" });
    row.check = null;
    draft.key = undefined;
    paint();
    mending?.abort();
    mending = new AbortController();
    await pause(REST, mending.signal);
    if (!mending.signal.aborted) checkAll();
  }

  async function send() {
    const sent = rows.filter(goes).map((row) => withReason(row.request));
    if (sent.length === 0) return;
    if (!draft.key) draft.key = crypto.randomUUID();
    keepDraft("many", draft);
    it.send("send");
    try {
      const answer = await page.api.change("POST", "batches", { idempotencyKey: draft.key, restores: sent });
      dropDraft("many");
      remember("batch", answer.body.id, answer.body.createdAt ?? new Date().toISOString());
      page.go(["many", answer.body.id]);
    } catch (error) {
      if (error.isFinal) draft.key = undefined;
      it.send("failed", { error });
    }
  }

  function withReason(request) {
    const given = {};
    for (const name of ["reason", "ticket"]) {
      if (draft[name].trim() && !request[name]) given[name] = draft[name].trim();
    }
    return { ...request, ...given };
  }

  function line(row, isActive, id) {
    const own = (row.check?.findings ?? []).filter((one) => !once.some(({ message }) => message === one.message));
    const finding = loudest(own, standing(row) === "idle");
    return html`<div class="many-row" data-stands=${standing(row)}>
      <span class="many-line">${row.line}</span>
      <input type="text" aria-label=${t("many.user-of-line", { line: row.line })} aria-describedby="${id}-mark ${id}-words" spellcheck="false" autocomplete="off" tabindex=${isActive ? 0 : -1} ?data-active=${isActive}
        .value=${row.request.user ?? ""} @change=${(event) => mend(row, event.target.value)}>
      <span class="many-mark" id="${id}-mark">${rowMark(row)}</span>
      <div class="many-words" id="${id}-words">
        ${row.faults.map((fault) => html`<p>${fault.message ? faultSaid(fault, {}, row.titles) : t(`csv.${fault.code}`, fault)}</p>`)}
        ${row.twice ? html`<p>${t("many.twice-of", { line: row.twice })}</p>` : nothing}
        ${row.check?.window?.endsAt && standing(row) !== "blocked" ? html`<p class="hint">${coded("case", row.check.case)} · ${ends(row.check.window.endsAt)}</p>` : nothing}
        ${finding ? html`<p>${sentence(finding.message)}</p>${finding.fix ? html`<p class="fix">${sentence(finding.fix)}</p>` : nothing}` : nothing}
        ${nearNames(row)}
        ${standing(row) === "blocked" || row.twice ? html`<label class="tick inline"><input type="checkbox" aria-describedby="${id}-mark" .checked=${row.isForced} @change=${(event) => { row.isForced = event.target.checked; paint(); }}><span>${t("many.send-anyway")}</span></label>` : nothing}
      </div>
    </div>`;
  }

  function nearNames(row) {
    const near = row.check?.candidates ?? [];
    if (near.length === 0) return nothing;
    return html`<p class="near">${t("many.did-you-mean")} ${near.slice(0, 3).map((one) => html`<button type="button" class="small" @click=${() => mend(row, handleIn(near, one))}>${one.userPrincipalName || nameOf(one)}${isTwin(near, one) && one.deletedDateTime ? html`, ${rich("candidates.deleted", { when: instant(one.deletedDateTime) })}` : nothing}</button> `)}</p>`;
  }

  function paint() {
    noteTwice(rows);
    page.paint(html`<h1>${t("nav.many")}</h1>
      ${it.is("empty") ? intake() : table()}`);
  }

  function intake() {
    return html`<p class="intro">${t("many.intro")}</p>
      ${it.known.fault ? listFault(it.known.fault, () => take(given, { passesOver: true })) : nothing}
      <div class="drop" @dragover=${(event) => event.preventDefault()} @drop=${drop}>
        <label for="paste">${t("many.paste")}</label>
        <textarea id="paste" rows="9" spellcheck="false" placeholder=${"user;reason\nanna.berg@contoso.example;back from leave"} .value=${draft.text}
          @input=${(event) => { draft.text = given = event.target.value; keepDraft("many", draft); }}></textarea>
        <div class="drop-foot">
          <label class="button file">${t("many.choose-file")}<input type="file" accept=".csv,.txt,text/csv" @change=${drop}></label>
          <span class="hint">${t("many.or-drop")}</span>
          <button class="main" type="button" @click=${() => take(draft.text)}>${t("many.check")}</button>
        </div>
      </div>
      <details class="more"><summary>${t("many.columns")}</summary><p>${t("many.columns-text")}</p></details>
      ${sentBefore()}`;
  }

  function sentBefore() {
    const own = recent().filter((item) => item.kind === "batch");
    if (own.length === 0) return nothing;
    return html`<section><h2>${t("many.recent")}</h2><ul class="plain recent">
      ${own.map((item) => html`<li><a href=${to(["many", item.id])}>${item.id.slice(0, 8)}</a> ${instant(item.at)}</li>`)}</ul></section>`;
  }

  function table() {
    const count = (name) => rows.filter((row) => standing(row) === name).length;
    const going = rows.filter(goes).length;
    const isBusy = isChecking || count("unchecked") > 0;
    once = toldOnce(rows.filter((row) => row.check !== null).map((row) => row.check));
    return html`<div class="many-head">
        <p role="status">${t("many.counts", { ready: count("ready"), blocked: count("blocked"), invalid: count("invalid") })}
          ${count("twice") > 0 ? html` · ${t("many.counts-twice", { count: count("twice") })}` : nothing}
          ${count("idle") > 0 ? html` · ${t("many.counts-idle", { idle: count("idle") })}` : nothing}
          ${isBusy ? html` · ${t("many.checking", { count: count("unchecked") })}` : nothing}</p>
        <progress max=${rows.length} .value=${rows.length - count("unchecked")} aria-label=${t("many.progress")} ?data-done=${!isBusy}></progress>
        <button type="button" class="small" @click=${() => { rows = []; draft.text = ""; dropDraft("many"); it.send("clear", { fault: null }); }}>${t("many.start-over")}</button>
      </div>
      ${it.known.error ? problem(it.known.error, () => { it.known.error = null; checkAll(); }) : nothing}
      ${once.map((one) => html`<section class="note" data-tone="closing"><h2 class="note-title">${t("many.on-rows", { count: one.count })}</h2>
          <p>${sentence(one.message)}</p>${one.fix ? html`<p class="fix">${sentence(one.fix)}</p>` : nothing}</section>`)}
      ${list.template(rows.length)}
      <div class="why">
        <div class="field"><label for="reason">${t("many.reason")}</label><input id="reason" type="text" maxlength="1024" .value=${draft.reason} @input=${(event) => { draft.reason = event.target.value; keepDraft("many", draft); }}></div>
        <div class="field"><label for="ticket">${t("restore.ticket")}</label><input id="ticket" type="text" maxlength="128" .value=${draft.ticket} @input=${(event) => { draft.ticket = event.target.value; keepDraft("many", draft); }}></div>
      </div>
      <div class="send"><button class="main" type="button" ?disabled=${going === 0 || it.is("sending")} @click=${send}>
          ${it.is("sending") ? t("restore.sending") : t("many.send", { count: going })}</button>
        <p class="hint">${t("many.send-hint", { count: rows.length - going })}</p></div>`;
  }

  page.title(t("nav.many"));
  paint();
}

const isTwin = (near, one) => near.some((other) => other !== one && other.userPrincipalName === one.userPrincipalName);

/** The address, which somebody can read; the id where two had the same one. */
const handleIn = (near, one) => (isTwin(near, one) ? one.id : one.userPrincipalName || one.id);

function rowMark(row) {
  if (standing(row) === "invalid") return mark("bad", "cross", t("many.invalid"));
  if (standing(row) === "unchecked") return mark("neutral", "ring", t("many.unchecked"));
  if (standing(row) === "blocked") return mark("bad", "slash", t("many.blocked"));
  if (standing(row) === "twice") return mark("neutral", "dash", t("many.twice"));
  if (standing(row) === "idle") return mark("neutral", "dash", t("many.idle"));
  return verdict(row.check.window);
}

const quoted = (title) => t("api.label", { label: title });
const named = ({ title, number }) => (title ? quoted(title) : t("csv.column", { number }));

/** The fault of a list; `passOver` reads it again without the columns that are not known. */
function listFault({ code, params }, passOver) {
  const { unknown = [], titles = [] } = params;
  const near = unknown.filter((column) => column.near);
  const count = unknown.length;
  return html`<section class="note" data-tone="bad" role="alert"><h2 class="note-title">${t("many.not-read")}</h2>
    <p>${t(`csv.${code}`, { ...params, count: params.count ?? count, names: joined(titles.length > 0 ? titles.map(quoted) : unknown.map(named)) })}</p>
    ${near.map((column) => html`<p class="fix">${t("csv.near", { title: named(column), field: quoted(column.near) })}</p>`)}
    ${code === "header" ? html`<p class="fix">${t("csv.header-fix", { count, columns: t("many.columns") })}</p>
      <button type="button" @click=${passOver}>${t("many.pass-over", { count })}</button>` : nothing}
  </section>`;
}
