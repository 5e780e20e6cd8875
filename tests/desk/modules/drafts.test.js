import assert from "node:assert/strict";
import test from "node:test";
import { dropDraft, keepDraft, readDraft, recent, remember } from "../../../functions/desk/core/drafts.js";
import { Session } from "../../../functions/desk/core/session.js";

class Store {
  kept = new Map();
  getItem = (name) => this.kept.get(name) ?? null;
  setItem = (name, value) => { this.kept.set(name, value); };
  removeItem = (name) => { this.kept.delete(name); };
}
class FullStore extends Store {
  setItem = () => { throw new DOMException("full", "QuotaExceededError"); };
}

test("what was typed is there again, until it was sent", () => {
  const store = new Store();
  keepDraft("restore", { user: "a" }, store);

  assert.deepEqual(readDraft("restore", store), { user: "a" });
  dropDraft("restore", store);
  assert.deepEqual(readDraft("restore", store), {});
});

test("a store that is full or broken stops nobody", () => {
  const store = new Store();
  store.setItem("reprieve.draft.restore", "{");
  store.setItem("reprieve.recent", '"x"');

  assert.deepEqual(readDraft("restore", store), {});
  assert.deepEqual(recent(store), []);
  keepDraft("restore", {}, new FullStore());
  remember("restore", "1", "now", new FullStore());
});

test("the last twenty that were sent are remembered, each once, newest first", () => {
  const store = new Store();
  for (let id = 0; id < 25; id += 1) remember("restore", id, "now", store);
  remember("restore", 20, "later", store);

  assert.equal(recent(store).length, 20);
  assert.deepEqual(recent(store).slice(0, 2).map((item) => item.id), [20, 24]);
});

test("a key is kept in the tab alone and trimmed; the way through the sign-in leads back", () => {
  const store = new Store();
  const session = new Session({ mode: "entra", store });
  session.useKey(" k ");
  assert.equal(session.key, "k");
  session.forgetKey();
  assert.equal(session.key, null);

  const address = session.signInAddress("/api/desk", "#/history?status=failed");
  assert.equal(address, "/.auth/login/aad?post_login_redirect_uri=%2Fapi%2Fdesk");
  assert.equal(session.cameBack(), "#/history?status=failed");
  assert.equal(session.cameBack(), null);
});
