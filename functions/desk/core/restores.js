// What may be done with a restore, by whom, and what its journal says: pure.
import { ADMIN, APPROVE, REQUEST } from "./session.js";

export const FINISHED = new Set(["succeeded", "refused", "failed", "cancelled"]);
export const isFinished = (restore) => FINISHED.has(restore.status);

const CHANGES = new Set(["restore-user", "assign-license", "remove-license", "delete-user"]);

/** Whether a step of it has changed the tenant. */
const hasChanged = (restore) =>
  (restore.steps ?? []).some((step) => CHANGES.has(step.name) && ["done", "succeeded"].includes(step.status));

/** What this session may do with a restore as it stands: names of actions. */
export function actionsFor(restore, session) {
  const isAdmin = session.can(ADMIN);
  const isOwn = session.owns(restore) && session.can(REQUEST);
  const found = [];
  if (waitsForApproval(restore) && session.can(APPROVE)) found.push("approve", "reject");
  if (!isFinished(restore) && !hasChanged(restore) && (isAdmin || isOwn)) found.push("cancel");
  if (["failed", "refused"].includes(restore.status) && isAdmin && !restore.received) found.push("retry");
  // Nobody can ask for an undo or a drill as for a restore.
  const isOfItsOwn = restore.kind === "undo" || restore.kind === "drill";
  if (["refused", "failed", "cancelled"].includes(restore.status) && session.can(REQUEST) && !restore.received && !isOfItsOwn) found.push("anew");
  const isUndone = restore.undoneBy || isOfItsOwn;
  if (restore.status === "succeeded" && hasChanged(restore) && isAdmin && !isUndone) found.push("undo");
  return found;
}

export const waitsForApproval = (restore) => restore.status === "waiting" && restore.waiting?.for === "approval";

/** Whether the caller asked for it: then somebody else has to decide. */
export const isOwnRequest = (restore, session) =>
  session.me !== null && session.me.id !== null && restore.requestedBy?.id === session.me.id;

/** The steps to show: what is planned and not begun stands there, too. */
export function stepsOf(restore) {
  const done = restore.steps ?? [];
  const begun = new Set(done.map((step) => step.name));
  const ahead = (restore.plan ?? []).filter((name) => !begun.has(name));
  return [...done, ...ahead.map((name) => ({ name, status: "pending" }))];
}
