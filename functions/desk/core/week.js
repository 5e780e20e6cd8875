// Who was lost, came back, closes and did not go in a week: people, not requests; pure.
// Counted as those of the event restore.weekly-report.v1 are.
import { DAY } from "./calendar.js";
import { closingWithin, isOpenEnded, startOf } from "./losses.js";

export const WEEK = 7;
const SAVED = new Set(["user-restored", "license-restored", "mailbox-restored"]);
const BADLY = new Set(["failed", "refused"]);

/** The rows of each table: losses for `lost` and `closing`, the newest restore of each person for the others. */
export function weekOf(losses, restores, now) {
  const from = now - WEEK * DAY;
  const ended = restores.filter((one) => one.user?.id && one.kind !== "drill" && Date.parse(one.finishedAt) >= from);
  const lostNow = new Set(losses.map((loss) => loss.id));
  const saved = ofEach(ended.filter((one) => SAVED.has(one.outcome?.code) && !one.undoneBy && !lostNow.has(one.user.id)));
  const back = new Set(saved.map((one) => one.user.id));
  return {
    lost: losses.filter((loss) => !isOpenEnded(loss.window) && Date.parse(startOf(loss) ?? 0) >= from),
    saved,
    closing: closingWithin(losses, WEEK, now),
    failed: ofEach(ended.filter((one) => BADLY.has(one.status) && one.kind !== "undo" && !back.has(one.user.id))),
  };
}

// The newest of each person, the newest first.
function ofEach(restores) {
  const sorted = restores.toSorted((one, other) => Date.parse(one.finishedAt) - Date.parse(other.finishedAt));
  return [...new Map(sorted.map((one) => [one.user.id, one])).values()].toReversed();
}
