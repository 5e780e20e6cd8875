// Erasure: what the service remembers of a person goes for good, after the person was named twice.
import { isLeft } from "../core/api.js";
import { dropDraft } from "../core/drafts.js";
import { html, nothing } from "../core/html.js";
import { to } from "../core/router.js";
import { READ } from "../core/session.js";
import { t } from "../core/words.js";
import { askFirst } from "../parts/ask-dialog.js";
import { nameOf } from "../parts/people.js";
import { PersonField } from "../parts/person-field.js";

const ID = /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/i;
const GOES = ["names", "seen", "orders", "waiting"];
const STAYS = ["ids", "account", "elsewhere"];

export default function erasure(page) {
  let user = page.query.user ?? "";
  let name = null;
  let isErased = false;
  const field = new PersonField(page, { id: "erasure-user", changed: () => paint(), typed: write, chosen: (handle, loss) => choose(handle, loss && nameOf(loss)) });

  function write(text) {
    user = text;
    name = null;
    isErased = false;
    paint();
  }

  function choose(handle, known) {
    write(handle);
    // Only the id stands in the address: a browser remembers the addresses it was at.
    if (isId()) page.keep({ user: user.trim() });
    if (known) name = known;
    else look();
    paint();
  }

  const isId = () => ID.test(user.trim());

  /** The name by which this person is known here: whoever erases should see whom. */
  async function look() {
    if (!isId() || !page.session.can(READ)) return;
    const id = user.trim();
    try {
      const answer = await page.api.get("restores", { query: { user: id, top: 1 }, signal: page.signal });
      const found = answer.body.value[0]?.user;
      if (user.trim() !== id || !found || typeof found === "string") return;
      name = nameOf(found) === id ? null : nameOf(found);
      paint();
    } catch (error) {
      // The id names the person all the same.
      if (!isLeft(error)) name = null;
    }
  }

  async function erase(event) {
    event.preventDefault();
    if (!isId()) return;
    const id = user.trim();
    const done = await askFirst(
      { title: t("ask.erase", { name: name ?? id }), text: t("ask.erase-text"), button: t("erasure.button"), wantsReason: false, danger: true, toType: name ?? id.slice(0, 8) },
      () => page.api.change("DELETE", `people/${encodeURIComponent(id)}`),
    );
    if (!done) return;
    for (const draft of ["restore", "guard"]) dropDraft(draft);
    write("");
    page.keep({});
    isErased = true;
    page.say(t("erasure.done"));
    paint();
  }

  const list = (title, of) => html`<section class="card erasure-list"><h2>${t(title)}</h2>
    <ul>${of.map((what) => html`<li>${t(`erasure-part.${what}`)}</li>`)}</ul></section>`;

  function paint() {
    page.paint(html`<h1>${t("nav.erasure")}</h1>
      <p class="intro">${t("erasure.intro")}</p>
      ${isErased ? html`<section class="note" data-tone="open"><p class="outcome-message">${t("erasure.done")}</p><p class="fix">${t("erasure.done-fix")}</p></section>` : nothing}
      <form class="card" @submit=${erase}>
        ${field.template(user, { label: t("erasure.user"), hint: t("erasure.user-hint") })}
        ${name ? html`<p class="lead-text">${name}</p>` : nothing}
        ${user.trim() && !isId() ? html`<p class="hint" role="status">${t("erasure.no-id")}</p>` : nothing}
        <button class="main" data-danger="true" ?disabled=${!isId()}>${t("erasure.ask")}</button>
        ${isId() && page.session.can(READ) ? html` <a href=${to(["history"], { user: user.trim() })}>${t("erasure.history")}</a>` : nothing}
      </form>
      <div class="one-columns">${list("erasure.goes", GOES)} ${list("erasure.stays", STAYS)}</div>`);
  }

  page.title(t("nav.erasure"));
  paint();
  look();
}
