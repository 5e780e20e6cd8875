// Bring back: the person, what a check finds, the choices that matter, and one button.
import { isLeft } from "../core/api.js";
import { blocksOf, choiceFor, choicesFor, EMPTY, promise, requestFrom } from "../core/choices.js";
import { dropDraft, keepDraft, readDraft, recent, remember } from "../core/drafts.js";
import { html, nothing } from "../core/html.js";
import { machine } from "../core/machine.js";
import { pause } from "../core/poll.js";
import { to } from "../core/router.js";
import { READ } from "../core/session.js";
import { ends, instant, said } from "../core/time.js";
import { coded, rich, t } from "../core/words.js";
import { candidates } from "../parts/candidates.js";
import { choiceFields } from "../parts/choices.js";
import { findings } from "../parts/findings.js";
import { verdict } from "../parts/marks.js";
import { addressOf, breaking, handleOf, joined, licenseName, nameOf } from "../parts/people.js";
import { lane, patterns } from "../parts/picture.js";
import { PersonField } from "../parts/person-field.js";
import { problem } from "../parts/problem.js";

const REST = 500;
const STATES = {
  empty: { ask: "checking", type: "empty" },
  checking: { checked: "checked", failed: "failed", ask: "checking", type: "empty" },
  checked: { ask: "checking", type: "empty", send: "sending" },
  failed: { ask: "checking", type: "empty", send: "sending" },
  sending: { refused: "refused" },
  refused: { ask: "checking", type: "empty", send: "sending" },
};

