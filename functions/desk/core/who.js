// Who asked, did or decided: by name, where the reader may know it.
import { t } from "./words.js";

const UNNAMED = { timer: "door.timer", queue: "door.queue" };

/** Who asked for a restore; a caller by function key has no name. */
export function askedBy(by) {
  if (!by) return t("person.unknown");
  return by.name || t(UNNAMED[by.door] ?? "door.nameless");
}

/** Who did what stands in a journal: there, others have no name either for whoever lacks Restore.Read. */
export const doneBy = (by) => (by.name || by.door in UNNAMED ? askedBy(by) : t("journal.nameless"));

/** Who decided about a restore that waited for it. */
export const decidedBy = (approval) => approval.decidedBy?.name ?? approval.decidedBy ?? t("one.somebody-else");
