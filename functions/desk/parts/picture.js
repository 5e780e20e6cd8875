// The picture of time: who can still be saved, from the loss to the end of the window.
import { dayName, daysBetween, midnight } from "../core/calendar.js";
import { html, nothing, svg } from "../core/html.js";
import { isOpenEnded, isProven, placeOf, SPAN, startOf } from "../core/losses.js";
import { ends, lasting, longDay, shortDay } from "../core/time.js";
import { t } from "../core/words.js";
import { toneOf, verdict } from "./marks.js";
import { breaking } from "./people.js";

const percent = (value) => `${value.toFixed(3)}%`;
const iso = (at) => new Date(at).toISOString();

/** The Mondays of the picture, as places on its axis. */
function weeks(now) {
  const toMonday = (8 - new Date(now - SPAN).getDay()) % 7;
  const found = [];
  for (let at = midnight(now - SPAN, toMonday); at < now + SPAN; at = midnight(at, 7)) {
    found.push({ at, place: placeOf(iso(at), now) });
  }
  return found;
}

const grid = (now) => svg`${weeks(now).map(
  ({ place }) => svg`<line x1=${percent(place)} x2=${percent(place)} y1="0" y2="100%" class="week" />`,
)}<line x1="50%" x2="50%" y1="0" y2="100%" class="now" />`;

/** Patterns for what is not proven and what has no end; once in the page, named by every bar. */
export const patterns = () => html`<svg class="patterns" aria-hidden="true" focusable="false">
  <defs>
    ${["open", "closing", "unknown", "closed"].map(
      (tone) => svg`<pattern id=${`hatch-${tone}`} width="5" height="5" patternUnits="userSpaceOnUse" patternTransform="rotate(45)">
        <rect width="5" height="5" class="hatch-ground" data-tone=${tone} /><rect width="2.200" height="5" class="hatch-line" data-tone=${tone} />
      </pattern>`,
    )}
    <linearGradient id="fade-open"><stop offset="0.45" class="fade-from" /><stop offset="1" class="fade-to" /></linearGradient>
  </defs>
</svg>`;

function bars(loss, now) {
  const window = loss.window ?? {};
  const tone = toneOf(window);
  const start = startOf(loss) ? placeOf(startOf(loss), now) : null;
  if (isOpenEnded(window)) {
    const from = start ?? 50;
    return svg`<rect x=${percent(Math.min(from, 50))} width=${percent(50 - Math.min(from, 50))} rx="2" class="bar-part spent" data-tone="open" />
      <rect x="50%" width="38%" class="bar-part fading" />`;
  }
  if (!window.endsAt) {
    const from = start ?? 20;
    return svg`<line x1=${percent(from)} x2="50%" y1="50%" y2="50%" class="guess" data-tone=${tone} />
      <text x="50%" dx="7" y="50%" dy="0.35em" class="guess-mark" data-tone=${tone}>?</text>`;
  }
  const end = placeOf(window.endsAt, now);
  const from = start ?? 50;
  const turn = Math.min(Math.max(from, 50), end);
  return svg`<rect x=${percent(from)} width=${percent(Math.max(turn - from, 0))} rx="2" class="bar-part spent" data-tone=${tone} />
    <rect x=${percent(turn)} width=${percent(Math.max(end - turn, 0.3))} rx="2" class="bar-part left ${isProven(window) ? "" : "hatched"}" data-tone=${tone} />
    <rect x=${percent(end)} class="bar-end" data-tone=${tone} />`;
}

/** One person's bar; what it shows stands in words beside it. */
export const lane = (loss, now) => html`<svg class="lane" aria-hidden="true" focusable="false">${svg`${grid(now)}${bars(loss, now)}`}</svg>`;

/** When the window ends, or why nobody can tell. */
function remaining(loss, now) {
  const window = loss.window ?? {};
  if (window.endsAt) {
    return ends(window.endsAt, now);
  }
  return t(isOpenEnded(window) ? "today.no-end-yet" : "today.end-unknown");
}

