// Below the picture: seats short, and the restores that somebody may have to look after.
import { html, nothing } from "../core/html.js";
import { to } from "../core/router.js";
import { instant, said } from "../core/time.js";
import { number, rich, t } from "../core/words.js";
import { status } from "./marks.js";
import { joined, licenseName, person } from "./people.js";
import { sentence, standing } from "./sentence.js";

const SHOWN = 6;

/** How many more seats would bring everybody back; `unknown` people need one that nobody can name yet. */
export function seats({ short: capacity, unknown }) {
  if (capacity.length === 0) return unknown > 0 ? html`<section class="note" data-tone="unknown"><p>${t("today.seats-unknown", { count: unknown })}</p></section>` : nothing;
  const each = capacity.map((sku) => t("today.more-of", { count: sku.short, name: licenseName(sku) }));
  const soonest = capacity.map((sku) => sku.firstWindowEndsAt).filter(Boolean).sort()[0];
  return html`<section class="note" data-tone="closing">
    <h2 class="note-title">${t("today.seats-title")}</h2>
    <p>${t(unknown > 0 ? "today.seats-known" : "today.seats", { what: joined(each) })} ${unknown > 0 ? t("today.seats-unknown", { count: unknown }) : nothing} ${soonest ? rich("today.seats-first", { when: said(soonest) }) : nothing}</p>
  </section>`;
}

/** How many there are of these statuses: "50+" where more are there than were read. */
export const howMany = (work, names) =>
  number(names.reduce((sum, name) => sum + work[name].length, 0)) + (names.some((name) => work.more.has(name)) ? "+" : "");

/** What is at work, what waits for what, what failed and what to do. */
export function workbench(work) {
  return html`<div class="bench">
    ${bench(work, ["running", "queued"], "today.at-work-title", "today.none-at-work")}
    ${bench(work, ["waiting"], "today.waiting-title", "today.none-waiting")}
    ${bench(work, ["failed"], "today.failed-title", "today.none-failed")}
  </div>`;
}

function bench(work, names, title, none) {
  const rows = names.flatMap((name) => work[name]);
  return html`<section class="bench-part">
    <h2>${t(title)}${work.isRead && rows.length > 0 ? html` <span class="count-word">${howMany(work, names)}</span>` : nothing}</h2>
    ${!work.isRead ? html`<div class="skeleton small" aria-hidden="true"><div></div><div></div></div>` : nothing}
    ${work.isRead && rows.length === 0 ? html`<p class="empty">${t(none)}</p>` : nothing}
    <ul class="plain">${rows.slice(0, SHOWN).map(entry)}</ul>
    ${rows.length > SHOWN ? html`<p><a href=${names[0] === "failed" ? to(["failed"]) : to(["history"], { status: names[0] })}>${t("today.all-of-them", { count: howMany(work, names) })}</a></p>` : nothing}
  </section>`;
}

function entry(restore) {
  const { waiting, outcome } = restore;
  return html`<li class="entry">
    <a href=${to(["restores", restore.id])}>${person(restore.user)}</a>
    ${status(restore.status)}
    ${waiting?.message || outcome?.message ? html`<p>${standing(restore)}</p>` : nothing}
    ${outcome?.fix ? html`<p class="fix">${sentence(outcome.fix)}</p>` : nothing}
    <p class="when">${rich("today.since", { when: instant(restore.createdAt) })}${waiting?.until ? html` · ${rich("today.looks-again", { when: said(waiting.until) })}` : nothing}</p>
  </li>`;
}

