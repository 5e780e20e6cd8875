// Subscriptions: who is told of what, and until when.
import { isLeft } from "../core/api.js";
import { dropDraft, keepDraft, readDraft } from "../core/drafts.js";
import { html, nothing } from "../core/html.js";
import { Listing } from "../core/listing.js";
import { READ } from "../core/session.js";
import { instant } from "../core/time.js";
import { coded, rich, t } from "../core/words.js";
import { askFirst } from "../parts/ask-dialog.js";
import { askedBy } from "../parts/people.js";
import { problem } from "../parts/problem.js";

const FINISHED = "restore.finished.v1";
const ABOUT_PEOPLE = [
  "restore.window-closing.v1", "restore.stuck.v1", "restore.mass-deletion.v1", "restore.approval-wanted.v1",
  "restore.subscription-ending.v1", "restore.weekly-report.v1", "restore.drill-finished.v1",
];
const STATUSES = ["succeeded", "refused", "failed", "cancelled"];

export default function subscriptions(page) {
  const draft = { notificationUrl: "", event: FINISHED, statuses: [], ...readDraft("subscription") };
  const listing = new Listing(page, "subscriptions", () => paint());
  const events = page.session.can(READ) ? [FINISHED, ...ABOUT_PEOPLE] : [FINISHED];
  let error = null;
  let isBusy = false;

  const write = (change) => {
    Object.assign(draft, change);
    keepDraft("subscription", draft);
    paint();
  };

  async function add(event) {
    event.preventDefault();
    isBusy = true;
    error = null;
    paint();
    const body = { notificationUrl: draft.notificationUrl.trim(), event: draft.event };
    if (draft.event === FINISHED && draft.statuses.length > 0) body.statuses = draft.statuses;
    try {
      await page.api.change("POST", "subscriptions", body);
      Object.assign(draft, { notificationUrl: "", statuses: [] });
      dropDraft("subscription");
      page.say(t("subscriptions.said-added"));
      listing.open({});
    } catch (failure) {
      if (isLeft(failure)) return;
      error = failure;
    }
    isBusy = false;
    paint();
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
    return html`<form class="card" @submit=${add}>
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
      ${error ? problem(error) : nothing}
      <button class="main" ?disabled=${isBusy}>${t("subscriptions.add")}</button>
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
