// A list that is read page by page, as far as the reader scrolls.
import { isLeft } from "./api.js";

/** Pages of `path`; `changed` is told when rows have come, or a problem. */
export class Listing {
  constructor(page, path, changed) {
    Object.assign(this, { page, path, changed });
    this.rows = [];
    this.state = "loading";
    this.error = null;
    this.pages = null;
  }

  /** Begins anew with other filters; the rows stay in sight until the first page is there. */
  async open(query) {
    this.asked?.abort();
    this.asked = new AbortController();
    const signal = AbortSignal.any([this.page.signal, this.asked.signal]);
    this.pages = this.page.api.pages(this.path, { query, signal })[Symbol.asyncIterator]();
    this.isFresh = true;
    this.isBusy = false;
    if (this.state !== "ready") this.state = "loading";
    await this.more();
  }

  /** The next page, where there is one and none is on its way. */
  async more() {
    const { pages } = this;
    if (!pages || this.isBusy) return;
    this.isBusy = true;
    try {
      const found = await pages.next();
      if (pages !== this.pages) return;
      if (found.done) this.pages = null;
      const rows = found.done ? [] : found.value.value;
      this.rows = this.isFresh ? rows : [...this.rows, ...rows];
      this.isFresh = false;
      Object.assign(this, { state: "ready", error: null, isBusy: false });
      if (!found.done && !found.value.nextLink) this.pages = null;
    } catch (error) {
      if (isLeft(error) || pages !== this.pages) return;
      // Rows of the filters before would stand under a heading that is not theirs.
      if (this.isFresh) this.rows = [];
      Object.assign(this, { state: "failed", error, pages: null, isBusy: false });
    }
    this.changed();
  }

  get isWhole() {
    return this.state === "ready" && this.pages === null;
  }
}