export default function restore(page) {
  const draft = { ...EMPTY, ...readDraft("restore") };
  let licenses = [];
  let loss = null;
  let asking = null;
  const it = machine("empty", STATES, () => paint());
  const field = new PersonField(page, {
    changed: () => paint(),
    typed(text) {
      asking?.abort();
      Object.assign(draft, { ...EMPTY, reason: draft.reason, ticket: draft.ticket, user: text });
      loss = null;
      keepDraft("restore", draft);
      it.send("type");
    },
    chosen: (text, found) => choose(text, found),
  });

  function choose(user, found = null) {
    if (!user) return;
    loss = found;
    set({ user }, 0);
    page.keep({ user });
  }

  function set(change, rest = REST) {
    Object.assign(draft, change);
    keepDraft("restore", draft);
    check(rest);
  }

  function write(change) {
    Object.assign(draft, change);
    keepDraft("restore", draft);
  }

  async function check(rest) {
    asking?.abort();
    const mine = new AbortController();
    asking = mine;
    it.send("ask");
    await pause(rest, mine.signal);
    if (mine.signal.aborted || page.signal.aborted) return;
    const { reason, ticket, notBefore, ...request } = requestFrom(draft);
    try {
      const [answer] = await Promise.all([page.api.ask("checks", request, { signal: mine.signal }), know(mine.signal)]);
      it.send("checked", { preflight: answer.body, error: null });
      page.say(t(answer.body.restorable ? "restore.said-ready" : "restore.said-blocked"));
    } catch (error) {
      if (!isLeft(error)) it.send("failed", { error });
    }
  }

  /** The name and the licences of the person, for a caller who may list; the licences once. */
  async function know(signal) {
    if (licenses.length === 0) {
      const answer = await page.api.get("licenses", { signal }).catch(() => null);
      licenses = answer?.body.value ?? [];
    }
    if (loss || !page.session.can(READ)) return;
    const answer = await page.api.get("losses", { query: { search: draft.user, top: 2 }, signal }).catch(() => null);
    const found = answer?.body.value ?? [];
    if (found.length === 1) [loss] = found;
  }

  async function send(event) {
    event.preventDefault();
    if (!it.takes("send") || (it.is("checked") && !it.known.preflight.restorable)) return;
    // The same draft keeps its key: sent twice because the answer got lost, it is one restore.
    if (!draft.key) write({ key: crypto.randomUUID() });
    it.send("send");
    try {
      const answer = await page.api.change("POST", "restores", requestFrom(draft), { key: draft.key });
      dropDraft("restore");
      remember("restore", answer.body.id, answer.body.createdAt);
      page.go(["restores", answer.body.id]);
    } catch (error) {
      if (error.isFinal) write({ key: undefined });
      it.send("refused", { error });
    }
  }

  // One loss is like what was typed; whether it is the one that is meant, the check says.
  const name = () => (loss && it.known.preflight?.case !== "not-found" ? nameOf(loss) : draft.user.trim());
  const lost = () => loss?.licenses ?? [];

  function action(finding) {
    const choice = choiceFor(finding.code, page.session);
    if (["user-is-deleted", "license-missing"].includes(finding.code) && draft.kind !== "mailbox") {
      return { word: t("restore.act-kind"), act: () => set({ kind: "mailbox" }, 0) };
    }
    if (!choice || finding.severity === "info") return null;
    return { word: t(`restore.act-${choice}`), act: () => document.getElementById(`choice-${choice}`)?.focus() };
  }

  function paint() {
    page.paint(html`<h1>${t("nav.restore")}</h1>
      <form class="restore" @submit=${send}>
        <section class="step-block">${field.template(draft.user, { label: t("restore.who"), hint: t("restore.who-hint") })}</section>
        ${it.is("empty") ? lookUp() : nothing}
        ${it.is("checking") ? html`<p class="checking" role="status">${t("restore.checking")}</p>` : nothing}
        ${it.is("failed") ? unchecked() : nothing}
        ${it.known.preflight && !it.is("empty", "failed") ? told(it.known.preflight) : nothing}
        ${it.is("refused") ? problem(it.known.error) : nothing}
      </form>
      ${it.is("empty") && !page.session.can(READ) ? own() : nothing}`);
  }

  /** Nothing is asked while somebody types: whoever has no proposals to take says when. */
  function lookUp() {
    const user = draft.user.trim();
    return user ? html`<div class="send"><button type="button" @click=${() => choose(user)}>${t("restore.look-up")}</button></div>` : nothing;
  }

  /** In place of the list that takes a role to read: what was sent from here, and a way to any other. */
  function own() {
    const open = (event) => {
      event.preventDefault();
      page.go(["restores", event.target.elements[0].value.trim()]);
    };
    return html`<section class="batch-group"><h2>${t("restore.recent")}</h2>
      <p class="hint">${t("restore.no-list")}</p>
      <form class="fields" @submit=${open}><input class="grow" required aria-label=${t("restore.id")} placeholder=${t("restore.id")}><button>${t("restore.open")}</button></form>
      <ul class="plain recent">${recent().map((item) => html`<li><a href=${to([item.kind === "batch" ? "many" : "restores", item.id])}>${item.id.slice(0, 8)}</a> ${instant(item.at)}</li>`)}</ul></section>`;
  }

  /** A check that got no answer need not hold up anybody: the restore checks all of it again. */
  function unchecked() {
    return html`${problem(it.known.error, () => check(0))} ${why()}
      <div class="send"><button type="submit">${t("restore.button-unchecked", { name: name() })}</button>
        <p class="hint">${t("restore.unchecked-hint")}</p></div>`;
  }

  function told(preflight) {
    const names = choicesFor(preflight, draft, page.session);
    const isOld = it.is("checking");
    return html`<div class="told" ?data-old=${isOld} aria-busy=${isOld}>
      ${headline(preflight)}
      ${findings(preflight.findings, action)}
      ${candidates(preflight.candidates, (one) => choose(handleOf(one)))}
      ${names.length > 0 ? html`<section class="choices"><h2>${t("restore.choices")}</h2>
            ${choiceFields(names, draft, set, { licenses, session: page.session, lost: lost() })}</section>` : nothing}
      ${preflight.case === "not-found" ? nothing : html`${why()} ${more()} ${foot(preflight)}`}
    </div>`;
  }

  function headline(preflight) {
    const end = preflight.window?.endsAt;
    const evidence = preflight.window?.evidence;
    return html`<section class="headline">
      <h2>${breaking(name())}</h2>
      ${name() === nameOf(loss) ? html`<p class="person-address">${breaking(addressOf(loss))}</p>` : nothing}
      ${preflight.case && preflight.case !== "not-found" ? html`<p>${coded("case", preflight.case)} · ${verdict(preflight.window)}
            ${end ? html` · ${ends(end)}` : nothing}
            ${evidence && evidence !== "none" ? html` · <span class="hint">${coded("evidence", evidence)}</span>` : nothing}</p>` : nothing}
      ${preflight.window && preflight.window.verdict !== "not-applicable" ? html`${patterns()}${lane(preflight, Date.now())}` : nothing}
    </section>`;
  }

  function why() {
    return html`<section class="why">
      <div class="field"><label for="reason">${t("restore.reason")}</label>
        <textarea id="reason" rows="2" maxlength="1024" .value=${draft.reason} @input=${(event) => write({ reason: event.target.value })}></textarea></div>
      <div class="field"><label for="ticket">${t("restore.ticket")}</label>
        <input id="ticket" type="text" maxlength="128" autocomplete="off" .value=${draft.ticket} @input=${(event) => write({ ticket: event.target.value })}></div>
    </section>`;
  }

  function more() {
    const kinds = ["mailbox", "user", "license"];
    return html`<details class="more" ?open=${draft.kind !== "mailbox" || draft.notBefore !== ""}>
      <summary>${t("restore.more")}</summary>
      <fieldset><legend>${t("restore.kind")}</legend>
        ${kinds.map((kind) => html`<label class="tick"><input type="radio" name="kind" .checked=${draft.kind === kind} @change=${() => set({ kind })}>
            <span>${t(`kind.${kind}`)}<span class="hint">${t(`kind.${kind}-hint`)}</span></span></label>`)}
      </fieldset>
      <div class="field"><label for="not-before">${t("restore.not-before")}</label>
        <input id="not-before" type="datetime-local" .value=${draft.notBefore} @change=${(event) => { write({ notBefore: event.target.value }); paint(); }}>
        <p class="hint">${t("restore.not-before-hint")}</p></div>
    </details>`;
  }

  function foot(preflight) {
    const blocks = blocksOf(preflight).length;
    const isReady = it.is("checked", "refused") && preflight.restorable;
    const chosenSku = licenses.find((sku) => sku.skuId === draft.license);
    const named = chosenSku ? [licenseName(chosenSku)] : lost().map(licenseName);
    const license = named.length > 0 ? joined(named) : t("restore.the-license");
    const word = rich(blocks > 0 && preflight.plan.length === 0 ? "restore.button-blocked" : promise(preflight, draft), { name: name(), license, when: draft.notBefore ? said(new Date(draft.notBefore).toISOString()) : "" });
    return html`<div class="send">
      <button class="main" type="submit" ?disabled=${!isReady} aria-describedby="send-hint">${it.is("sending") ? t("restore.sending") : word}</button>
      <p class="hint" id="send-hint">${blocks > 0 ? t("restore.blocked", { count: blocks }) : t("restore.send-hint")}</p>
    </div>`;
  }

  page.title(t("nav.restore"));
  if (page.query.user) {
    if (page.query.user !== draft.user) Object.assign(draft, { ...EMPTY, user: page.query.user });
    check(0);
  } else if (draft.user) check(0);
  paint();
  if (!draft.user) document.getElementById("person").focus();
}
