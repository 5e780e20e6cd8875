import assert from "node:assert/strict";
import test from "node:test";
import { read, to } from "../../../functions/desk/core/router.js";

test("an address is read back as it was made, whatever a name holds", () => {
  for (const name of ["anna.berg@contoso.example", "a/b?c=d&e#f%", "Søren Ærø", "<img>"]) {
    const made = to(["restores", name], { user: name, empty: "" });

    assert.deepEqual(read(made), { path: ["restores", name], query: { user: name } });
  }
});

test("no address and a broken one are the start, or what can be read of them", () => {
  assert.deepEqual(read(""), { path: [], query: {} });
  assert.deepEqual(read("#/"), { path: [], query: {} });
  assert.deepEqual(read("#/history/%E0%A4%A"), { path: ["history", "%E0%A4%A"], query: {} });
});
