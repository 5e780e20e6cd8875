// What the picture of time shows of the list of losses: pure, without page or network.
import { DAY, midnight } from "./calendar.js";

/** The instants between which the picture lies: 30 days on either side of now. */
export const SPAN = 30 * DAY;

/** Where an instant lies in the picture, from 0 to 100; what lies outside is at its edge. */
export function placeOf(at, now) {
  const share = ((Date.parse(at) - now + SPAN) / (2 * SPAN)) * 100;
  return Math.min(Math.max(share, 0), 100);
}

const endOf = (loss) => (loss.window?.endsAt ? Date.parse(loss.window.endsAt) : null);

/** When a loss began, as far as anybody knows. */
export const startOf = (loss) => loss.window?.startedAt ?? loss.lostAt ?? loss.deletedAt ?? null;

/** Whether the window rests on more than a hint. */
const PROVEN = new Set(["deletedDateTime", "observed", "audit", "mailbox"]);
export const isProven = (window) => PROVEN.has(window?.evidence) && window.verdict !== "unknown";

/** A mailbox that still answers has no end yet. */
export const isOpenEnded = (window) => window?.evidence === "mailbox" && !window.endsAt;

/** The losses whose end of window is yet to come and lies within so many days. */
export function closingWithin(losses, days, now) {
  return losses.filter((loss) => {
    const end = endOf(loss);
    return end !== null && end > now && end <= now + days * DAY;
  });
}

/** The seats that are `short`, and how many people need one of a licence that is not known yet. */
export const capacityOf = ({ value, licenseUnknown = 0 }) => ({ short: value.filter((sku) => sku.short > 0), unknown: licenseUnknown });

/** The loss whose window ends first. */
export function first(losses, now) {
  const timed = losses.filter((loss) => endOf(loss) !== null && endOf(loss) > now);
  return timed.reduce((best, loss) => (best && endOf(best) <= endOf(loss) ? best : loss), null);
}

/** How many windows end on each of the reader's days from today, `days` of them. */
export function endsByDay(losses, now, days = 31) {
  const counts = Array.from({ length: days }, (_, day) => ({ at: midnight(now, day), count: 0 }));
  for (const loss of losses) {
    const end = endOf(loss);
    if (end === null || end < counts[0].at) continue;
    const found = counts.findLast((day) => day.at <= end);
    if (found && (found !== counts.at(-1) || end < midnight(found.at, 1))) found.count += 1;
  }
  return counts;
}

const folded = (text) => (text ?? "").normalize("NFD").replace(/\p{M}/gu, "").toLowerCase();

/** What can be searched of a person: names, addresses and licences, without accents and case. */
function haystack(loss) {
  const licenses = (loss.licenses ?? []).map((license) => `${license.name} ${license.skuPartNumber}`);
  return folded([loss.displayName, loss.userPrincipalName, loss.mail, ...licenses].join(" "));
}

/** The losses that the filters leave; `straw` remembers what was folded once. */
export function chosen(losses, { find = "", verdict = "", case: kind = "", day = "" }, straw = new WeakMap()) {
  const words = folded(find).split(/\s+/).filter(Boolean);
  const from = day ? midnight(`${day}T00:00`) : null;
  const until = day ? midnight(`${day}T00:00`, 1) : null;
  return losses.filter((loss) => {
    if (verdict && loss.window?.verdict !== verdict) return false;
    if (kind && loss.case !== kind) return false;
    if (from !== null && !(endOf(loss) >= from && endOf(loss) < until)) return false;
    if (words.length === 0) return true;
    if (!straw.has(loss)) straw.set(loss, haystack(loss));
    return words.every((word) => straw.get(loss).includes(word));
  });
}
