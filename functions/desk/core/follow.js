// Something that is at work on the other side: read again and again, until it has come to its end.
import { isLeft, Unreachable } from "./api.js";
import { machine } from "./machine.js";
import { poll } from "./poll.js";

const STATES = {
  loading: { read: "shown", failed: "failed" },
  shown: { read: "shown", failed: "failed" },
  failed: { read: "shown", failed: "failed" },
};
const AT_LEAST = 2;
const AFTER_FAILURE = 15;

/**
 * Follows what `load` reads: it gives `{ known, seconds }`, without seconds once nothing will change.
 *
 * While the service fails or is out of reach, what was read last stays in sight, with the reason as
 * `known.error`; a "no" that stays one takes its place.
 * `begin` starts, or starts over after something was done to it.
 */
export function follow(page, load, changed) {
  const it = machine("loading", STATES, changed);
  let following = null;

  async function read() {
    try {
      const { known, seconds } = await load();
      it.send("read", { ...known, error: null });
      return seconds === undefined ? undefined : Math.max(seconds, AT_LEAST);
    } catch (error) {
      if (isLeft(error)) return undefined;
      const isLost = error instanceof Unreachable;
      const passes = isLost || !error.isFinal;
      if (passes && it.is("shown")) it.send("read", { error: isLost ? null : error });
      else it.send("failed", { error });
      if (isLost) throw error;
      return passes ? AFTER_FAILURE : undefined;
    }
  }

  function begin() {
    following?.abort();
    following = new AbortController();
    poll(read, { signal: AbortSignal.any([page.signal, following.signal]) });
  }

  return { it, begin };
}