function timeLeft(loss, now) {
  const end = loss.window?.endsAt;
  return end ? html`<span class="time-left">${t("today.left", { length: lasting(Date.parse(end) - now) })}</span>` : nothing;
}

const TALLEST = 30;

function column(day, most, now, chosenDay, choose) {
  if (day.count === 0) return nothing;
  const height = Math.max((day.count / most) * TALLEST, 3);
  const from = placeOf(iso(Math.max(day.at, now)), now);
  const width = Math.max(placeOf(iso(midnight(day.at, 1)), now) - from - 0.25, 0.3);
  const soon = daysBetween(now, day.at) < 3 ? "closing" : "open";
  const key = dayName(day.at);
  return svg`<rect x=${percent(from)} width=${percent(width)} y=${TALLEST - height} height=${height} rx="1.500"
    class="count" data-tone=${soon} data-chosen=${key === chosenDay} @click=${() => choose(key === chosenDay ? "" : key)}>
    <title>${t("today.ends-on", { count: day.count, day: longDay(day.at) })}</title></rect>`;
}

function summary(days) {
  const busy = days.filter((day) => day.count > 0);
  return busy.map((day) => t("today.ends-on", { count: day.count, day: longDay(day.at) })).join("; ");
}

/** The axis, and above it how many windows end on each day; a day can be chosen. */
export function axis(days, now, day, choose) {
  const most = Math.max(...days.map((item) => item.count), 1);
  return html`<div class="axis">
    <div class="axis-side"><span>${t("today.axis-title")}</span></div>
    <div class="axis-lane">
      <svg class="counts" role="img" aria-label=${summary(days) || t("today.no-ends")}>
        ${days.map((item) => column(item, most, now, day, choose))}
      </svg>
      <svg class="ticks" aria-hidden="true">
        ${weeks(now).map(({ at, place }) => tick(at, place))}
        <line x1="50%" x2="50%" y1="20" y2="26" class="now" />
        <text x="50%" y="16" class="now-word" text-anchor="middle">${t("today.now")}</text>
      </svg>
    </div>
    <div class="axis-side axis-most">${most > 1 ? t("today.most", { count: most }) : nothing}</div>
  </div>`;
}

/** A Monday; its date where neither "now" nor the edge of the picture is in the way. */
function tick(at, place) {
  const isRoom = place > 5 && place < 95 && Math.abs(place - 50) > 8;
  return svg`<line x1=${percent(place)} x2=${percent(place)} y1="20" y2="26" class="week" />
    ${isRoom ? svg`<text x=${percent(place)} y="16" text-anchor="middle">${shortDay(at)}</text>` : nothing}`;
}

/** A whole row: who, the bar, what it says in words. */
export function pictureRow(loss, { now, href, isActive, name, address, seen, id }) {
  return html`<div class="loss" @mouseenter=${() => seen(loss)} @focusin=${() => seen(loss)}>
    <a class="loss-name" href=${href} aria-describedby=${id} tabindex=${isActive ? 0 : -1} ?data-active=${isActive}>
      <span class="person-name">${breaking(name)}</span><span class="person-address">${breaking(address)}</span>
    </a>
    <div class="loss-lane">${lane(loss, now)}</div>
    <div class="loss-words" id=${id}><span class="loss-mark">${verdict(loss.window)}${timeLeft(loss, now)}</span><span class="loss-end">${remaining(loss, now)}</span></div>
  </div>`;
}

export const legend = () => html`<ul class="legend">
  ${[
    ["solid", "today.legend-proven"],
    ["hatched", "today.legend-unproven"],
    ["fading", "today.legend-no-end"],
  ].map(([shape, key]) => html`<li><svg viewBox="0 0 28 10" aria-hidden="true">${sample(shape)}</svg>${t(key)}</li>`)}
</ul>`;

function sample(shape) {
  if (shape === "solid") return svg`<rect width="28" height="10" rx="2" class="left" data-tone="open" />`;
  if (shape === "hatched") return svg`<rect width="28" height="10" rx="2" class="left hatched" data-tone="open" />`;
  return svg`<rect width="28" height="10" class="fading" />`;
}

