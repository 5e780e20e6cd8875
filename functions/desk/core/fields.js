// What a fault of the service is about, as this page calls it: the service points into the request.
import { t } from "./words.js";

/** The fields of a request, and the labels of the same things here. */
const LABELS = {
  user: "restore.who",
  kind: "restore.kind",
  license: "choice.license",
  licenseRemovedAt: "choice.removed-at",
  onUpnConflict: "choice.always",
  newUserPrincipalName: "choice.new-name",
  onAddressConflict: "choice.drop",
  acceptUnknownWindow: "choice.unknown-window",
  acceptRehire: "choice.rehire",
  allowSynced: "choice.synced",
  notBefore: "restore.not-before",
  reason: "restore.reason",
  ticket: "restore.ticket",
  act: "guards.act",
  event: "subscriptions.event",
  notificationUrl: "subscriptions.url",
  statuses: "subscriptions.only",
};

/**
 * The field that a fault points at, by its label, `own` being those of the view; null where the page
 * has none such. A file whose columns have `titles` of their own is spoken of by those.
 */
export function fieldSaid(pointer, own = {}, titles = {}) {
  const [, row, field] = /^(?:\/restores\/(\d+))?(?:\/(\w+))?/.exec(pointer ?? "");
  const column = field === "license" ? "licenses" : (field ?? "");
  if (Object.hasOwn(titles, column)) return t("api.label", { label: titles[column] });
  const labels = { ...LABELS, ...own };
  if (!Object.hasOwn(labels, field ?? "")) return null;
  const label = t("api.label", { label: t(labels[field]) });
  return row === undefined ? label : t("problem.row", { row: Number(row) + 1, field: label });
}
