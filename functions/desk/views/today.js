// Today: who can still be saved, what is at work, what waits, what failed.
import { isLeft } from "../core/api.js";
import { dayName, MINUTE } from "../core/calendar.js";
import { html, nothing } from "../core/html.js";
import { capacityOf, chosen, closingWithin, endsByDay, first } from "../core/losses.js";
import { kept, machine } from "../core/machine.js";
import { poll } from "../core/poll.js";
import { to } from "../core/router.js";
import { ago, longDay, said } from "../core/time.js";
import { number, rich, t } from "../core/words.js";
import { closeUp } from "../parts/close-up.js";
import { LongList } from "../parts/long-list.js";
import { addressOf, breaking, handleOf, nameOf } from "../parts/people.js";
import { axis, legend, patterns, pictureRow } from "../parts/picture.js";
import { problem } from "../parts/problem.js";
import { howMany, seats, workbench } from "../parts/workbench.js";

const SOON_DAYS = 3;
const FIRST_PAGE = 100;
const NEXT_PAGES = 999;
const REREAD_LOSSES = 300;
const REREAD_WORK = 15;
const WIDE_ROW = 46;
const CARD = 116;

export default function today(page) {
  const filters = { ...page.query };
  const straw = new WeakMap();
  const isNarrow = matchMedia("(width < 46rem)");
  const losses = machine(
    "loading",
    { loading: { read: "ready", failed: "failed" }, ready: { read: "ready", failed: "stale" }, stale: { read: "ready", failed: "stale" }, failed: { read: "ready", failed: "failed" } },
    () => paint(),
  );
  losses.known = { rows: [], isWhole: false, readAt: 0 };
  const work = { queued: [], running: [], waiting: [], failed: [], isRead: false };
  let capacity = { short: [], unknown: 0 };
  let shown = [];
  // The list scrolls by painting: what ten thousand rows are looked through for is kept meanwhile.
  const picked = kept((rows) => chosen(rows, filters, straw));
  const counted = kept((rows) => factsOf(rows, Date.now()));
  const facts = () => counted(losses.known.rows, Math.floor(Date.now() / MINUTE));
  const looked = closeUp(page, () => paint());

  const list = new LongList({
    changed: () => paint(),
    estimate: () => (isNarrow.matches ? CARD : WIDE_ROW),
    key: (index) => shown[index]?.id ?? index,
    label: () => t("today.picture-label"),
    row: (index, isActive) => row(shown[index], isActive, `loss-${index}`),
  });
  isNarrow.addEventListener("change", () => list.measure(), { signal: page.signal });
  page.signal.addEventListener("abort", () => list.leave());

  function row(loss, isActive, id) {
    if (!loss) return nothing;
    return pictureRow(loss, {
      now: Date.now(),
      isActive,
      id,
      href: to(["restore"], { user: handleOf(loss) }),
      name: nameOf(loss),
      address: addressOf(loss),
      seen: (one) => looked.at(one),
    });
  }

  function filter(change) {
    Object.assign(filters, change);
    page.keep(filters);
    list.toTop();
    paint();
  }

  function paint() {
    shown = picked(losses.known.rows, JSON.stringify(filters));
    looked.begin(shown[0]);
    page.paint(view());
  }

  const isEmpty = () => losses.is("ready", "stale") && losses.known.isWhole && losses.known.rows.length === 0;

  function view() {
    return html`${patterns()}
      <h1 class="lead">${sentence(losses, facts())}</h1>
      ${figures(losses, work, capacity)}
      ${losses.is("failed", "stale") ? problem(losses.known.error) : nothing}
      ${losses.is("failed") || isEmpty() ? nothing : picture()}
      ${seats(capacity)} ${work.isFailed ? nothing : workbench(work)}`;
  }

  function picture() {
    const now = Date.now();
    return html`<section class="picture" aria-labelledby="picture-title">
      <div class="picture-head">
        <h2 id="picture-title">${t("today.picture")}</h2>
        ${filterBar(filters, filter, { days: facts().days, all: losses.known.rows.length, left: shown.length })}
      </div>
      <div class="picture-body">
        <div class="picture-rows">
          ${axis(facts().days, now, filters.day, (day) => filter({ day }))}
          ${losses.is("loading") ? skeleton() : shown.length === 0 ? nobody() : list.template(shown.length)}
          <div class="picture-foot">${legend()}${reading()}</div>
        </div>
        ${looked.template()}
      </div>
    </section>`;
  }

  function nobody() {
    return html`<p class="empty">${t(losses.known.isWhole ? "today.none-left" : "today.none-yet")}
      <button class="small" @click=${() => filter({ find: "", verdict: "", case: "", day: "" })}>${t("today.show-all")}</button></p>`;
  }

  function reading() {
    if (losses.is("loading")) return nothing;
    const { isWhole, rows, readAt } = losses.known;
    if (!isWhole) return html`<p class="read" aria-live="off">${t("today.reading", { count: rows.length })}</p>`;
    return html`<p class="read">${t("today.read", { when: ago(readAt) })}</p>`;
  }

  async function readLosses() {
    let rows = [];
    try {
      const query = { top: FIRST_PAGE };
      const isFirst = losses.known.readAt === 0;
      for await (const one of page.api.pages("losses", { query, then: { top: NEXT_PAGES }, signal: page.signal })) {
        rows = [...rows, ...one.value];
        // Only the first reading shows its pages as they come: later ones take the place of a whole list.
        if (isFirst) losses.send("read", { rows, isWhole: false, readAt: Date.now() });
      }
      const found = await page.api.get("losses/capacity", { signal: page.signal });
      capacity = capacityOf(found.body);
      losses.send("read", { rows, isWhole: true, readAt: Date.now(), error: null });
    } catch (error) {
      if (isLeft(error)) return undefined;
      losses.send("failed", { error });
      return REREAD_WORK;
    }
    return REREAD_LOSSES;
  }

  async function readWork() {
    try {
      const names = ["queued", "running", "waiting", "failed"];
      const ask = (name) => page.api.get("restores", { query: { status: name, top: 50 }, signal: page.signal });
      const answers = await Promise.all(names.map(ask));
      names.forEach((name, at) => (work[name] = answers[at].body.value));
      work.more = new Set(names.filter((_, at) => answers[at].body.nextLink));
      Object.assign(work, { isRead: true, isFailed: false });
      paint();
    } catch (error) {
      if (isLeft(error)) return undefined;
      // The picture tells of a service that does not answer; a second note would say the same.
      work.isFailed = !work.isRead;
      paint();
    }
    return REREAD_WORK;
  }

  page.title(t("nav.today"));
  paint();
  poll(readLosses, page);
  poll(readWork, page);
  page.eachMinute(paint);
}

