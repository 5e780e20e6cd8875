import assert from "node:assert/strict";
import test from "node:test";
import { Api, Problem, Unreachable } from "../../../functions/desk/core/api.js";
import { poll } from "../../../functions/desk/core/poll.js";

const json = (status, body, headers = {}) => () =>
  new Response(status === 204 ? null : JSON.stringify(body), { status, headers: { "content-type": "application/json", ...headers } });
const refused = (status, body, headers = {}) => () =>
  new Response(JSON.stringify(body), { status, headers: { "content-type": "application/problem+json", ...headers } });
const lost = () => { throw new TypeError("fetch failed"); };

function served(answers, more = {}) {
  const sent = [];
  const waited = [];
  const told = [];
  const api = new Api({
    base: "https://host/api/",
    fetcher: async (address, request) => {
      sent.push({ address: String(address), ...request });
      return answers.shift()();
    },
    wait: async (milliseconds) => { waited.push(milliseconds); },
    ...more,
  });
  for (const name of ["lost", "found", "busy", "signed-out", "signed-in", "role-missing"]) api.addEventListener(name, (event) => told.push([name, event.detail?.seconds].filter((part) => part !== undefined && part !== null)));
  return { api, sent, waited, told };
}

test("a question names the reader's language, and its filters where they are set", async () => {
  const { api, sent } = served([json(200, { value: [] }, { "retry-after": "7" })], { language: () => "da" });

  const answer = await api.get("losses", { query: { search: "a b", top: 5, case: "", day: undefined } });

  assert.equal(sent[0].address, "https://host/api/losses?search=a+b&top=5");
  assert.equal(sent[0].headers["Accept-Language"], "da");
  assert.equal(sent[0].headers["X-Requested-With"], undefined);
  assert.deepEqual([answer.status, answer.retryAfter], [200, 7]);
});

test("a change carries what no other site can send, its key, and the function key", async () => {
  const { api, sent } = served([json(202, { id: "r" })], { key: () => "fk" });

  await api.change("POST", "restores", { user: "a" }, { key: "k1" });

  assert.equal(sent[0].headers["X-Requested-With"], "reprieve");
  assert.equal(sent[0].headers["Idempotency-Key"], "k1");
  assert.equal(sent[0].headers["x-functions-key"], "fk");
  assert.equal(sent[0].redirect, "error");
});

test("a question waits as long as it is told, and asks again", async () => {
  const { api, waited, told } = served([refused(429, { code: "too-many" }, { "retry-after": "3" }), refused(503, {}, { "retry-after": "900" }), json(200, { id: 1 })]);

  assert.equal((await api.get("me")).body.id, 1);

  assert.deepEqual(waited, [3000, 60_000]);
  assert.deepEqual(told, [["busy", 3], ["busy", 60]]);
});

test("patience ends, and a no without a time is a no at once", async () => {
  const busy = Array.from({ length: 5 }, () => refused(503, { code: "busy" }, { "retry-after": "1" }));
  await assert.rejects(served(busy).api.get("me"), { code: "busy", status: 503 });
  const wrong = served([refused(503, { code: "configuration-wrong" })]);
  await assert.rejects(wrong.api.get("me"), { code: "configuration-wrong" });
  assert.equal(wrong.sent.length, 1);
});

test("a change is sent once, whatever comes back", async () => {
  for (const answer of [refused(503, { code: "busy" }, { "retry-after": "1" }), lost]) {
    const { api, sent } = served([answer]);
    await assert.rejects(api.change("POST", "restores", {}));
    assert.equal(sent.length, 1);
  }
});

test("a problem keeps what the service said, and a body that is none breaks nothing", async () => {
  const document = { title: "No", detail: "Why", code: "role-missing", fix: "Ask", errors: [{ pointer: "/a", message: "b" }] };
  await assert.rejects(served([refused(403, document)]).api.get("me"), (error) => {
    assert.ok(error instanceof Problem);
    assert.deepEqual([error.title, error.message, error.code, error.fix, error.errors.length], ["No", "Why", "role-missing", "Ask", 1]);
    return true;
  });
  const html = () => new Response("<h1>500</h1>", { status: 500, headers: { "content-type": "text/html" } });
  await assert.rejects(served([html]).api.get("me"), { status: 500, code: "http-500" });
});

test("a lost connection is told once, and once that it is back", async () => {
  const { api, told } = served([lost, lost, json(200, {}), json(200, {})]);

  await assert.rejects(api.get("me"), Unreachable);
  await assert.rejects(api.get("me"), Unreachable);
  await api.get("me");
  await api.get("me");

  assert.deepEqual(told, [["lost"], ["found"]]);
});

