// Instants as people say them: in the reader's zone, with UTC on hover and in what is copied.
import { DAY, daysBetween, HOUR, MINUTE } from "./calendar.js";
import { html } from "./html.js";
import { locale, rich, t } from "./words.js";

const formats = new Map();
function format(name, options) {
  const key = `${locale()} ${name}`;
  if (!formats.has(key)) formats.set(key, new Intl.DateTimeFormat(locale(), options));
  return formats.get(key);
}

const CLOCK = { hour: "2-digit", minute: "2-digit", hourCycle: "h23" };

const clockTime = (at) => format("clock", CLOCK).format(new Date(at));
const weekday = (at) => format("weekday", { weekday: "long" }).format(new Date(at));
export const shortDay = (at) => format("day", { day: "numeric", month: "short" }).format(new Date(at));
export const longDay = (at) =>
  format("long", { weekday: "long", day: "numeric", month: "long" }).format(new Date(at));

/** Day, month and time; the year where it is another than `now`'s. */
export function dayAndTime(at, now = Date.now()) {
  const when = new Date(at);
  const isThisYear = when.getFullYear() === new Date(now).getFullYear();
  const options = { day: "numeric", month: "short", ...CLOCK };
  if (isThisYear) return format("day time", options).format(when);
  return format("year day time", { ...options, year: "numeric" }).format(when);
}

/** As the service writes it in its own texts. */
const utc = (at) => `${new Date(at).toISOString().slice(0, 16).replace("T", " ")} UTC`;

const stamped = (at, text) =>
  html`<time datetime=${new Date(at).toISOString()} title=${utc(at)}>${text}</time>`;

/** An instant with day and time. */
export const instant = (at, now = Date.now()) => stamped(at, dayAndTime(at, now));

/** Day and time to the second, for what somebody may have to compare with another log. */
export const exact = (at) =>
  stamped(at, format("exact", { day: "numeric", month: "short", ...CLOCK, second: "2-digit" }).format(new Date(at)));

/** From one instant to another; the day of the second only where it is another. */
export function span(from, to) {
  if (!to) return exact(from);
  const second = format("clock exact", { ...CLOCK, second: "2-digit" }).format(new Date(to));
  return html`${exact(from)} – ${daysBetween(from, to) === 0 ? stamped(to, second) : exact(to)}`;
}

function dayWord(at, now) {
  const days = daysBetween(now, at);
  if (days === 0) return t("time.today", { time: clockTime(at) });
  if (days === 1) return t("time.tomorrow", { time: clockTime(at) });
  if (days === -1) return t("time.yesterday", { time: clockTime(at) });
  if (days > 1 && days < 7) return t("time.weekday", { day: weekday(at), time: clockTime(at) });
  return t("time.date", { day: shortDay(at), time: clockTime(at) });
}

/** "tomorrow at 09:12", "on Thursday at 14:05", "on 17 Dec at 09:12". */
export const said = (at, now = Date.now()) => stamped(at, dayWord(at, now));

/** "ends tomorrow at 09:12", or "ended ..." once it is over. */
export function ends(at, now = Date.now()) {
  return rich(Date.parse(at) > now ? "time.ends" : "time.ended", { when: said(at, now) });
}

/** A length of time in its largest unit: "25 min", "14 h", "3 days". */
export function lasting(milliseconds) {
  const length = Math.max(milliseconds, 0);
  if (length < HOUR) return t("time.minutes", { count: Math.floor(length / MINUTE) });
  if (length < 2 * DAY) return t("time.hours", { count: Math.floor(length / HOUR) });
  return t("time.days", { count: Math.floor(length / DAY) });
}

/** "3 min ago", for what was read some time ago. */
export const ago = (at, now = Date.now()) =>
  now - at < MINUTE ? t("time.just-now") : t("time.ago", { length: lasting(now - at) });

/** What the reader copies names its instants in UTC: it will be read in another zone. */
export function copyInUtc(selection) {
  const whole = document.createElement("div");
  let found = false;
  for (let at = 0; at < selection.rangeCount; at += 1) {
    whole.append(selection.getRangeAt(at).cloneContents());
  }
  for (const time of whole.querySelectorAll("time[datetime]")) {
    found = true;
    time.textContent = utc(time.getAttribute("datetime"));
  }
  if (!found) return null;
  // Text of blocks only breaks into lines as on the screen while it is in the page.
  whole.className = "off-screen";
  document.body.append(whole);
  const text = whole.innerText;
  whole.remove();
  return text;
}
