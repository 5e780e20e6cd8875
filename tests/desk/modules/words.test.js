import assert from "node:assert/strict";
import test from "node:test";
import { coded, firstLanguage, knows, rich, t, useWords } from "../../../functions/desk/core/words.js";

useWords("en", {
  plain: "No holes",
  named: "{name} and {name}",
  seats: "{count:# seat|# seats} free",
  mixed: "by {who}, {count:one|# times}",
  "status.done": "Done",
});

test("a parameter is put in as it is, as often as it is named", () => {
  assert.equal(t("named", { name: "<b>{x}</b>" }), "<b>{x}</b> and <b>{x}</b>");
});

test("one is one, and every other number is many, in the reader's figures", () => {
  assert.equal(t("seats", { count: 1 }), "1 seat free");
  assert.equal(t("seats", { count: 0 }), "0 seats free");
  assert.equal(t("seats", { count: 12345 }), "12,345 seats free");
});

test("a template stays a part of its own", () => {
  const who = { isTemplate: true };

  assert.deepEqual(rich("mixed", { who, count: 1 }), ["by ", who, ", ", "one"]);
});

test("a key without words is a fault, a code without words is shown as it is", () => {
  assert.throws(() => t("missing"), /no words for missing/);
  assert.equal(coded("status", "done"), "Done");
  assert.equal(coded("status", "brand-new"), "brand-new");
  assert.equal(knows("status.brand-new"), false);
});

test("Danish counts with a point", () => {
  useWords("da", { seats: "{count:# plads|# pladser}" });

  assert.equal(t("seats", { count: 12345 }), "12.345 pladser");
});

test("the reader's choice comes first, then the browser's, then English", () => {
  assert.equal(firstLanguage("da", ["en-GB"]), "da");
  assert.equal(firstLanguage(null, ["fr", "da-DK", "en"]), "da");
  assert.equal(firstLanguage("xx", ["fr"]), "en");
});