/** What the sentence and the axis say of all losses. */
function factsOf(rows, now) {
  return { days: endsByDay(rows, now), soon: closingWithin(rows, SOON_DAYS, now).length, next: first(rows, now) };
}

/** The one sentence that the page opens with. */
function sentence(losses, { soon, next }) {
  if (losses.is("loading")) return html`<span class="waiting-line">${t("today.loading")}</span>`;
  if (losses.is("failed")) return t("today.cannot-read");
  const now = Date.now();
  const { rows, isWhole } = losses.known;
  if (rows.length === 0) return t("today.nobody-lost");
  if (!next) return rich("today.no-known-end", { count: rows.length });
  const name = html`<strong>${breaking(nameOf(next))}</strong>`;
  const when = html`<strong>${said(next.window.endsAt, now)}</strong>`;
  if (soon === 0) return rich("today.none-soon", { name, when });
  if (soon === 1) return rich("today.one-soon", { name, when });
  const isMore = !isWhole && soon === rows.length;
  return rich(isMore ? "today.at-least-soon" : "today.some-soon", { count: soon, name, when });
}

function figures(losses, work, capacity) {
  const isKnown = losses.is("ready", "stale");
  const short = capacity.short.reduce((sum, sku) => sum + sku.short, 0);
  const figure = (value, word, href) => html`<li>
    ${href ? html`<a href=${href}><b>${value}</b> ${word}</a>` : html`<b>${value}</b> ${word}`}
  </li>`;
  const many = isKnown ? `${number(losses.known.rows.length)}${losses.known.isWhole ? "" : "+"}` : "–";
  const count = (...names) => (work.isRead ? howMany(work, names) : "–");
  return html`<ul class="figures">
    ${figure(many, t("today.can-be-saved"))}
    ${figure(count("queued", "running"), t("today.at-work"), to(["history"], { status: work.running.length > 0 ? "running" : "queued" }))}
    ${figure(count("waiting"), t("today.waiting"), to(["history"], { status: "waiting" }))}
    ${figure(count("failed"), t("today.failed"), to(["failed"]))}
    ${figure(losses.known.isWhole ? number(short) : "–", t("today.seats-short", { count: short }))}
  </ul>`;
}

function filterBar(filters, filter, { days, all, left }) {
  const some = filters.find || filters.verdict || filters.case || filters.day;
  const option = (name, value, key) => html`<option value=${value} ?selected=${(filters[name] ?? "") === value}>${t(key)}</option>`;
  return html`<form class="filters" @submit=${(event) => event.preventDefault()}>
    <input type="search" autocomplete="off" aria-label=${t("today.find")} placeholder=${t("today.find")} .value=${filters.find ?? ""}
      @input=${(event) => filter({ find: event.target.value })}>
    <select aria-label=${t("today.verdict")} @change=${(event) => filter({ verdict: event.target.value })}>
      ${option("verdict", "", "today.any-verdict")} ${option("verdict", "closing", "verdict.closing")}
      ${option("verdict", "open", "verdict.open")} ${option("verdict", "unknown", "verdict.unknown")}
    </select>
    <select aria-label=${t("today.case")} @change=${(event) => filter({ case: event.target.value })}>
      ${option("case", "", "today.any-case")} ${option("case", "deleted-user", "case.deleted-user")}
      ${option("case", "license-removed", "case.license-removed")} ${option("case", "deleted-and-unlicensed", "case.deleted-and-unlicensed")}
    </select>
    <select aria-label=${t("today.day")} @change=${(event) => filter({ day: event.target.value })}>
      ${option("day", "", "today.any-day")}
      ${busyDays(days, filters.day).map(({ name, at }) => html`<option value=${name} ?selected=${filters.day === name}>${t("today.day-chosen", { day: longDay(at) })}</option>`)}
    </select>
    <span class="found" role="status">${some ? t("today.found", { count: left, all }) : nothing}</span>
  </form>`;
}

/** The days on which a window ends, and the chosen one even where none does any more. */
function busyDays(days, chosenDay) {
  const named = days.map(({ at, count }) => ({ at, count, name: dayName(at) }));
  return named.filter(({ count, name }) => count > 0 || name === chosenDay);
}

const skeleton = () => html`<div class="skeleton" aria-hidden="true">${Array.from({ length: 8 }, () => html`<div></div>`)}</div>`;
