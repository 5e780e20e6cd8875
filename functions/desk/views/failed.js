// Failed: what came, why it did not go, and another try for one or a selection.
import { isLeft } from "../core/api.js";
import { html, nothing } from "../core/html.js";
import { Listing } from "../core/listing.js";
import { to } from "../core/router.js";
import { ADMIN, REQUEST } from "../core/session.js";
import { instant } from "../core/time.js";
import { askedBy } from "../core/who.js";
import { t } from "../core/words.js";
import { candidates } from "../parts/candidates.js";
import { LongList } from "../parts/long-list.js";
import { handleOf, person } from "../parts/people.js";
import { problem } from "../parts/problem.js";
import { sentence, standing } from "../parts/sentence.js";

const PAGE = 100;
const MOST = 100;
const TABS = [
  ["failed", "failed"],
  ["unreadable", "refused"],
  ["refused", "refused"],
];

export default function failed(page) {
  let tab = TABS.some(([name]) => name === page.query.show) ? page.query.show : "failed";
  const listing = new Listing(page, "restores", () => paint());
  const picked = new Set();
  let shown = [];
  let answers = new Map();
  let error = null;
  let isBusy = false;
  const list = new LongList({
    changed: () => paint(),
    estimate: () => 72,
    key: (index) => shown[index].id,
    label: () => t("failed.rows"),
    row: (index, isActive) => row(shown[index], isActive, `row-${index}`),
    near: () => listing.more(),
  });
  page.signal.addEventListener("abort", () => list.leave());

  const mayRetry = (restore) => page.session.can(ADMIN) && !restore.received;
  const isUnreadable = (restore) => restore.outcome?.code === "invalid-request";

  function show(name) {
    tab = name;
    page.keep({ show: name === "failed" ? "" : name });
    picked.clear();
    list.toTop();
    listing.rows = [];
    listing.state = "loading";
    paint();
    listing.open({ status: TABS.find(([one]) => one === name)[1], top: PAGE });
  }

  function pick(restore, isPicked) {
    if (isPicked) picked.add(restore.id);
    else picked.delete(restore.id);
    paint();
  }

  async function retry() {
    isBusy = true;
    error = null;
    paint();
    try {
      const answer = await page.api.change("POST", "restores/retry", { restoreIds: [...picked].slice(0, MOST) });
      answers = new Map(answer.body.value.map((line) => [line.restoreId ?? line.id, line]));
      const gone = [...answers.values()].filter((line) => !line.code).length;
      page.say(t("failed.retried", { count: gone }));
      picked.clear();
      await listing.open({ status: TABS.find(([one]) => one === tab)[1], top: PAGE });
    } catch (failure) {
      if (isLeft(failure)) return;
      error = failure;
    }
    isBusy = false;
    paint();
  }

  function row(restore, isActive, id) {
    const answer = answers.get(restore.id);
    return html`<div class="failed-row">
      ${mayRetry(restore) ? html`<input type="checkbox" aria-label=${t("failed.pick")} aria-describedby="${id}-name" .checked=${picked.has(restore.id)} tabindex=${isActive ? 0 : -1} @change=${(event) => pick(restore, event.target.checked)}>` : html`<span></span>`}
      <a id="${id}-name" href=${to(["restores", restore.id])} aria-describedby="${id}-words" tabindex=${isActive ? 0 : -1} ?data-active=${isActive}>${person(restore.received ? t("failed.a-message") : restore.user)}</a>
      <div class="many-words" id="${id}-words">
        <p>${standing(restore)}</p>
        ${restore.outcome?.fix ? html`<p class="fix">${sentence(restore.outcome.fix)}</p>` : nothing}
        ${page.session.can(REQUEST) ? candidates(restore.candidates, (one) => page.go(["restore"], { user: handleOf(one) })) : nothing}
        ${restore.received ? html`<details class="quiet-details"><summary>${t("failed.received")}</summary><pre class="received" tabindex="0">${restore.received}</pre></details>` : nothing}
        ${answer?.message ? html`<p class="fix">${sentence(answer.message)}</p>` : nothing}
      </div>
      <span class="when">${instant(restore.finishedAt ?? restore.createdAt)}<br><code>${restore.outcome?.code}</code><br>${askedBy(restore.requestedBy)}</span>
    </div>`;
  }

  function paint() {
    shown = listing.rows.filter((restore) => (tab === "failed" ? true : isUnreadable(restore) === (tab === "unreadable")));
    page.paint(html`<h1>${t("nav.failed")}</h1>
      <p class="intro">${t(`failed.intro-${tab}`)}</p>
      <div class="head-row">
        <div class="chips" role="group" aria-label=${t("failed.which")}>
          ${TABS.map(([name]) => html`<button class="chip" aria-pressed=${tab === name} @click=${() => show(name)}>${t(`failed.${name}`)}</button>`)}
        </div>
        ${page.session.can(ADMIN) && shown.some(mayRetry) ? html`<button class="main" ?disabled=${picked.size === 0 || isBusy} @click=${retry}>${picked.size === 0 ? t("action.retry") : t("failed.retry", { count: picked.size })}</button>` : nothing}
      </div>
      ${error ? problem(error) : nothing}
      ${listing.state === "failed" ? problem(listing.error, () => show(tab)) : nothing}
      ${listing.state === "loading" ? html`<div class="skeleton" aria-hidden="true"><div></div><div></div><div></div></div>` : nothing}
      ${listing.state === "ready" && shown.length === 0 ? html`<p class="empty">${t(listing.isWhole ? `failed.none-${tab}` : "failed.none-yet")}
        ${listing.isWhole ? nothing : html`<button class="small" @click=${() => listing.more()}>${t("failed.look-further")}</button>`}</p>` : nothing}
      ${shown.length > 0 ? list.template(shown.length) : nothing}`);
  }

  page.title(t("nav.failed"));
  show(tab);
}
