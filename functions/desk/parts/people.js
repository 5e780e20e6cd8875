// People and licences, as the directory names them: always as text.
import { html, nothing } from "../core/html.js";
import { t } from "../core/words.js";

// A name of spaces and signs without width is none: nobody could point at it.
const seen = (text) => (/[^\p{Z}\p{C}]/u.test(text ?? "") ? text : "");

/** How a person is called, from a loss, a candidate or the `user` of a restore. */
export function nameOf(user) {
  if (typeof user === "string") return user;
  return seen(user?.displayName) || user?.userPrincipalName || user?.id || t("person.unknown");
}

/** The address below the name, where it says more than the name does. */
export function addressOf(user) {
  if (typeof user === "string") return "";
  const address = user?.userPrincipalName || "";
  return address === nameOf(user) ? "" : address;
}

// Addresses are longer than a narrow screen.
const ADDRESS = /([^\s@]*@[^\s@]+)/;
const BEHIND_A_SIGN = /(?<=[@._-])(?=[\p{L}\p{N}])/u;

const broken = (address) => address.split(BEHIND_A_SIGN).map((part, at) => (at === 0 ? part : html`<wbr>${part}`));

/** A text with the places where each address in it may break; what is copied has nothing of them. */
export function breaking(text) {
  return text.includes("@") ? text.split(ADDRESS).map((piece, at) => (at % 2 === 1 ? broken(piece) : piece)) : text;
}

export const person = (user) => html`<span class="person">
  <span class="person-name">${breaking(nameOf(user))}</span>
  ${addressOf(user) ? html`<span class="person-address">${breaking(addressOf(user))}</span>` : nothing}
</span>`;

/** What names the person in a request: the id, which no rename changes, else what was asked. */
export function handleOf(user) {
  if (typeof user === "string") return user;
  return user?.id || user?.userPrincipalName || "";
}

export const licenseName = (license) => license.name || license.skuPartNumber || license.skuId;

/** "Office 365 E3 and Exchange Online Archiving". */
export function joined(names) {
  if (names.length < 2) return names.join("");
  return t("list.and", { first: names.slice(0, -1).join(", "), last: names.at(-1) });
}
