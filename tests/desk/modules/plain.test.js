// What to do is said in the words of the page, and nothing of it is lost.
import assert from "node:assert/strict";
import { test } from "node:test";
import { plain } from "../../../functions/desk/core/plain.js";
import { useWords } from "../../../functions/desk/core/words.js";

useWords("en", {
  "api.again": "send the request again, with a new idempotencyKey or event id if it had one",
  "api.again-here": "ask for it again here",
  "api.label": "“{label}”",
  "choice.new-name": "New user name",
  "choice.removed-at": "When the licence was taken away",
  "choice.unknown-window": "Go on although nobody can tell",
});

test("names of fields become the labels of the form", () => {
  assert.equal(
    plain("Say so in licenseRemovedAt; else set acceptUnknownWindow: true. Then send the request again, with a new idempotencyKey or event id if it had one."),
    "Say so in “When the licence was taken away”; else set “Go on although nobody can tell”. Then ask for it again here.",
  );
});

test("a pair of fields that are one choice here becomes one label", () => {
  assert.equal(plain('Sæt onUpnConflict: "rename" og newUserPrincipalName til et ledigt navn.'), "Sæt “New user name” til et ledigt navn.");
});

test("a sentence may begin with it", () => {
  assert.equal(plain("Send the request again, with a new idempotencyKey or event id if it had one."), "Ask for it again here.");
});

test("what names nothing of a request stays as it is", () => {
  assert.equal(plain("Nothing to do."), "Nothing to do.");
});
