// Subscriptions: who is told of what, and until when.
import { html, nothing } from "../core/html.js";
import { Listing } from "../core/listing.js";
import { OrderForm } from "../core/order-form.js";
import { READ } from "../core/session.js";
import { instant } from "../core/time.js";
import { askedBy } from "../core/who.js";
import { coded, rich, t } from "../core/words.js";
import { askFirst } from "../parts/ask-dialog.js";
import { problem } from "../parts/problem.js";

const FINISHED = "restore.finished.v1";
const ABOUT_PEOPLE = [
  "restore.window-closing.v1", "restore.stuck.v1", "restore.mass-deletion.v1", "restore.approval-wanted.v1",
  "restore.subscription-ending.v1", "restore.weekly-report.v1", "restore.drill-finished.v1",
];
const EMPTY = { notificationUrl: "", event: FINISHED, statuses: [] };
const STATUSES = ["succeeded", "refused", "failed", "cancelled"];

export default function subscriptions(page) {
  const listing = new Listing(page, "subscriptions", () => paint());
  const events = page.session.can(READ) ? [FINISHED, ...ABOUT_PEOPLE] : [FINISHED];
  const order = new OrderForm({ name: "subscription", empty: EMPTY, send: add, changed: () => paint() });
  const { draft } = order;
  const write = (change) => order.write(change);

  async function add() {
    const body = { notificationUrl: draft.notificationUrl.trim(), event: draft.event };
    if (draft.event === FINISHED && draft.statuses.length > 0) body.statuses = draft.statuses;
    await page.api.change("POST", "subscriptions", body);
    page.say(t("subscriptions.said-added"));
    listing.open({});
  }

  async function remove(one) {
    const gone = await askFirst(
      { title: t("ask.end-subscription"), text: t("ask.end-subscription-text", { host: one.host }), button: t("subscriptions.end"), wantsReason: false, danger: true },
      () => page.api.change("DELETE", `subscriptions/${encodeURIComponent(one.id)}`),
    );
    if (gone) listing.open({});
  }

  function toggle(name, isOn) {
    write({ statuses: isOn ? [...draft.statuses, name] : draft.statuses.filter((one) => one !== name) });
  }

  function form() {
    return html`<form class="card" @submit=${order.submit}>
      <h2>${t("subscriptions.add-title")}</h2>
      <div class="fields">
        <div class="field"><label for="event">${t("subscriptions.event")}</label>
          <select id="event" @change=${(event) => write({ event: event.target.value })}>
            ${events.map((name) => html`<option value=${name} ?selected=${draft.event === name}>${coded("event", name.split(".")[1])}</option>`)}</select></div>
        <div class="field grow"><label for="url">${t("subscriptions.url")}</label>
          <input id="url" type="url" required pattern="https://.*" placeholder="https://" autocomplete="off" .value=${draft.notificationUrl} aria-describedby="url-hint" @input=${(event) => write({ notificationUrl: event.target.value })}>
          <p class="hint" id="url-hint">${t("subscriptions.url-hint")}</p></div>
      </div>
      ${draft.event === FINISHED ? html`<fieldset class="row"><legend>${t("subscriptions.only")}</legend>
            ${STATUSES.map((name) => html`<label class="tick inline"><input type="checkbox" .checked=${draft.statuses.includes(name)} @change=${(event) => toggle(name, event.target.checked)}><span>${coded("status", name)}</span></label>`)}</fieldset>` : nothing}
      ${order.error ? problem(order.error) : nothing}
      <button class="main" ?disabled=${order.isBusy}>${t("subscriptions.add")}</button>
    </form>`;
  }

  function one(item) {
    return html`<li class="card guard">
      <div class="guard-head"><span class="person"><span class="person-name">${coded("event", item.event.split(".")[1])}</span><span class="person-address">${item.host}</span></span></div>
      <p class="when">${rich("subscriptions.since", { who: askedBy(item.requestedBy), when: instant(item.since) })}${item.expiresAt ? html` · ${rich("subscriptions.ends", { when: instant(item.expiresAt) })}` : nothing}</p>
      <button class="small" @click=${() => remove(item)}>${t("subscriptions.end")}</button>
    </li>`;
  }

  function paint() {
    page.paint(html`<h1>${t("nav.subscriptions")}</h1>
      <p class="intro">${t("subscriptions.intro")}</p>
      ${form()}
      ${listing.state === "failed" ? problem(listing.error, () => listing.open({})) : nothing}
      ${listing.state === "loading" ? html`<div class="skeleton" aria-hidden="true"><div></div><div></div></div>` : nothing}
      ${listing.state === "ready" && listing.rows.length === 0 ? html`<p class="empty">${t("subscriptions.none")}</p>` : nothing}
      <ul class="plain cards">${listing.rows.map(one)}</ul>`);
  }

  page.title(t("nav.subscriptions"));
  paint();
  listing.open({});
}
