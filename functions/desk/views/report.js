// The weekly report: lost, brought back, closing, seats short; one page to print.
import { isLeft } from "../core/api.js";
import { DAY } from "../core/calendar.js";
import { html, nothing } from "../core/html.js";
import { capacityOf, first, SPAN } from "../core/losses.js";
import { machine } from "../core/machine.js";
import { instant, longDay, said } from "../core/time.js";
import { WEEK, weekOf } from "../core/week.js";
import { coded, number, rich, t } from "../core/words.js";
import { verdict } from "../parts/marks.js";
import { joined, licenseName, person } from "../parts/people.js";
import { problem } from "../parts/problem.js";
import { standing } from "../parts/sentence.js";

const SHOWN = 40;
const STATES = { loading: { read: "shown", failed: "failed" }, failed: { ask: "loading" } };

export default function report(page) {
  const it = machine("loading", STATES, () => paint());
  const now = Date.now();
  const from = new Date(now - WEEK * DAY).toISOString();
  // What has ended this week may have waited until the last day that it could.
  const asked = new Date(now - WEEK * DAY - SPAN).toISOString();

  async function whole(path, query) {
    const rows = [];
    for await (const one of page.api.pages(path, { query, signal: page.signal })) rows.push(...one.value);
    return rows;
  }

  async function read() {
    try {
      const [losses, restores] = await Promise.all([whole("losses", { top: 999 }), whole("restores", { from: asked, top: 100 })]);
      // Seats are counted over the list: asked before all of it was read, they would be too few.
      const capacity = await page.api.get("losses/capacity", page);
      it.send("read", { losses, restores, ...capacityOf(capacity.body) });
    } catch (error) {
      if (!isLeft(error)) it.send("failed", { error });
    }
  }

  function paint() {
    page.paint(html`<div class="head-row"><h1>${t("report.title", { from: longDay(from), to: longDay(now) })}</h1>
        <button class="small no-print" ?disabled=${!it.is("shown")} @click=${() => window.print()}>${t("one.print")}</button></div>
      ${it.is("failed") ? problem(it.known.error, () => { it.send("ask"); read(); }) : nothing}
      ${it.is("loading") ? html`<div class="skeleton" aria-hidden="true"><div></div><div></div><div></div></div>` : nothing}
      ${it.is("shown") ? told(it.known, now) : nothing}`);
  }

  page.title(t("nav.report"));
  paint();
  read();
}

function told({ losses, restores, short, unknown }, now) {
  const { lost, saved, closing, failed } = weekOf(losses, restores, now);
  const big = (count, key) => html`<li><b>${number(count)}</b> ${t(key, { count })}</li>`;
  return html`<ul class="figures big">
      ${big(lost.length, "report.lost")} ${big(saved.length, "report.saved")} ${big(closing.length, "report.closing")} ${big(failed.length, "report.failed")}
    </ul>
    ${seats(short, unknown, losses, now)}
    ${table("report.lost-title", lost, "report.lost-none", lossRow)}
    ${table("report.closing-title", closing, "report.closing-none", lossRow)}
    ${table("report.saved-title", saved, "report.saved-none", restoreRow)}
    ${table("report.failed-title", failed, "report.failed-none", restoreRow)}`;
}

function seats(short, unknown, losses, now) {
  if (losses.length === 0) return html`<p class="lead-text">${t("report.nobody")}</p>`;
  const end = first(losses, now)?.window.endsAt;
  const until = end ? rich("report.first", { when: said(end, now) }) : nothing;
  const uncounted = unknown > 0 ? t("today.seats-unknown", { count: unknown }) : nothing;
  if (short.length === 0 && unknown > 0) return html`<p class="lead-text">${uncounted} ${until}</p>`;
  if (short.length === 0) return html`<p class="lead-text">${t("report.seats-enough", { count: losses.length })} ${until}</p>`;
  const each = joined(short.map((sku) => t("today.more-of", { count: sku.short, name: licenseName(sku) })));
  return html`<p class="lead-text">${t(unknown > 0 ? "report.seats-at-least" : "report.seats", { count: losses.length, what: each })} ${uncounted} ${until}</p>`;
}

const lossRow = (loss) => html`<tr><td>${person(loss)}</td>
  <td>${coded("case", loss.case)}</td><td>${verdict(loss.window)}</td><td>${loss.window.endsAt ? instant(loss.window.endsAt) : nothing}</td></tr>`;

const restoreRow = (restore) => html`<tr><td>${person(restore.user)}</td>
  <td colspan="2">${standing(restore)}</td><td>${instant(restore.finishedAt ?? restore.createdAt)}</td></tr>`;

function table(title, rows, none, row) {
  return html`<section class="report-part"><h2>${t(title)}</h2>
    ${rows.length === 0 ? html`<p class="empty">${t(none)}</p>` : html`<div class="scroll-x" tabindex="0" role="region" aria-label=${t(title)}><table><tbody>${rows.slice(0, SHOWN).map(row)}</tbody></table></div>`}
    ${rows.length > SHOWN ? html`<p class="hint">${t("report.and-more", { count: rows.length - SHOWN })}</p>` : nothing}</section>`;
}
