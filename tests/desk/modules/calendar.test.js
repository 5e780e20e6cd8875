// Runs in Copenhagen, where clocks went back on 25 October 2026 and forward on 29 March.
import assert from "node:assert/strict";
import test from "node:test";
import { DAY, dayName, daysBetween, midnight } from "../../../functions/desk/core/calendar.js";
import { chosen, closingWithin, endsByDay, first, isOpenEnded, isProven, placeOf, startOf } from "../../../functions/desk/core/losses.js";

const at = (text) => Date.parse(text);
const loss = (id, endsAt, more = {}) => ({
  id,
  displayName: `Person ${id}`,
  userPrincipalName: `${id}@contoso.example`,
  licenses: [],
  case: "deleted-user",
  window: { verdict: "open", startedAt: "2026-11-05T00:00:00Z", endsAt, evidence: "deletedDateTime" },
  ...more,
});

test("the zone of these tests is the one they were written for", () => {
  assert.equal(Intl.DateTimeFormat().resolvedOptions().timeZone, "Europe/Copenhagen");
});

test("a day of 25 hours and one of 23 count as one", () => {
  assert.equal(daysBetween(at("2026-10-24T22:30:00Z"), at("2026-10-25T23:30:00Z")), 1);
  assert.equal(daysBetween(at("2026-03-28T23:30:00Z"), at("2026-03-29T22:30:00Z")), 1);
  assert.equal(midnight(at("2026-10-25T12:00:00Z"), 1) - midnight(at("2026-10-25T12:00:00Z")), DAY + 3600_000);
});

test("a minute before midnight is today, a minute after is tomorrow", () => {
  const now = at("2026-12-01T06:58:00Z");

  assert.equal(daysBetween(now, at("2026-12-01T22:59:00Z")), 0);
  assert.equal(daysBetween(now, at("2026-12-01T23:01:00Z")), 1);
  assert.equal(dayName(at("2026-12-01T23:01:00Z")), "2026-12-02");
});

test("the picture has now in its middle, and what lies outside at its edges", () => {
  const now = at("2026-12-01T00:00:00Z");

  assert.equal(placeOf("2026-12-01T00:00:00Z", now), 50);
  assert.equal(placeOf("2026-12-16T00:00:00Z", now), 75);
  assert.equal(placeOf("2020-01-01T00:00:00Z", now), 0);
  assert.equal(placeOf("2030-01-01T00:00:00Z", now), 100);
});

test("closing are the windows that end within the days, neither over nor unknown", () => {
  const now = at("2026-12-01T00:00:00Z");
  const losses = [
    loss("over", "2026-11-30T23:59:59Z"),
    loss("unknown", null),
    loss("last", "2026-12-04T00:00:00Z"),
    loss("soon", "2026-12-01T00:00:01Z"),
    loss("later", "2026-12-04T00:00:01Z"),
  ];

  assert.deepEqual(closingWithin(losses, 3, now).map((one) => one.id), ["last", "soon"]);
  assert.equal(first(losses, now).id, "soon");
  assert.equal(first([losses[1]], now), null);
});

test("each window ends on a day of the reader", () => {
  const now = at("2026-12-01T06:58:00Z");
  const days = endsByDay([loss("a", "2026-12-01T22:59:00Z"), loss("b", "2026-12-01T23:01:00Z"), loss("c", "2026-11-30T10:00:00Z"), loss("d", "2027-03-01T10:00:00Z"), loss("e", null)], now);

  assert.equal(days.length, 31);
  assert.deepEqual(days.slice(0, 3).map((day) => day.count), [1, 1, 0]);
  assert.equal(days.reduce((sum, day) => sum + day.count, 0), 2);
});

test("a search finds parts of names, addresses and licences, without accents and case", () => {
  const losses = [
    loss("1", null, { displayName: "Zoë Çelik", licenses: [{ name: "Office 365 E3", skuPartNumber: "ENTERPRISEPACK" }] }),
    loss("2", "2026-12-02T12:00:00Z", { window: { verdict: "closing", endsAt: "2026-12-02T12:00:00Z" }, case: "license-removed" }),
  ];
  const ids = (filters) => chosen(losses, filters).map((one) => one.id);

  assert.deepEqual(ids({ find: "zoe celik" }), ["1"]);
  assert.deepEqual(ids({ find: "e3 çelik" }), ["1"]);
  assert.deepEqual(ids({ find: "nobody" }), []);
  assert.deepEqual(ids({ verdict: "closing" }), ["2"]);
  assert.deepEqual(ids({ case: "license-removed", find: "person" }), ["2"]);
  assert.deepEqual(ids({ day: "2026-12-02" }), ["2"]);
  assert.deepEqual(ids({ day: "2026-12-03" }), []);
  assert.deepEqual(ids({}), ["1", "2"]);
});

test("a window is proven by what was seen, not by a hint or a word", () => {
  for (const evidence of ["deletedDateTime", "observed", "audit"]) assert.ok(isProven({ verdict: "open", evidence }));
  for (const evidence of ["createdDateTime", "declared", "none", undefined]) assert.ok(!isProven({ verdict: "open", evidence }));
  assert.ok(!isProven({ verdict: "unknown", evidence: "audit" }));
  assert.ok(!isProven(null));
  assert.ok(isOpenEnded({ evidence: "mailbox", endsAt: null }));
  assert.ok(!isOpenEnded({ evidence: "audit", endsAt: null }));
  assert.equal(startOf({ window: null, lostAt: null, deletedAt: "x" }), "x");
});
