/**
 * A state machine: where it stands, what may happen there, and what is known.
 *
 * `states` names for each state the events it takes and the state that follows. Any other event is
 * dropped: an answer that comes too late cannot put a view where it does not belong.
 */
export function machine(start, states, changed = () => {}) {
  const it = {
    at: start,
    is: (...names) => names.includes(it.at),
    takes: (event) => states[it.at]?.[event] !== undefined,
    send(event, known = {}) {
      const next = states[it.at]?.[event];
      if (next === undefined) return false;
      it.at = next;
      Object.assign(it.known, known);
      changed(it);
      return true;
    },
    known: {},
  };
  return it;
}

/** `make`, asked again only when one of its arguments is another than the last time. */
export function kept(make) {
  let before = null;
  let result;
  return (...now) => {
    if (before === null || now.some((value, at) => value !== before[at])) {
      result = make(...now);
      before = now;
    }
    return result;
  };
}
