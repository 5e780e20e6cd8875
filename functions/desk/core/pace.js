import { pause } from "./poll.js";

const MINUTE = 60_000;

/**
 * Holds calls to what one caller may do in a minute: `calls` calls with `items` items in all.
 *
 * `turn(count)` resolves when a call with that many items may go.
 */
export class Pace {
  constructor({ calls, items, now = () => Date.now(), wait = pause }) {
    Object.assign(this, { calls, items, now, wait });
    this.spent = [];
  }

  async turn(count, signal) {
    for (;;) {
      const delay = this.delay(count);
      if (delay <= 0) break;
      await this.wait(delay, signal);
      signal?.throwIfAborted();
    }
    this.spent.push({ at: this.now(), count });
  }

  /** How long such a call has to wait, in milliseconds. */
  delay(count) {
    const now = this.now();
    this.spent = this.spent.filter((one) => one.at > now - MINUTE);
    let calls = this.spent.length;
    let items = this.spent.reduce((sum, one) => sum + one.count, 0);
    if (calls < this.calls && items + count <= this.items) return 0;
    for (const one of this.spent) {
      calls -= 1;
      items -= one.count;
      if (calls < this.calls && items + count <= this.items) return one.at + MINUTE - now;
    }
    return 0;
  }
}
