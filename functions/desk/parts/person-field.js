// A field for a person: near names are proposed as one types.
import { isLeft } from "../core/api.js";
import { html, nothing } from "../core/html.js";
import { pause } from "../core/poll.js";
import { READ } from "../core/session.js";
import { said } from "../core/time.js";
import { t } from "../core/words.js";
import { verdict } from "./marks.js";
import { handleOf, person } from "./people.js";

const REST = 250;
const MOST = 8;

/** An address or an object id: what means one person by itself. */
const isHandle = (text) => text.includes("@") || /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/i.test(text);

/** `typed(text)` tells of every key, `chosen(text, loss)` of Enter or of a proposal taken. */
export class PersonField {
  constructor(page, { changed, typed, chosen, id = "person" }) {
    Object.assign(this, { page, changed, typed, chosen, id });
    this.proposals = [];
    this.active = -1;
    this.asked = null;
  }

  template(value, { label, hint }) {
    return html`<div class="field person-field">
      <label for=${this.id}>${label}</label>
      ${this.bare(value)}
      <p class="hint" id="${this.id}-hint">${hint}</p>
    </div>`;
  }

  /** The field alone; without a label beside it, `name` is what it is called and invites to. */
  bare(value, name = nothing) {
    const isOpen = this.proposals.length > 0;
    return html`<input id=${this.id} type="text" role="combobox" autocomplete="off" spellcheck="false" autocapitalize="off"
        aria-label=${name} placeholder=${name} aria-keyshortcuts=${name === nothing ? nothing : "/"}
        aria-expanded=${isOpen} aria-controls="${this.id}-list" aria-autocomplete="list" aria-describedby=${name === nothing ? `${this.id}-hint` : nothing}
        aria-activedescendant=${this.active >= 0 ? `${this.id}-${this.active}` : nothing}
        .value=${value} @input=${(event) => this.#input(event.target.value)} @keydown=${(event) => this.#key(event)}
        @blur=${() => this.close()}>
      <ul id="${this.id}-list" class="proposals" role="listbox" aria-label=${t("person-field.near")} ?hidden=${!isOpen}>
        ${this.proposals.map((loss, index) => this.#proposal(loss, index))}
      </ul>`;
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
      ${person(loss)}
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
    else if (event.key === "Enter") this.#enter(event.target.value.trim());
    else return undefined;
    event.preventDefault();
    return undefined;
  }

  #move(index) {
    this.active = index;
    this.changed();
  }

  async #propose(text) {
    const found = await this.#search(text, REST);
    if (found) this.#show(found);
  }

  /** A part of a name that fits one person is that person; of several the reader chooses. */
  async #enter(text) {
    if (!text) return;
    const found = isHandle(text) ? [] : await this.#search(text, 0);
    if (!found) return;
    if (found.length > 1) {
      this.#show(found);
      return;
    }
    this.close();
    if (found.length === 1) this.chosen(handleOf(found[0]), found[0]);
    else this.chosen(text, null);
  }

  #show(found) {
    this.proposals = found;
    this.active = -1;
    this.changed();
  }

  /** Who is lost and called so, or null once something else was asked; a caller who may not list is helped by the check alone. */
  async #search(text, rest) {
    this.asked?.abort();
    const mine = new AbortController();
    this.asked = mine;
    if (text.length < 2 || !this.page.session.can(READ)) return [];
    await pause(rest, mine.signal);
    if (mine.signal.aborted || this.page.signal.aborted) return null;
    try {
      return (await this.page.api.get("losses", { query: { search: text, top: MOST }, signal: mine.signal })).body.value;
    } catch (error) {
      // Proposals are a help: without them the name is typed, and the check says what is wrong.
      return isLeft(error) ? null : [];
    }
  }
}
