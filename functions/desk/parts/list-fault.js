// Why a list cannot be read: in the file's own words, with what to do.
import { html, nothing } from "../core/html.js";
import { t } from "../core/words.js";
import { joined } from "./people.js";

const quoted = (title) => t("api.label", { label: title });
const named = ({ title, number }) => (title ? quoted(title) : t("csv.column", { number }));

/** The fault of a list; `passOver` reads it again without the columns that are not known. */
export function listFault({ code, params }, passOver) {
  const { unknown = [], titles = [] } = params;
  const near = unknown.filter((column) => column.near);
  const count = unknown.length;
  return html`<section class="note" data-tone="bad" role="alert"><h2 class="note-title">${t("many.not-read")}</h2>
    <p>${t(`csv.${code}`, { ...params, count: params.count ?? count, names: joined((titles.length > 0 ? titles.map(quoted) : unknown.map(named))) })}</p>
    ${near.map((column) => html`<p class="fix">${t("csv.near", { title: named(column), field: quoted(column.near) })}</p>`)}
    ${code === "header" ? html`<p class="fix">${t("csv.header-fix", { count, columns: t("many.columns") })}</p>
      <button type="button" @click=${passOver}>${t("many.pass-over", { count })}</button>` : nothing}
  </section>`;
}
