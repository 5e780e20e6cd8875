// A warning that is everywhere is said once; what is about one row stays there.
import assert from "node:assert/strict";
import test from "node:test";
import { toldOnce } from "../../../functions/desk/core/told-once.js";

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
