import assert from "node:assert/strict";
import test from "node:test";
import { goes, loudest, noteTwice, standing, toldOnce } from "../../../functions/desk/core/rows.js";

const READY = { restorable: true, findings: [] };
const BLOCKED = { restorable: false, findings: [{ severity: "block" }] };
const IDLE = { restorable: false, findings: [{ severity: "info" }] };
const row = (line, user, check = READY, more = {}) => ({ line, request: { user }, faults: [], check, isForced: false, ...more });
const noted = (...rows) => {
  noteTwice(rows);
  return rows.map((one) => one.twice);
};

test("who is named again, in any case, is the same person as in the first line", () => {
  const rows = [row(2, "a@x"), row(3, "b@x"), row(4, "A@X"), row(5, "a@x", null)];

  assert.deepEqual(noted(...rows), [null, null, 2, 2]);
  assert.deepEqual(rows.map(standing), ["ready", "ready", "twice", "unchecked"]);
  assert.deepEqual(rows.map(goes), [true, true, false, false]);
});

test("a row that cannot go is in nobody's way", () => {
  assert.deepEqual(noted(row(2, "a@x", BLOCKED), row(3, "a@x"), row(4, "a@x")), [null, null, 3]);
  assert.deepEqual(noted(row(2, "a@x", BLOCKED, { isForced: true }), row(3, "a@x")), [null, 2]);
  assert.deepEqual(noted(row(2, "a@x", BLOCKED), row(3, "a@x", BLOCKED)), [null, 2]);
  assert.deepEqual(noted(row(2, "a@x", null, { faults: [{ code: "kind" }] }), row(3, "a@x")), [null, null]);
});

test("a row that was mended is the same as no other any more", () => {
  const rows = [row(2, "a@x"), row(3, "a@x")];
  assert.deepEqual(noted(...rows), [null, 2]);

  rows[1].request = { user: "b@x" };

  assert.deepEqual(noted(...rows), [null, null]);
});

test("a row that somebody ticked goes in spite of how it stands, unless nothing is lost", () => {
  const rows = [row(2, "a@x"), row(3, "a@x", READY, { isForced: true }), row(4, "b@x", BLOCKED, { isForced: true }), row(5, "c@x", IDLE)];
  noteTwice(rows);

  assert.deepEqual(rows.map(standing), ["ready", "ready", "blocked", "idle"]);
  assert.deepEqual(rows.map(goes), [true, true, true, false]);
});

test("a row says what stands in the way, else what to know, else that nothing is lost", () => {
  const [info, warn, block] = ["info", "warn", "block"].map((severity) => ({ severity }));

  assert.equal(loudest([info, warn, block], false), block);
  assert.equal(loudest([info, warn], false), warn);
  assert.equal(loudest([info], false), undefined);
  assert.equal(loudest([info], true), info);
});

const check = (...findings) => ({ findings: findings.map(([severity, message]) => ({ severity, message, fix: `fix ${message}` })) });

test("a warning on most rows is told once, with its count and its fix", () => {
  const checks = [check(["warn", "roles"]), check(["warn", "roles"], ["warn", "synced"]), check(["warn", "roles"]), check(["block", "name"])];

  assert.deepEqual(toldOnce(checks), [{ severity: "warn", message: "roles", fix: "fix roles", count: 3 }]);
});

test("two rows are few, half of the rows is not most, and a block stays with its row", () => {
  assert.deepEqual(toldOnce([check(["warn", "a"]), check(["warn", "a"])]), []);
  assert.deepEqual(toldOnce([...Array(3)].map(() => check(["warn", "a"])).concat([...Array(3)].map(() => check()))), []);
  assert.deepEqual(toldOnce([...Array(4)].map(() => check(["block", "a"], ["info", "b"]))), []);
  assert.deepEqual(toldOnce([]), []);
});
