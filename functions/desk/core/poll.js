import { Unreachable } from "./api.js";

const MINUTE = 60_000;
const AFTER_FAILURE = [2, 4, 8, 15, 30];

/**
 * Asks again and again, until `signal` ends it or `ask` returns nothing.
 *
 * `ask` gives the seconds to wait before the next time. While the tab is hidden nothing is asked;
 * once it is seen again, at once. A lost connection is tried again at growing distances.
 */
export async function poll(ask, { signal, tab = document, wait = pause } = {}) {
  let failures = 0;
  while (!signal.aborted) {
    let seconds;
    try {
      seconds = await ask();
      failures = 0;
    } catch (error) {
      if (signal.aborted) return;
      if (!(error instanceof Unreachable)) throw error;
      seconds = AFTER_FAILURE[Math.min(failures, AFTER_FAILURE.length - 1)];
      failures += 1;
    }
    if (seconds === undefined || signal.aborted) return;
    await wait(seconds * 1000, signal);
    await seen(tab, signal);
  }
}

/** Resolves after a time, or at once when `signal` ends the waiting. */
export function pause(milliseconds, signal) {
  return new Promise((resolve) => {
    if (signal?.aborted) {
      resolve();
      return;
    }
    const timer = setTimeout(resolve, milliseconds);
    const stop = () => {
      clearTimeout(timer);
      resolve();
    };
    signal?.addEventListener("abort", stop, { once: true });
  });
}

function seen(tab, signal) {
  if (!tab.hidden) return Promise.resolve();
  return new Promise((resolve) => {
    const look = () => {
      if (tab.hidden && !signal.aborted) return;
      tab.removeEventListener("visibilitychange", look);
      resolve();
    };
    tab.addEventListener("visibilitychange", look);
    signal.addEventListener("abort", look, { once: true });
  });
}

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
