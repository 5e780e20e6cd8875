// What to do, in the words of this page: the service speaks to whoever writes a request by hand.
import { coded, knows, t } from "./words.js";

/** Phrases of the service, each with its own in place of it: `api.NAME` and `api.NAME-here`; the longer one first. */
const PHRASES = ["that-one", "id-of-that", "in-brackets", "one-meant", "object-id-again", "object-id", "again", "anew", "licenses-may", "licenses-allowed", "licenses-all", "listed", "lists", "one-of-them", "search", "trial"];

/** What a request calls it, and the label of the same thing here; the longer one first. */
const LABELS = [
  [/onUpnConflict: "rename",? (?:and|og) newUserPrincipalName/g, "choice.new-name"],
  [/newUserPrincipalName/g, "choice.new-name"],
  [/onUpnConflict(?:: "always")?/g, "choice.always"],
  [/onAddressConflict(?:: "drop")?/g, "choice.drop"],
  [/licenseRemovedAt/g, "choice.removed-at"],
  [/acceptUnknownWindow(?:: true)?/g, "choice.unknown-window"],
  [/acceptRehire(?:: true)?/g, "choice.rehire"],
  [/allowSynced(?:: true)?/g, "choice.synced"],
  [/license\.skuPartNumbers/g, "choice.license"],
  [/notBefore/g, "restore.not-before"],
  [/kind "license"/g, "kind.license"],
  [/POST \/api\/(?:restores|batches)\/[\w-]+\/approve [^;.]*; [^;.]*\/api\/desk/g, "nav.approvals"],
  [/POST \/api\/restores\/[\w-]+\/cancel(?:; [^;.]*\/api\/desk)?/g, "action.cancel"],
  [/GET \/api\/restores(?:\/[\w-]+|\?user=)?/g, "nav.history"],
  [/GET \/api\/guards/g, "nav.guards"],
  [/GET (?:(?:and|og) DELETE )?\/api\/subscriptions/g, "nav.subscriptions"],
  [/POST \/api\/batches/g, "nav.many"],
  [/GET \/api\/status/g, "nav.status"],
];

/** The warnings stand on the page in words. */
const CODES = /(warnings|advarslerne) \([a-z, -]+\)/g;

/** The list of licences stands on the page itself. */
const LICENSES = / \(GET \/api\/licenses\)/g;

/** A sentence of the service, as the reader of this page can follow it. */
export function plain(text) {
  const said = PHRASES.reduce(inPlace, text ?? "").replace(LICENSES, "").replace(CODES, "$1");
  return LABELS.reduce((sentence, [name, label]) => sentence.replace(name, () => labelled(label)), said);
}

/** What came of a restore; a trial run names its steps by their codes, which the page has words for. */
export function outcomeSaid({ code, message }) {
  const said = plain(message);
  return code === "dry-run" ? said.replace(/\b[a-z]+-[a-z]+\b/g, (step) => (knows(`step.${step}`) ? labelled(`step.${step}`) : step)) : said;
}

const TIME = /(\d{4}-\d{2}-\d{2} \d{2}:\d{2}(?::\d{2})? UTC)/;

/** A sentence in parts: text, and each instant in it as `{ at }`, since the reader has another zone. */
export const pieces = (text) => text.split(TIME).map((piece) => {
  const at = TIME.test(piece) ? Date.parse(piece.replace(" ", "T").replace(" UTC", "Z")) : Number.NaN;
  return Number.isNaN(at) ? piece : { at };
});

/** What a plan rests on: the service names the case and the verdict by their codes. */
export const planSaid = (detail) =>
  detail.replace(/^([a-z-]+)(; \S+ )([a-z-]+)/, (_, kind, between, verdict) => `${coded("case", kind)}${between}${coded("verdict", verdict).toLowerCase()}`);

function inPlace(sentence, name) {
  const [theirs, ours] = [t(`api.${name}`), t(`api.${name}-here`)];
  return sentence.replaceAll(theirs, () => ours).replaceAll(capital(theirs), () => capital(ours));
}

const labelled = (key) => t("api.label", { label: t(key) });

const capital = (text) => text.charAt(0).toUpperCase() + text.slice(1);