test("who is not signed in any more is told of", async () => {
  const { api, told } = served([() => new Response(null, { status: 401 })]);

  await assert.rejects(api.get("me"), { status: 401 });

  assert.deepEqual(told, [["signed-out"]]);
});

test("pages follow the link by its query alone: behind a gateway it may name another host", async () => {
  const { api, sent } = served([json(200, { value: [1], nextLink: "https://inner.example/x/losses?top=2&skipToken=abc" }), json(200, { value: [2] })]);
  const found = [];

  for await (const page of api.pages("losses", { query: { top: 2 }, then: { top: 999 } })) found.push(...page.value);

  assert.deepEqual(found, [1, 2]);
  assert.equal(sent[1].address, "https://host/api/losses?top=999&skipToken=abc");
});

test("a table is a file, and its next page stands in the header", async () => {
  const csv = () => new Response("a,b\r\n", { headers: { "content-type": "text/csv", link: '<https://h/api/restores?skipToken=2>; rel="next"' } });
  const answer = await served([csv]).api.get("restores", { accept: "text/csv" });

  assert.equal(await answer.body.text(), "a,b\r\n");
  assert.equal(answer.next, "https://h/api/restores?skipToken=2");
});

const tab = (hidden = false) => Object.assign(new EventTarget(), { hidden });

test("polling follows what it is told, and ends when there is nothing more to ask", async () => {
  const waits = [3, 5, undefined];
  const waited = [];
  await poll(async () => waits.shift(), { signal: new AbortController().signal, tab: tab(), wait: async (ms) => { waited.push(ms); } });

  assert.deepEqual(waited, [3000, 5000]);
});

test("a lost connection is tried at growing distances, and any other fault is raised", async () => {
  const answers = [...Array.from({ length: 6 }, () => new Unreachable()), new Error("bug")];
  const waited = [];
  const asked = poll(async () => { throw answers.shift(); }, { signal: new AbortController().signal, tab: tab(), wait: async (ms) => { waited.push(ms); } });

  await assert.rejects(asked, /bug/);
  assert.deepEqual(waited, [2000, 4000, 8000, 15_000, 30_000, 30_000]);
});

test("a hidden tab asks nothing, and asks at once when it is seen again", async () => {
  const page = tab();
  let asked = 0;
  const done = poll(async () => { asked += 1; return asked < 2 ? 1 : undefined; }, { signal: new AbortController().signal, tab: page, wait: async () => { page.hidden = true; } });
  await new Promise((resolve) => setImmediate(resolve));
  assert.equal(asked, 1);

  page.hidden = false;
  page.dispatchEvent(new Event("visibilitychange"));
  await done;

  assert.equal(asked, 2);
});

test("a view that is left asks no more", async () => {
  const left = new AbortController();
  let asked = 0;
  await poll(async () => { asked += 1; left.abort(); return 1; }, { signal: left.signal, tab: tab(), wait: async () => {} });

  assert.equal(asked, 1);
});

test("a gateway that answers for a service that does not has said neither yes nor no", async () => {
  const page = (status) => () => new Response("<h1>Bad gateway</h1>", { status, headers: { "content-type": "text/html" } });
  const { api, told } = served([page(502), page(504), json(200, {})]);

  await assert.rejects(api.change("POST", "restores", {}), (error) => error instanceof Unreachable && error.isChange);
  await assert.rejects(api.get("me"), Unreachable);
  await api.get("me");

  assert.deepEqual(told, [["lost"], ["found"]]);
});

test("a fault may pass, and so does a sign-in that has ended; a no does not", async () => {
  const { api } = served([refused(503, { code: "storage-unavailable" }), refused(500, {}), refused(401, {}), refused(409, { code: "plan-changed" })]);

  for (const isFinal of [false, false, false, true]) {
    await assert.rejects(api.change("POST", "restores", {}), (error) => error instanceof Problem && error.isFinal === isFinal);
  }
});

test("who is signed in again is told once, and a role that is missing each time", async () => {
  const { api, told } = served([refused(401, {}), refused(403, { code: "role-missing" }), json(200, {}), json(200, {}), refused(403, { code: "cross-site" })]);

  for (const isNo of [true, true, false, false, true]) {
    const answer = api.get("restores");
    await (isNo ? assert.rejects(answer) : answer);
  }

  assert.deepEqual(told, [["signed-out"], ["role-missing"], ["signed-in"]]);
});
