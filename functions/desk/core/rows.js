// The rows of a list that is about to be sent: where each stands, and which of them go.
const LEAST = 3;

/** Where a row stands: `invalid`, `unchecked`, `twice`, `blocked`, `ready`, or `idle`: nothing is lost. */
export function standing(row) {
  if (row.faults.length > 0) return "invalid";
  if (row.check === null) return "unchecked";
  return row.twice && !row.isForced ? "twice" : found(row);
}

/** What will be sent: whatever is ready, and what somebody ticked in spite of how it stands. */
export const goes = (row) => standing(row) === "ready" || (standing(row) === "blocked" && row.isForced);

/**
 * Notes on each row the line that names the same address before it, as `twice`.
 *
 * A row that cannot go itself stands in nobody's way: then the one after it that can is the first.
 */
export function noteTwice(rows) {
  const firsts = new Map();
  for (const row of rows) {
    row.twice = null;
    if (row.faults.length > 0) continue;
    const name = row.request.user.toLowerCase();
    const first = firsts.get(name);
    if (first && (mayGo(first) || !isReady(row))) row.twice = first.line;
    else firsts.set(name, row);
  }
}

/** What a row says of its check; of somebody who has lost nothing, that. */
export const loudest = (findings, isIdle) => ["block", "warn", ...(isIdle ? ["info"] : [])].map((severity) => findings.find((one) => one.severity === severity)).find(Boolean);

function found(row) {
  if (row.check.restorable) return "ready";
  return row.check.findings.some((finding) => finding.severity === "block") ? "blocked" : "idle";
}

const isReady = (row) => row.check !== null && found(row) === "ready";

const mayGo = (row) => row.check === null || isReady(row) || row.isForced;

/**
 * The warnings that stand word for word on most of these checks, each with its `count`.
 *
 * Said on every row, they would not be read on any.
 */
export function toldOnce(checks) {
  const found = new Map();
  for (const check of checks) {
    for (const one of check.findings.filter((finding) => finding.severity === "warn")) {
      found.set(one.message, { ...one, count: (found.get(one.message)?.count ?? 0) + 1 });
    }
  }
  return [...found.values()].filter(({ count }) => count >= LEAST && count * 2 > checks.length);
}
