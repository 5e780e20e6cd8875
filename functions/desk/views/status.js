// Status: whether this deployment can do its work, for whoever keeps it running.
import { isLeft } from "../core/api.js";
import { html, nothing } from "../core/html.js";
import { poll } from "../core/poll.js";
import { ago } from "../core/time.js";
import { coded, knows, t } from "../core/words.js";
import { health } from "../parts/marks.js";
import { problem } from "../parts/problem.js";
import { sentence } from "../parts/sentence.js";

const REREAD = 60;

/** "queue restore-work", "permissions audit": what is looked at, and which one of them. */
function named(name) {
  const [topic, ...rest] = name.split(" ");
  const part = rest.join("-");
  return [coded("check", topic), knows(`check-part.${part}`) ? t(`check-part.${part}`) : rest.join(" ")].join(" ");
}

export default function statusView(page) {
  let found = null;
  let readAt = 0;
  let error = null;

  async function read() {
    try {
      found = (await page.api.get("status", page)).body;
      readAt = Date.now();
      error = null;
    } catch (failure) {
      if (isLeft(failure)) return undefined;
      error = failure;
    }
    paint();
    return REREAD;
  }

  const check = (one) => html`<li class="finding" data-severity=${one.status === "ok" ? "info" : "block"}>
    ${health(one.status)}
    <div><p><strong>${named(one.name)}</strong></p>
      ${one.message ? html`<p>${sentence(one.message)}</p>` : nothing}
      ${one.fix ? html`<p class="fix">${sentence(one.fix)}</p>` : nothing}</div>
  </li>`;

  function paint() {
    const checks = [...(found?.checks ?? [])].sort((one, other) => (one.status === "ok") - (other.status === "ok"));
    page.paint(html`<h1>${found ? t(found.status === "ok" ? "status-page.ok" : "status-page.degraded") : t("nav.status")}</h1>
      ${error ? problem(error, () => read()) : nothing}
      ${!found && !error ? html`<div class="skeleton" aria-hidden="true"><div></div><div></div><div></div></div>` : nothing}
      ${found ? html`<p class="read">${t(found.commit ? "status-page.read" : "status-page.read-unbuilt", { version: found.version, commit: (found.commit ?? "").slice(0, 7), when: ago(readAt) })}</p>
        <ul class="findings">${checks.map(check)}</ul>` : nothing}`);
  }

  page.title(t("nav.status"));
  paint();
  poll(read, page);
}
