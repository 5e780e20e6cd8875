// A fault names the field as the page does; what the page does not have keeps the service's pointer.
import assert from "node:assert/strict";
import { test } from "node:test";
import { fieldSaid } from "../../../functions/desk/core/fields.js";
import { useWords } from "../../../functions/desk/core/words.js";

useWords("en", {
  "api.label": "“{label}”",
  "restore.who": "Who",
  "guards.user": "User name, address or object id",
  "choice.license": "Licence",
  "problem.row": "Row {row}: {field}",
});

test("a field of the request has the label of the form", () => {
  assert.equal(fieldSaid("/user"), "“Who”");
  assert.equal(fieldSaid("/license/skuIds/0"), "“Licence”");
});

test("a view has labels of its own", () => {
  assert.equal(fieldSaid("/user", { user: "guards.user" }), "“User name, address or object id”");
});

test("of many requests the row is named, counted from one", () => {
  assert.equal(fieldSaid("/restores/0/user"), "Row 1: “Who”");
  assert.equal(fieldSaid("/restores/999/license"), "Row 1,000: “Licence”");
});

test("what the page has no field for is nobody's label", () => {
  for (const pointer of ["/idempotencyKey", "/restores/3", "/restores", "", undefined, "/constructor", "/a~1b"]) assert.equal(fieldSaid(pointer), null);
});

test("a file is spoken of by the titles of its own columns, and what it has none of by the label", () => {
  const titles = { user: "Mail", licenses: "Licenser", dryRun: "Prøve" };

  assert.equal(fieldSaid("/user", {}, titles), "“Mail”");
  assert.equal(fieldSaid("/license/skuPartNumbers/0", {}, titles), "“Licenser”");
  assert.equal(fieldSaid("/dryRun", {}, titles), "“Prøve”");
  assert.equal(fieldSaid("/user", {}, {}), "“Who”");
});
