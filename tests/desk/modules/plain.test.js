// What to do is said in the words of the page, and nothing of it is lost.
import assert from "node:assert/strict";
import { test } from "node:test";
import { outcomeSaid, pieces, plain, planSaid } from "../../../functions/desk/core/plain.js";
import { useWords } from "../../../functions/desk/core/words.js";

useWords("en", {
  "api.that-one": "use that id",
  "api.that-one-here": "choose that person",
  "api.id-of-that": "use the id of that one as user: send the request again, with a new idempotencyKey or event id if it had one",
  "api.id-of-that-here": "choose that person under “Did you mean”",
  "api.in-brackets": "use the user name in brackets",
  "api.in-brackets-here": "choose that person",
  "api.one-meant": "use the id of the one you mean",
  "api.one-meant-here": "choose the one you mean",
  "api.object-id-again": "or use the object ID as user: send",
  "api.object-id-again-here": "or type the object ID",
  "api.object-id": "or use the object ID as user",
  "api.object-id-here": "or type the object ID",
  "api.again": "send the request again, with a new idempotencyKey or event id if it had one",
  "api.again-here": "ask for it again here",
  "api.label": "“{label}”",
  "choice.new-name": "New user name",
  "choice.removed-at": "When the licence was taken away",
  "choice.unknown-window": "Go on although nobody can tell",
  "api.anew": "send a new request",
  "api.anew-here": "ask for it again here",
  "api.licenses-may": "(GET /api/licenses says which you may)",
  "api.licenses-may-here": "(the list has those you may)",
  "api.licenses-allowed": "(allowed)",
  "api.licenses-allowed-here": "(there)",
  "api.licenses-all": "(all)",
  "api.licenses-all-here": "(there)",
  "api.listed": "they are listed in candidates",
  "api.listed-here": "they are listed under “Did you mean”",
  "api.lists": "candidates lists them",
  "api.lists-here": "they are listed under “Did you mean”",
  "api.one-of-them": "If one of the candidates is meant",
  "api.one-of-them-here": "If one of them is meant",
  "api.search": "Look with GET",
  "api.search-here": "Type all of it",
  "api.trial": "leave dryRun out",
  "api.trial-here": "do it without the trial run",
  "nav.history": "History",
  "step.restore-user": "Restore the user",
  "case.deleted-user": "Deleted user",
  "verdict.closing": "Closing",
});

test("names of fields become the labels of the form", () => {
  assert.equal(
    plain("Say so in licenseRemovedAt; else set acceptUnknownWindow: true. Then send the request again, with a new idempotencyKey or event id if it had one."),
    "Say so in “When the licence was taken away”; else set “Go on although nobody can tell”. Then ask for it again here.",
  );
});

test("a field that is named without a value has its label, too", () => {
  assert.equal(plain("It sets a protection aside (acceptUnknownWindow: nobody can tell when)."), "It sets a protection aside (“Go on although nobody can tell”: nobody can tell when).");
});

test("a pair of fields that are one choice here becomes one label", () => {
  assert.equal(plain('Sæt onUpnConflict: "rename" og newUserPrincipalName til et ledigt navn.'), "Sæt “New user name” til et ledigt navn.");
});

test("a longer phrase goes before the one that it ends with", () => {
  assert.equal(
    plain("If it is one of them, use the id of that one as user: send the request again, with a new idempotencyKey or event id if it had one."),
    "If it is one of them, choose that person under “Did you mean”.",
  );
});

test("a sentence may begin with it", () => {
  assert.equal(plain("Send the request again, with a new idempotencyKey or event id if it had one."), "Ask for it again here.");
});

test("what names nothing of a request stays as it is", () => {
  assert.equal(plain("Nothing to do."), "Nothing to do.");
});

test("what stands in an answer stands somewhere on the page", () => {
  assert.equal(plain("X fits 2 people; they are listed in candidates."), "X fits 2 people; they are listed under “Did you mean”.");
  assert.equal(plain("Read that restore (GET /api/restores/5f-0a): its fix says."), "Read that restore (“History”): its fix says.");
  assert.equal(plain("Name one (GET /api/licenses)."), "Name one.");
  assert.equal(plain(undefined), "");
});

test("a trial run says its steps in words, and only a trial run", () => {
  const message = "A restore would do: restore-user, dress-up.";
  assert.equal(outcomeSaid({ code: "dry-run", message }), "A restore would do: “Restore the user”, dress-up.");
  assert.equal(outcomeSaid({ code: "restored", message }), message);
});

test("an instant within a sentence is one, and nothing of the sentence is lost", () => {
  const [before, first, between, second, after] = pieces("It ran at 2026-10-29 12:34 UTC and 2026-11-28 00:00:59 UTC; over.");
  assert.deepEqual([before, between, after], ["It ran at ", " and ", "; over."]);
  assert.equal(new Date(first.at).toISOString(), "2026-10-29T12:34:00.000Z");
  assert.equal(new Date(second.at).toISOString(), "2026-11-28T00:00:59.000Z");
});

test("what only looks like an instant stays as it came", () => {
  assert.equal(pieces("Ticket 2026-13-45 99:99 UTC").join(""), "Ticket 2026-13-45 99:99 UTC");
  assert.deepEqual(pieces(""), [""]);
});

test("a plan names the case and the verdict in words, in either language", () => {
  assert.equal(planSaid("deleted-user; window closing, by the day of the deletion"), "Deleted user; window closing, by the day of the deletion");
  assert.equal(planSaid("deleted-user; periode closing, ifølge x; E3"), "Deleted user; periode closing, ifølge x; E3"); // codespell:ignore
  assert.equal(planSaid("remove the licence"), "remove the licence");
});

test("the warnings stand on the page in words, so that their codes say nothing to its reader", () => {
  assert.equal(plain("One more thing is in the way, and told under warnings (address-conflict). See to it."), "One more thing is in the way, and told under warnings. See to it.");
  assert.equal(plain("2 ting mere er i vejen og står under advarslerne (address-conflict, new-name-not-allowed)."), "2 ting mere er i vejen og står under advarslerne.");
});
