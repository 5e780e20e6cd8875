import assert from "node:assert/strict";
import test from "node:test";
import { blocksOf, choiceFor, choicesFor, EMPTY, promise, requestFrom, seats } from "../../../functions/desk/core/choices.js";
import { ADMIN, APPROVE, OVERRIDE, READ, REQUEST, Session } from "../../../functions/desk/core/session.js";
import { actionsFor, isOwnRequest, stepsOf } from "../../../functions/desk/core/restores.js";
import { useWords } from "../../../functions/desk/core/words.js";

function session(...roles) {
  const made = new Session({ mode: "entra", store: new Map() });
  made.me = { id: "me", name: "me@x", roles };
  return made;
}
const preflight = (plan, ...codes) => ({ plan, findings: codes.map((code) => ({ code, severity: "block" })) });

test("only the choices that matter are offered, and only those one may make", () => {
  const found = preflight(["restore-user"], "upn-conflict", "address-conflict", "window-unknown");

  assert.deepEqual(choicesFor(found, EMPTY, session(REQUEST)), ["new-name"]);
  assert.deepEqual(choicesFor(found, EMPTY, session(REQUEST, OVERRIDE)), ["new-name", "drop", "unknown-window"]);
  assert.deepEqual(choicesFor(preflight(["restore-user"]), EMPTY, session(OVERRIDE)), []);
  assert.deepEqual(choicesFor(preflight(["assign-license"]), EMPTY, session(REQUEST)), ["license"]);
});

test("what was chosen stays in sight when its finding is gone", () => {
  const draft = { ...EMPTY, newUserPrincipalName: "jan2@x" };

  assert.deepEqual(choicesFor(preflight([]), draft, session(REQUEST)), ["new-name"]);
});

test("a finding leads to its choice, where this session has it", () => {
  assert.equal(choiceFor("upn-conflict", session(REQUEST)), "new-name");
  assert.equal(choiceFor("address-conflict", session(REQUEST)), null);
  assert.equal(choiceFor("address-conflict", session(OVERRIDE)), "drop");
  assert.equal(choiceFor("privileged-user", session(OVERRIDE)), null);
});

test("a request names what was chosen and nothing else", () => {
  assert.deepEqual(requestFrom({ ...EMPTY, user: " a@x " }), { kind: "mailbox", user: "a@x" });
  assert.deepEqual(
    requestFrom({
      ...EMPTY, user: "a@x", kind: "user", license: "sku", newUserPrincipalName: "b@x", isAlways: true, isDropped: true,
      acceptRehire: true, notBefore: "2026-12-01T08:00", reason: " back ", ticket: "T",
    }),
    {
      kind: "user", user: "a@x", license: { skuIds: ["sku"] }, newUserPrincipalName: "b@x", onUpnConflict: "always",
      onAddressConflict: "drop", acceptRehire: true, notBefore: "2026-12-01T07:00:00.000Z", reason: "back", ticket: "T",
    },
  );
  assert.deepEqual(requestFrom({ ...EMPTY, user: "a@x", license: "all" }).license, { all: true });
  assert.equal(requestFrom({ ...EMPTY, user: "a@x", newUserPrincipalName: "b@x" }).onUpnConflict, "rename");
});

test("the button says what will happen", () => {
  assert.equal(promise({ plan: ["restore-user", "assign-license"] }, EMPTY), "restore.button-both");
  assert.equal(promise({ plan: ["assign-license"] }, EMPTY), "restore.button-license");
  assert.equal(promise({ plan: ["restore-user"] }, EMPTY), "restore.button-user");
  assert.equal(promise({ plan: ["verify-mailbox"] }, EMPTY), "restore.button-verify");
  assert.equal(promise({ plan: ["restore-user"] }, { ...EMPTY, notBefore: "2026-12-01T08:00" }), "restore.button-later");
});

test("blocks are blocks", () => {
  assert.equal(blocksOf({ findings: [{ severity: "warn" }, { severity: "block" }, { severity: "info" }] }).length, 1);
});

const restore = (more) => ({ id: "r", status: "succeeded", kind: "mailbox", user: { id: "u" }, requestedBy: { id: "other" }, steps: [], plan: [], ...more });
const changed = [{ name: "assign-license", status: "done" }];

test("an action is offered where it can work, and to whom it is allowed", () => {
  const waiting = { status: "waiting", waiting: { for: "approval" } };
  const cases = [
    [restore({ status: "running" }), [ADMIN], ["cancel"]],
    [restore({ status: "running" }), [REQUEST], []],
    [restore({ status: "running", requestedBy: { id: "me" } }), [REQUEST], ["cancel"]],
    [restore({ status: "running", steps: changed }), [ADMIN], []],
    [restore({ status: "failed" }), [ADMIN], ["retry"]],
    [restore({ status: "failed" }), [READ, REQUEST], ["anew"]],
    [restore({ status: "failed" }), [READ], []],
    [restore({ status: "failed", kind: "drill" }), [ADMIN, REQUEST], ["retry"]],
    [restore({ status: "refused", kind: "undo" }), [REQUEST], []],
    [restore({ status: "refused", received: "{" }), [ADMIN], []],
    [restore({ steps: changed }), [ADMIN], ["undo"]],
    [restore({ steps: changed, undoneBy: "x" }), [ADMIN], []],
    [restore({ steps: changed, kind: "undo" }), [ADMIN], []],
    [restore({ steps: [{ name: "verify-user", status: "done" }] }), [ADMIN], []],
    [restore(waiting), [APPROVE], ["approve", "reject"]],
    [restore(waiting), [READ, REQUEST], []],
  ];
  for (const [one, roles, expected] of cases) assert.deepEqual(actionsFor(one, session(...roles)), expected, JSON.stringify([one, roles]));
});

test("nobody decides about their own request; the nameless have none of their own", () => {
  assert.ok(isOwnRequest(restore({ requestedBy: { id: "me" } }), session(APPROVE)));
  assert.ok(!isOwnRequest(restore(), session(APPROVE)));
  const nameless = session(APPROVE);
  nameless.me.id = null;
  assert.ok(!isOwnRequest(restore({ requestedBy: { id: null } }), nameless));
});

test("steps that are planned and not begun stand behind those that are", () => {
  const steps = stepsOf(restore({ steps: changed, plan: ["assign-license", "verify-user"] }));

  assert.deepEqual(steps.map((step) => [step.name, step.status]), [["assign-license", "done"], ["verify-user", "pending"]]);
});

test("a subscription in its grace period has seats, and each other state its own reason", () => {
  useWords("en", { "choice.free-seats": "{count:# free seat|# free seats}", "choice.suspended": "suspended", "choice.deleted": "deleted" });

  const said = (capabilityStatus) => seats({ capabilityStatus, freeSeats: 3 });
  assert.deepEqual(["Enabled", "Warning", "Suspended", "LockedOut", "Deleted"].map(said), ["3 free seats", "3 free seats", "suspended", "suspended", "deleted"]);
});
