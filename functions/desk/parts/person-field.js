// A field for a person: near names are proposed as one types.
import { isLeft } from "../core/api.js";
import { html, nothing } from "../core/html.js";
import { pause } from "../core/poll.js";
import { READ } from "../core/session.js";
import { said } from "../core/time.js";
import { t } from "../core/words.js";
import { verdict } from "./marks.js";
import { addressOf, handleOf, nameOf } from "./people.js";

const REST = 250;
const MOST = 8;

/** `typed(text)` tells of every key, `chosen(text, loss)` of Enter or of a proposal taken. */
export class PersonField {
  constructor(page, { changed, typed, chosen, id = "person" }) {
    Object.assign(this, { page, changed, typed, chosen, id });
    this.proposals = [];
    this.active = -1;
    this.asked = null;
  }

  template(value, { label, hint }) {
    const isOpen = this.proposals.length > 0;
    return html`<div class="field person-field">
      <label for=${this.id}>${label}</label>
      <input id=${this.id} type="text" role="combobox" autocomplete="off" spellcheck="false" autocapitalize="off"
        aria-expanded=${isOpen} aria-controls="${this.id}-list" aria-autocomplete="list" aria-describedby="${this.id}-hint"
        aria-activedescendant=${this.active >= 0 ? `${this.id}-${this.active}` : nothing}
        .value=${value} @input=${(event) => this.#input(event.target.value)} @keydown=${(event) => this.#key(event)}
        @blur=${() => this.close()}>
      <ul id="${this.id}-list" class="proposals" role="listbox" aria-label=${t("person-field.near")} ?hidden=${!isOpen}>
        ${this.proposals.map((loss, index) => this.#proposal(loss, index))}
      </ul>
      <p class="hint" id="${this.id}-hint">${hint}</p>
    </div>`;
  }

  close() {
    this.asked?.abort();
    this.proposals = [];
    this.active = -1;
    this.changed();
  }

  #proposal(loss, index) {
    const end = loss.window?.endsAt;
    return html`<li id="${this.id}-${index}" role="option" aria-selected=${index === this.active}
      @mousedown=${(event) => this.#take(event, loss)}>
      <span class="person"><span class="person-name">${nameOf(loss)}</span><span class="person-address">${addressOf(loss)}</span></span>
      <span class="proposal-end">${verdict(loss.window)} ${end ? said(end) : nothing}</span>
    </li>`;
  }

  #take(event, loss) {
    event.preventDefault();
    this.close();
    this.chosen(handleOf(loss), loss);
  }

  #input(text) {
    this.typed(text);
    this.#propose(text.trim());
  }

  #key(event) {
    const count = this.proposals.length;
    if (event.key === "Escape" && count > 0) this.close();
    else if (event.key === "ArrowDown" && count > 0) this.#move((this.active + 1) % count);
    else if (event.key === "ArrowUp" && count > 0) this.#move((this.active - 1 + count) % count);
    else if (event.key === "Enter" && this.active >= 0) return this.#take(event, this.proposals[this.active]);
    else if (event.key === "Enter") {
      this.close();
      this.chosen(event.target.value.trim(), null);
    } else return undefined;
    event.preventDefault();
    return undefined;
  }

  #move(index) {
    this.active = index;
    this.changed();
  }

  /** Who is lost and called so; a caller who may not list is helped by the check alone. */
  async #propose(text) {
    this.asked?.abort();
    const mine = new AbortController();
    this.asked = mine;
    if (text.length < 2 || !this.page.session.can(READ)) {
      this.proposals = [];
      this.changed();
      return;
    }
    await pause(REST, mine.signal);
    if (mine.signal.aborted || this.page.signal.aborted) return;
    try {
      const answer = await this.page.api.get("losses", { query: { search: text, top: MOST }, signal: mine.signal });
      this.proposals = answer.body.value;
      this.active = -1;
      this.changed();
    } catch (error) {
      // Proposals are a help: without them the name is typed, and the check says what is wrong.
      if (!isLeft(error)) this.proposals = [];
    }
  }
}
