import { Unreachable } from "./api.js";

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
