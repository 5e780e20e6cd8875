import assert from "node:assert/strict";
import test from "node:test";
import { kept } from "../../../functions/desk/core/machine.js";

test("what was made is kept until one argument is another", () => {
  let made = 0;
  const sum = kept((one, other) => {
    made += 1;
    return one + other;
  });

  assert.deepEqual([sum(1, 2), sum(1, 2), sum(1, 3), sum(1, 3)], [3, 3, 4, 4]);
  assert.equal(made, 2);
});
