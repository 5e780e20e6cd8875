// Which choices matter for one person, what a request says of them, and what will happen.
import { OVERRIDE } from "./session.js";
import { t } from "./words.js";

/** A subscription in its grace period (Warning) still has seats to give. */
const ASSIGNABLE = ["Enabled", "Warning"];

/** How many of a licence can be given, or why none. */
export function seats(sku) {
  if (ASSIGNABLE.includes(sku.capabilityStatus)) return t("choice.free-seats", { count: sku.freeSeats });
  return t(sku.capabilityStatus === "Deleted" ? "choice.deleted" : "choice.suspended");
}

/** What somebody begins with; everything else is chosen. */
export const EMPTY = {
  user: "",
  kind: "mailbox",
  license: "",
  newUserPrincipalName: "",
  isAlways: false,
  isDropped: false,
  licenseRemovedAt: "",
  acceptUnknownWindow: false,
  acceptRehire: false,
  allowSynced: false,
  notBefore: "",
  reason: "",
  ticket: "",
};

// The findings that a choice answers, and who may choose so.
const CHOICES = [
  { name: "license", codes: ["license-unknown", "license-not-in-tenant", "license-not-allowed", "license-without-mailbox", "license-from-group", "license-conflict", "license-chosen", "no-free-seat", "license-smaller", "seats-free", "license-left-out", "license-not-used", "shared-unlicensed", "subscription-suspended"] },
  { name: "new-name", codes: ["upn-conflict", "new-name-needed", "new-name-not-allowed", "new-name-not-used"] },
  { name: "drop", codes: ["address-conflict", "addresses-dropped"], role: OVERRIDE },
  { name: "unknown-window", codes: ["window-unknown", "window-not-proven", "window-declared", "declared-in-future", "declared-not-used"], role: OVERRIDE },
  { name: "rehire", codes: ["rehire-blocked"], role: OVERRIDE },
  { name: "synced", codes: ["synced-from-on-premises", "next-sync"], role: OVERRIDE },
];

/** What was chosen stays in sight, whether or not it is still a finding. */
const IN_USE = {
  license: (draft) => draft.license !== "",
  "new-name": (draft) => draft.newUserPrincipalName !== "",
  drop: (draft) => draft.isDropped,
  "unknown-window": (draft) => draft.acceptUnknownWindow || draft.licenseRemovedAt !== "",
  rehire: (draft) => draft.acceptRehire,
  synced: (draft) => draft.allowSynced,
};

/** The names of the choices that matter for this preflight, and that this session may make. */
export function choicesFor(preflight, draft, session) {
  const codes = new Set(preflight.findings.map((finding) => finding.code));
  const assigns = preflight.plan.includes("assign-license");
  return CHOICES.filter((choice) => {
    if (choice.role && !session.can(choice.role)) return false;
    if (IN_USE[choice.name](draft)) return true;
    if (choice.name === "license" && assigns) return true;
    return choice.codes.some((code) => codes.has(code));
  }).map((choice) => choice.name);
}

/** The choice that answers a finding, where this session may make it. */
export function choiceFor(code, session) {
  const found = CHOICES.find((choice) => choice.codes.includes(code));
  return found && (!found.role || session.can(found.role)) ? found.name : null;
}

/** The request that a draft stands for: what was left alone is left out. */
export function requestFrom(draft) {
  const request = { kind: draft.kind, user: draft.user.trim() };
  if (draft.license === "all") request.license = { all: true };
  else if (draft.license) request.license = { skuIds: [draft.license] };
  if (draft.newUserPrincipalName.trim()) {
    request.newUserPrincipalName = draft.newUserPrincipalName.trim();
    request.onUpnConflict = draft.isAlways ? "always" : "rename";
  }
  if (draft.isDropped) request.onAddressConflict = "drop";
  for (const name of ["acceptUnknownWindow", "acceptRehire", "allowSynced"]) {
    if (draft[name]) request[name] = true;
  }
  for (const name of ["licenseRemovedAt", "notBefore"]) {
    if (draft[name]) request[name] = new Date(draft[name]).toISOString();
  }
  for (const name of ["reason", "ticket"]) {
    if (draft[name].trim()) request[name] = draft[name].trim();
  }
  return request;
}

/** What the button says, as a key of the words: what will happen, and to whom. */
export function promise(preflight, draft) {
  const plan = preflight.plan;
  if (draft.notBefore) return "restore.button-later";
  if (plan.includes("restore-user") && plan.includes("assign-license")) return "restore.button-both";
  if (plan.includes("assign-license")) return "restore.button-license";
  if (plan.includes("restore-user")) return "restore.button-user";
  return "restore.button-verify";
}

/** The blocks of a preflight; with none of them the restore can be sent. */
export const blocksOf = (preflight) => preflight.findings.filter((finding) => finding.severity === "block");
