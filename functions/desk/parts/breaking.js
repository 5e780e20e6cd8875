// Addresses are longer than a narrow screen: they break behind their signs, and not inside of a word.
import { html } from "../core/html.js";

const ADDRESS = /([^\s@]*@[^\s@]+)/;
const BEHIND_A_SIGN = /(?<=[@._-])(?=[\p{L}\p{N}])/u;

const broken = (address) => address.split(BEHIND_A_SIGN).map((part, at) => (at === 0 ? part : html`<wbr>${part}`));

/** A text with the places where each address in it may break; what is copied has nothing of them. */
export function breaking(text) {
  return text.includes("@") ? text.split(ADDRESS).map((piece, at) => (at % 2 === 1 ? broken(piece) : piece)) : text;
}
