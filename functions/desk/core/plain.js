// What to do, in the words of this page: the service speaks to whoever writes a request by hand.
import { t } from "./words.js";

/** What a request calls it, and the label of the same thing here; the longer one first. */
const LABELS = [
  [/onUpnConflict: "rename",? (?:and|og) newUserPrincipalName/g, "choice.new-name"],
  [/newUserPrincipalName/g, "choice.new-name"],
  [/onUpnConflict: "always"/g, "choice.always"],
  [/onAddressConflict: "drop"/g, "choice.drop"],
  [/licenseRemovedAt/g, "choice.removed-at"],
  [/acceptUnknownWindow: true/g, "choice.unknown-window"],
  [/acceptRehire: true/g, "choice.rehire"],
  [/allowSynced: true/g, "choice.synced"],
  [/license\.skuPartNumbers/g, "choice.license"],
  [/GET \/api\/losses\?search=/g, "find.label"],
];

/** A sentence of the service that says what to do, as the reader of this page can do it. */
export function plain(text) {
  const begun = text.replaceAll(t("api.again"), t("api.again-here"));
  const whole = begun.replaceAll(capital(t("api.again")), capital(t("api.again-here")));
  return LABELS.reduce((sentence, [name, label]) => sentence.replace(name, () => t("api.label", { label: t(label) })), whole);
}

const capital = (text) => text.charAt(0).toUpperCase() + text.slice(1);
