const LEAST = 3;

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
