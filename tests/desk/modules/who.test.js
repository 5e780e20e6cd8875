// Whoever may not know a name is told so, and nothing that is not known.
import assert from "node:assert/strict";
import test from "node:test";
import { askedBy, decidedBy, doneBy } from "../../../functions/desk/core/who.js";
import { useWords } from "../../../functions/desk/core/words.js";

const keys = ["door.timer", "door.queue", "door.nameless", "person.unknown", "journal.nameless", "one.somebody-else"];
useWords("en", Object.fromEntries(keys.map((key) => [key, key])));

test("a restore without a name was asked for by a function key, a queue or the timer", () => {
  assert.equal(askedBy({ door: "http", name: "Alex" }), "Alex");
  assert.deepEqual(["http", "batch", "queue", "timer"].map((door) => askedBy({ door, name: null })), ["door.nameless", "door.nameless", "door.queue", "door.timer"]);
  assert.equal(askedBy(null), "person.unknown");
});

test("in a journal nobody is a function key who may be somebody else", () => {
  assert.equal(doneBy({ door: "http", name: "Alex" }), "Alex");
  assert.deepEqual(["http", "batch", "queue", "timer"].map((door) => doneBy({ door, name: null, id: null })), ["journal.nameless", "journal.nameless", "door.queue", "door.timer"]);
});

test("who decided is somebody else where no name is told", () => {
  assert.equal(decidedBy({ decision: "approved", decidedBy: "boss@contoso.com" }), "boss@contoso.com");
  assert.equal(decidedBy({ decision: "approved", decidedBy: null }), "one.somebody-else");
});
