import assert from "node:assert/strict";
import test from "node:test";
import { machine } from "../../../functions/desk/core/machine.js";

const STATES = { idle: { ask: "asking" }, asking: { told: "told", failed: "idle" }, told: {} };

test("an event leads where the table says, with what is known then", () => {
  const seen = [];
  const it = machine("idle", STATES, (now) => seen.push(now.at));

  assert.equal(it.send("ask"), true);
  assert.equal(it.send("told", { answer: 42 }), true);

  assert.deepEqual(seen, ["asking", "told"]);
  assert.equal(it.known.answer, 42);
  assert.ok(it.is("idle", "told"));
});

test("an answer that comes too late changes nothing", () => {
  const it = machine("idle", STATES);

  assert.equal(it.send("told", { answer: 42 }), false);

  assert.equal(it.at, "idle");
  assert.deepEqual(it.known, {});
  assert.equal(it.takes("told"), false);
});
