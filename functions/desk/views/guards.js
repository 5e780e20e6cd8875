// Guards: standing orders by which the timer brings somebody back on its own.
import { html, nothing } from "../core/html.js";
import { Listing } from "../core/listing.js";
import { OrderForm } from "../core/order-form.js";
import { to } from "../core/router.js";
import { instant } from "../core/time.js";
import { coded, rich, t } from "../core/words.js";
import { askFirst } from "../parts/ask-dialog.js";
import { findings } from "../parts/findings.js";
import { guardState } from "../parts/marks.js";
import { nameOf, person } from "../parts/people.js";
import { problem } from "../parts/problem.js";

const EMPTY = { user: "", kind: "mailbox", act: "when-closing", reason: "", ticket: "" };
const LABELS = { user: "guards.user", kind: "guards.kind" };
const KINDS = ["mailbox", "user", "license"];

export default function guards(page) {
  const listing = new Listing(page, "guards", () => paint());
  let added = null;
  const order = new OrderForm({ name: "guard", empty: EMPTY, send: add, changed: () => paint() });
  const { draft } = order;
  const write = (change) => order.write(change);

  async function add() {
    const given = Object.entries(draft).filter(([, value]) => value.trim() !== "");
    added = (await page.api.change("POST", "guards", Object.fromEntries(given))).body;
    page.say(t("guards.said-added"));
    listing.open({ top: 100 });
  }

  async function remove(guard) {
    const name = nameOf(guard.user);
    const gone = await askFirst(
      { title: t("ask.remove-guard", { name }), text: t("ask.remove-guard-text"), button: t("guards.remove"), wantsReason: false, danger: true },
      () => page.api.change("DELETE", `guards/${encodeURIComponent(guard.id)}`),
    );
    if (!gone) return;
    if (added?.id === guard.id) added = null;
    listing.open({ top: 100 });
  }

  function form() {
    return html`<form class="card" @submit=${order.submit}>
      <h2>${t("guards.add-title")}</h2>
      <div class="guard-form">
        <div class="field"><label for="guard-user">${t("guards.user")}</label>
          <input id="guard-user" type="text" required autocomplete="off" spellcheck="false" .value=${draft.user} @input=${(event) => write({ user: event.target.value })}></div>
        <div class="field"><label for="guard-act">${t("guards.act")}</label>
          <select id="guard-act" @change=${(event) => write({ act: event.target.value })}>
            ${["when-closing", "at-once"].map((act) => html`<option value=${act} ?selected=${draft.act === act}>${t(`act.${act}`)}</option>`)}</select></div>
        <div class="field"><label for="guard-kind">${t("guards.kind")}</label>
          <select id="guard-kind" @change=${(event) => write({ kind: event.target.value })}>
            ${KINDS.map((kind) => html`<option value=${kind} ?selected=${draft.kind === kind}>${t(`kind.${kind}`)}</option>`)}</select></div>
        <div class="field wide"><label for="guard-reason">${t("restore.reason")}</label>
          <input id="guard-reason" type="text" maxlength="1024" .value=${draft.reason} @input=${(event) => write({ reason: event.target.value })}></div>
        <div class="field"><label for="guard-ticket">${t("restore.ticket")}</label>
          <input id="guard-ticket" type="text" maxlength="128" .value=${draft.ticket} @input=${(event) => write({ ticket: event.target.value })}></div>
      </div>
      ${order.error ? problem(order.error, undefined, LABELS) : nothing}
      <button class="main" ?disabled=${order.isBusy}>${t("guards.add")}</button>
      ${added ? justAdded() : nothing}
    </form>`;
  }

  function justAdded() {
    const blocks = (added.findings ?? []).filter((finding) => finding.severity === "block").length;
    return html`<section class="note" data-tone=${blocks > 0 ? "closing" : "open"} role="status">
      <h3 class="note-title">${t(blocks > 0 ? "guards.added-but" : "guards.added", { name: nameOf(added.user) })}</h3>
      ${findings(added.findings ?? [])}
    </section>`;
  }

  function one(guard) {
    const loss = guard.lastLoss;
    return html`<li class="card guard">
      <div class="guard-head">${person(guard.user)}${guardState(guard.state)}</div>
      <p>${t(`act.${guard.act}-long`)} ${t(`kind.${guard.kind}-short`)}</p>
      ${guard.reason || guard.ticket ? html`<p class="hint">${[guard.reason, guard.ticket].filter(Boolean).join(" · ")}</p>` : nothing}
      <p class="when">${rich("guards.since", { who: guard.createdBy?.name ?? guard.createdBy ?? t("person.by-key"), when: instant(guard.createdAt) })}${guard.lastSeenAt ? html` · ${rich("guards.seen", { when: instant(guard.lastSeenAt) })}` : nothing}</p>
      ${loss ? html`<p class="when">${rich("guards.last-loss", { when: instant(loss.at), evidence: coded("evidence", loss.evidence) })}${loss.restoreId ? html` · <a href=${to(["restores", loss.restoreId])}>${t("guards.its-restore")}</a>` : nothing}</p>` : nothing}
      ${guard.findings?.length ? findings(guard.findings) : nothing}
      <button class="small" @click=${() => remove(guard)}>${t("guards.remove")}</button>
    </li>`;
  }

  function paint() {
    page.paint(html`<h1>${t("nav.guards")}</h1>
      <p class="intro">${t("guards.intro")}</p>
      ${form()}
      ${listing.state === "failed" ? problem(listing.error, () => listing.open({ top: 100 })) : nothing}
      ${listing.state === "loading" ? html`<div class="skeleton" aria-hidden="true"><div></div><div></div></div>` : nothing}
      ${listing.state === "ready" && listing.rows.length === 0 ? html`<p class="empty">${t("guards.none")}</p>` : nothing}
      ${listing.rows.length > 0 ? html`<h2>${t("guards.standing", { count: listing.rows.length })}</h2>` : nothing}
      <ul class="plain cards">${listing.rows.map(one)}</ul>
      ${listing.state === "ready" && !listing.isWhole ? html`<button @click=${() => listing.more()}>${t("list.more")}</button>` : nothing}`);
  }

  page.title(t("nav.guards"));
  paint();
  listing.open({ top: 100 });
}
