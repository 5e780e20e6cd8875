import assert from "node:assert/strict";
import test from "node:test";

import { weekOf } from "../../../functions/desk/core/week.js";

const NOW = Date.parse("2026-11-29T12:00:00Z");
const restore = (id, code, day, more = {}) => ({
  kind: "mailbox",
  status: code.endsWith("-restored") ? "succeeded" : "refused",
  outcome: { code },
  user: { id },
  finishedAt: `2026-11-${day}T12:00:00Z`,
  ...more,
});
const loss = (id) => ({ id, lostAt: "2026-11-28T12:00:00Z", window: {} });
const ids = (rows) => rows.map((row) => row.user.id);

test("somebody who was tried three times and came back is one who is back", () => {
  const restores = [restore("jan", "upn-conflict", 25), restore("jan", "address-conflict", 26), restore("jan", "user-restored", 27)];

  const week = weekOf([], restores, NOW);

  assert.deepEqual([ids(week.saved), ids(week.failed)], [["jan"], []]);
});

test("somebody who was tried twice in vain is one, by the last try", () => {
  const week = weekOf([], [restore("ida", "window-closed", 26), restore("ida", "upn-conflict", 25)], NOW);

  assert.deepEqual(week.failed.map((one) => one.outcome.code), ["window-closed"]);
});

test("who was lost again, and whose restore was undone, is not back", () => {
  const restores = [restore("ada", "mailbox-restored", 26), restore("eva", "user-restored", 26, { undoneBy: "u" })];

  assert.deepEqual(weekOf([loss("ada")], restores, NOW).saved, []);
});

test("a name that fits nobody, a drill, an undo and the week before are not counted", () => {
  const restores = [
    restore(null, "user-not-found", 27),
    restore("drill", "mailbox-restored", 27, { kind: "drill" }),
    restore("leif", "undo-refused", 27, { kind: "undo" }),
    restore("olga", "upn-conflict", 21),
    restore("bo", "upn-conflict", 27, { status: "running", finishedAt: null }),
  ];
  const week = weekOf([], restores, NOW);

  assert.deepEqual([week.saved, week.failed], [[], []]);
});

test("the lost are those who are still away", () => {
  assert.deepEqual(weekOf([loss("mia")], [], NOW).lost.map((one) => one.id), ["mia"]);
});

test("a mailbox that still answers is not lost", () => {
  const answering = { ...loss("eva"), window: { evidence: "mailbox", endsAt: null } };

  assert.deepEqual(weekOf([answering], [], NOW).lost, []);
});
