import assert from "node:assert/strict";
import test from "node:test";
import { Pace } from "../../../functions/desk/core/poll.js";

function paced(calls, items) {
  const clock = { now: 0 };
  const pace = new Pace({ calls, items, now: () => clock.now, wait: async (delay) => { clock.now += delay; } });
  return { clock, pace };
}

test("no minute has more calls or items than one caller may ask", async () => {
  const { clock, pace } = paced(60, 600);
  const went = [];
  for (let call = 0; call < 40; call += 1) {
    await pace.turn(100);
    went.push(clock.now);
    clock.now += 50;
  }

  for (const start of went) {
    const within = went.filter((at) => at >= start && at < start + 60_000);
    assert.ok(within.length <= 6, `${within.length} calls of 100 within a minute`);
  }
  assert.equal(went[5], 250);
  assert.ok(went[6] >= 60_000);
});

test("many small calls are held by their number", async () => {
  const { clock, pace } = paced(3, 600);
  for (let call = 0; call < 4; call += 1) await pace.turn(1);

  assert.equal(clock.now, 60_000);
});

test("a call that is larger than the limit goes alone, not never", async () => {
  const { clock, pace } = paced(60, 10);
  await pace.turn(100);

  assert.equal(clock.now, 0);
});

test("who leaves while waiting sends nothing", async () => {
  const { pace } = paced(1, 600);
  await pace.turn(1);

  await assert.rejects(pace.turn(1, AbortSignal.abort()), { name: "AbortError" });
  assert.equal(pace.spent.length, 1);
});
