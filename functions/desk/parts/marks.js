// States as a mark, a word and a colour: no one of the three alone.
import { html, nothing, svg } from "../core/html.js";
import { coded } from "../core/words.js";

const SHAPES = {
  disc: svg`<circle cx="6" cy="6" r="5" class="fill" />`,
  ring: svg`<circle cx="6" cy="6" r="4.200" class="line" />`,
  half: svg`<circle cx="6" cy="6" r="4.200" class="line" /><path d="M6 1.800a4.200 4.200 0 0 1 0 8.400z" class="fill" />`,
  triangle: svg`<path d="M6 .8 11.500 11H.5z" class="fill" /><path d="M6 4.500v3" class="cut" /><path d="M6 9.200v.2" class="cut" />`,
  tick: svg`<path d="m1.500 6.500 3 3 6-7" class="line" />`,
  cross: svg`<path d="m2 2 8 8m0-8-8 8" class="line" />`,
  slash: svg`<circle cx="6" cy="6" r="4.200" class="line" /><path d="m3.100 3.100 5.800 5.800" class="line" />`,
  pause: svg`<path d="M3.500 2v8m5-8v8" class="line" />`,
  dash: svg`<path d="M2 6h8" class="line" />`,
  unknown: svg`<path d="M3.500 4a2.500 2.500 0 1 1 3.600 2.200C6.300 6.600 6 7 6 7.800" class="line" /><path d="M6 10.400v.1" class="line" />`,
  info: svg`<circle cx="6" cy="6" r="4.700" class="line" /><path d="M6 5.500v3M6 3.300v.1" class="line" />`,
};

/** A mark and its word; `tone` is a colour of the style sheet. */
export function mark(tone, shape, word, id = nothing) {
  return html`<span class="mark" id=${id} data-tone=${tone}
    ><svg viewBox="0 0 12 12" aria-hidden="true">${SHAPES[shape]}</svg>${word}</span
  >`;
}

const VERDICTS = {
  open: ["open", "disc"],
  closing: ["closing", "triangle"],
  closed: ["closed", "slash"],
  unknown: ["unknown", "unknown"],
  "not-applicable": ["neutral", "dash"],
};

/** What a window says; a mailbox that still answers has a mark of its own. */
export function verdict(window) {
  if (!window) return mark("neutral", "dash", coded("verdict", "none"));
  if (window.evidence === "mailbox") return mark("open", "ring", coded("verdict", "still-there"));
  const [tone, shape] = VERDICTS[window.verdict] ?? VERDICTS.unknown;
  return mark(tone, shape, coded("verdict", window.verdict));
}

/** The colour of a window, for its bar. */
export const toneOf = (window) => (VERDICTS[window?.verdict] ?? VERDICTS.unknown)[0];

const STATUSES = {
  queued: ["neutral", "ring"],
  running: ["busy", "half"],
  waiting: ["waiting", "pause"],
  succeeded: ["open", "tick"],
  refused: ["closing", "slash"],
  failed: ["bad", "cross"],
  cancelled: ["neutral", "dash"],
  pending: ["neutral", "ring"],
  invalid: ["bad", "cross"],
};

/** How a restore, a step or a row of a batch stands. */
export function status(name, id) {
  const [tone, shape] = STATUSES[name] ?? ["neutral", "dash"];
  return mark(tone, shape, coded("status", name), id);
}

export const statusTone = (name) => (STATUSES[name] ?? ["neutral"])[0];

const STEPS = {
  pending: ["neutral", "ring"],
  attempting: ["busy", "half"],
  running: ["busy", "half"],
  done: ["open", "tick"],
  succeeded: ["open", "tick"],
  skipped: ["neutral", "dash"],
  failed: ["bad", "cross"],
};

export function stepStatus(name) {
  const [tone, shape] = STEPS[name] ?? ["neutral", "dash"];
  return mark(tone, shape, coded("step-status", name));
}

const SEVERITIES = {
  block: ["bad", "slash"],
  warn: ["closing", "triangle"],
  info: ["neutral", "info"],
};

export function severity(name) {
  const [tone, shape] = SEVERITIES[name] ?? SEVERITIES.info;
  return mark(tone, shape, coded("severity", name));
}

const GUARDS = {
  watching: ["open", "ring"],
  lost: ["closing", "triangle"],
  unresolved: ["unknown", "unknown"],
};

export function guardState(name) {
  const [tone, shape] = GUARDS[name] ?? GUARDS.unresolved;
  return mark(tone, shape, coded("guard-state", name));
}

export const health = (name) =>
  name === "ok" ? mark("open", "tick", coded("health", "ok")) : mark("bad", "triangle", coded("health", name));
