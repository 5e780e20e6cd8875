// The reader's own calendar: their midnights, and the days between.

export const MINUTE = 60_000;
export const HOUR = 60 * MINUTE;
export const DAY = 24 * HOUR;

/** The midnight that begins the reader's day of an instant, `days` later. */
export function midnight(at, days = 0) {
  const when = new Date(at);
  return new Date(when.getFullYear(), when.getMonth(), when.getDate() + days).getTime();
}

/** How many of the reader's midnights lie between two instants; a day of 23 hours counts as one. */
export function daysBetween(from, to) {
  return Math.round((midnight(to) - midnight(from)) / DAY);
}

/** A day of the reader as addresses name it: "2026-12-01". */
export function dayName(at) {
  const day = new Date(at);
  const two = (value) => String(value).padStart(2, "0");
  return `${day.getFullYear()}-${two(day.getMonth() + 1)}-${two(day.getDate())}`;
}
