// Ten thousand rows of any height, of which only those that are seen are in the page.
import {
  elementScroll,
  measureElement,
  observeElementOffset,
  observeElementRect,
  Virtualizer,
} from "../lib/virtual-core.js";
import { html, mounted, placed, repeat } from "../core/html.js";

// On a phone so many rows scroll in themselves; fewer are a part of the page.
const MANY = 20;
const STEP = { ArrowDown: 1, ArrowUp: -1, PageDown: 10, PageUp: -10 };

/**
 * A list that scrolls in itself.
 *
 * `row(index, isActive)` is one row's template; exactly one element in it carries `data-active`,
 * takes the focus, and the arrow keys move it. `changed` paints the view again.
 */
export class LongList {
  constructor({ changed, row, estimate, key, label, near }) {
    Object.assign(this, { changed, row, key, label, near });
    this.count = 0;
    this.active = 0;
    this.element = null;
    this.virtual = new Virtualizer({
      count: 0,
      getScrollElement: () => this.element,
      estimateSize: estimate,
      overscan: 6,
      scrollToFn: elementScroll,
      measureElement,
      observeElementRect,
      observeElementOffset,
      onChange: (virtual, isSync) => this.#moved(isSync),
    });
    this.unmount = this.virtual._didMount();
  }

  /** The list as it is now, of `count` rows. */
  template(count) {
    if (count !== this.count) {
      this.count = count;
      this.active = Math.min(this.active, Math.max(count - 1, 0));
      this.virtual.setOptions({ ...this.virtual.options, count, getItemKey: (index) => this.key(index) });
    }
    const rows = this.virtual.getVirtualItems();
    return html`<div class="long" tabindex="-1" ?data-many=${count >= MANY} @keydown=${(event) => this.#keys(event)}
      ${mounted((element) => this.#attach(element))}>
      <div class="long-inner" role="list" aria-label=${this.label()}
        ${placed({ height: `${this.virtual.getTotalSize()}px` })}>
        ${repeat(rows, (item) => item.key, (item) => this.#placedRow(item))}
      </div>
    </div>`;
  }

  /** Rows have another height now: forget the measured ones. */
  measure() {
    this.virtual.measure();
  }

  /** Back to the first row: another search shows another list. */
  toTop() {
    this.active = 0;
    this.virtual.scrollToOffset(0);
  }

  leave() {
    this.sizes?.disconnect();
    this.unmount();
  }

  /** Where rows lie below what is in sight, the last of those fades. */
  #fade() {
    const { scrollTop, clientHeight, scrollHeight } = this.element;
    this.element.toggleAttribute("data-more", scrollTop + clientHeight < scrollHeight - 8);
  }

  #attach(element) {
    this.element = element;
    this.sizes?.disconnect();
    this.sizes = new ResizeObserver(() => this.#fade());
    for (const one of [element, element.firstElementChild]) this.sizes.observe(one);
    element.addEventListener("scroll", () => this.#fade(), { passive: true });
    this.virtual._willUpdate();
    this.changed();
  }

  #placedRow(item) {
    const isActive = item.index === this.active;
    return html`<div class="long-row" role="listitem" data-index=${item.index} aria-setsize=${this.count} aria-posinset=${item.index + 1}
      @focusin=${() => this.#activate(item.index)}
      ${placed({ transform: `translateY(${item.start}px)` })}
      ${mounted((element) => this.virtual.measureElement(element))}>
      ${this.row(item.index, isActive)}
    </div>`;
  }

  #moved(isSync) {
    // Inside a paint already: the library tells of what that paint itself has set.
    if (this.isPainting) return;
    this.isPainting = true;
    const paint = () => {
      this.isPainting = false;
      this.changed();
      this.#focusActive();
      const last = this.virtual.range?.endIndex ?? 0;
      if (this.near && last >= this.count - 10) this.near();
    };
    if (isSync) paint();
    else queueMicrotask(paint);
  }

  #activate(index) {
    if (this.active === index) return;
    this.active = index;
    this.changed();
  }

  #keys(event) {
    const field = event.target.closest("input:not([type=checkbox]), select, textarea");
    const to = this.#target(event.key);
    // In a line of text up and down have nothing else to do, and lead to the next row's.
    const isFields = field && !(field.type === "text" && event.key in STEP);
    if (isFields || to === undefined || event.altKey || event.ctrlKey || event.metaKey) return;
    event.preventDefault();
    this.active = Math.min(Math.max(to, 0), this.count - 1);
    this.isFocusDue = true;
    // The row in focus may leave the page before the one that is led to is in it. Meanwhile the
    // list itself has the focus, so that no key is lost.
    this.element.focus({ preventScroll: true });
    this.virtual.scrollToIndex(this.active, { align: "auto" });
    this.changed();
    this.#focusActive();
  }

  #target(key) {
    if (key in STEP) return this.active + STEP[key];
    if (key === "Home") return 0;
    if (key === "End") return this.count - 1;
    return undefined;
  }

  /** The row that a key led to, as soon as it is in the page, unless the reader has left the list. */
  #focusActive() {
    if (!this.isFocusDue) return;
    const row = this.element?.querySelector(`[data-index="${this.active}"] [data-active]`);
    const isAtList = this.element === document.activeElement;
    if (isAtList) row?.focus({ preventScroll: true });
    this.isFocusDue = isAtList && !row;
  }
}
