import assert from "node:assert/strict";
import test from "node:test";
import { CsvFault, decode, requestsOf } from "../../../functions/desk/core/csv.js";

const bytes = (text) => new TextEncoder().encode(text);
const utf16 = (text, isBig) => {
  const found = new Uint8Array(2 * text.length + 2);
  const view = new DataView(found.buffer);
  [0xfeff, ...[...text].map((sign) => sign.charCodeAt(0))].forEach((unit, at) => view.setUint16(2 * at, unit, !isBig));
  return found;
};
const users = (text) => requestsOf(text).map((row) => row.request.user);
const fault = (text) => {
  try {
    requestsOf(text);
  } catch (error) {
    assert.ok(error instanceof CsvFault);
    return error;
  }
  return assert.fail("it was read");
};

test("every encoding that a spreadsheet saves is read, anything else is named", () => {
  for (const given of [bytes("user\nsøren@x.example"), bytes("\uFEFFuser\nsøren@x.example"), utf16("user\nsøren@x.example", false), utf16("user\nsøren@x.example", true)]) {
    assert.deepEqual(users(decode(given)), ["søren@x.example"]);
  }
  assert.throws(() => decode(new Uint8Array([0x75, 0xf8, 0x72])), { code: "encoding" });
});

test("comma, semicolon and tab are found by the header, or named by a first line", () => {
  for (const sign of [",", ";", "\t"]) assert.deepEqual(users(`user${sign}reason\na@x${sign}b`), ["a@x"]);
  assert.deepEqual(users("sep=;\r\nuser;reason\r\na@x;one, two"), ["a@x"]);
  assert.deepEqual(users('#TYPE System.Management.Automation.PSCustomObject\r\n"user"\r\n"a@x"'), ["a@x"]);
  assert.deepEqual(users("version:v1.0,\nUser principal name [userPrincipalName] Required,\na@x,\n"), ["a@x"]);
  assert.equal(requestsOf('"sep=|"\nuser|ticket\na@x|T1')[0].request.ticket, "T1");
});

test("quoted cells keep separators, quotation marks and lines; all others are trimmed", () => {
  const [row, next] = requestsOf('user,reason\r\n " a@x " ,"one, ""two""\nthree"\r\nb@x,  four  ');

  assert.equal(row.request.user, "a@x");
  assert.equal(row.request.reason, 'one, "two"\nthree');
  assert.equal(next.request.reason, "four");
  assert.deepEqual([row.line, next.line], [2, 4]);
});

test("blank lines are skipped, and every row keeps its line", () => {
  assert.deepEqual(requestsOf("\n\nuser\n\na@x\n,\nb@x\n").map((row) => row.line), [5, 7]);
  assert.deepEqual(users("user\ra@x\rb@x"), ["a@x", "b@x"]);
});

test("the person's column has many names, the portal's own among them", () => {
  for (const title of ["user", "USER", "userPrincipalName", "upn", "mail", "Email", "User principal name [userPrincipalName] Required"]) {
    assert.deepEqual(users(`${title},ticket\na@x,1`), ["a@x"]);
  }
});

test("fields go into the request as the API takes them", () => {
  const [row] = requestsOf("User;Kind;Licenses;acceptRehire;dryRun;Not_Before\na@x;USER;E3 | Microsoft 365 E5;Ja;no;2026-12-01T00:00:00Z");

  assert.deepEqual(row.request, {
    kind: "user",
    user: "a@x",
    license: { skuPartNumbers: ["E3", "Microsoft 365 E5"] },
    acceptRehire: true,
    notBefore: "2026-12-01T00:00:00Z",
  });
});

test("columns and truths may be called as a Danish spreadsheet calls them", () => {
  const [row] = requestsOf("Brugernavn;Årsag;Sag;allowSynced;dryRun\na@x;væk;T1;SAND;FALSK");

  assert.deepEqual(row.request, { kind: "mailbox", user: "a@x", reason: "væk", ticket: "T1", allowSynced: true });
});

const answer = (...lines) => ["index,user,status,code,message,fix,restoreId,kind", ...lines].join("\r\n");

test("an answer is taken back without the lines that are done", () => {
  const rows = requestsOf(answer("0,a@x,succeeded,c,m,f,1,user", "1,'=b@x,Refused,c,m,f,2,user", "2,c@x,,c,m,f,,", "3,d@x,waiting,,,,3,user", "4,e@x,ok,,,,,user"));

  assert.deepEqual(rows.map((row) => [row.request.user, row.request.kind, row.line]), [["=b@x", "user", 3], ["c@x", "mailbox", 4], ["e@x", "user", 6]]);
  assert.deepEqual(rows.map((row) => row.faults), [[], [], [{ code: "status" }]]);
});

test("what an answer keeps from a spreadsheet is taken back as it was", () => {
  const [row] = requestsOf("user,status,restoreId,kind,reason\nb@x,refused,2,user,'\tback");

  assert.equal(row.request.reason, "\tback");
});

test("an answer that is all done, or does not say what was asked for, begins nothing", () => {
  assert.equal(fault(answer("0,a@x,succeeded,c,m,f,1,user")).code, "done");
  assert.equal(fault("index,user,status,code,message,fix,restoreId\n0,a@x,refused,c,m,f,1").code, "result");
  assert.deepEqual(fault("user,status\na@x,ok").params.unknown, [{ title: "status", number: 2, near: null }]);
});

test("a list without a header is a list of people", () => {
  assert.deepEqual(users("a@x.example\n5eed0000-0000-4000-8000-000000000001\n"), ["a@x.example", "5eed0000-0000-4000-8000-000000000001"]);
});

test("a bad header begins nothing, and says what would do", () => {
  assert.equal(fault("").code, "empty");
  assert.deepEqual(fault("user,colour\na@x,red").params.unknown, [{ title: "colour", number: 2, near: null }]);
  assert.deepEqual(fault("Afdeling;Navn\nIT;Anna").params.titles, ["Afdeling", "Navn"]);
  assert.deepEqual(fault("user,reason,upn\na@x,,b@x").params.titles, ["user", "upn"]);
  assert.deepEqual(fault('user,reason\na@x,"open').params, { line: 2 });
});

test("all columns that are not known are named at once, each with the field it may be meant for", () => {
  const { unknown } = fault("Brugernavn;Afdeling;Ticke;;Not beforee\na@x;IT;7;x;y").params;

  assert.deepEqual(unknown, [
    { title: "Afdeling", number: 2, near: null },
    { title: "Ticke", number: 3, near: "ticket" },
    { title: "", number: 4, near: null },
    { title: "Not beforee", number: 5, near: "notBefore" },
  ]);
  assert.deepEqual(users("user,,reason\na@x,,back"), ["a@x"]);
});

test("columns that are not known are passed over where somebody said so, and nothing else is", () => {
  const [row] = requestsOf("Mail;Afdeling;Sag\na@x;IT;7", { passesOver: true });

  assert.deepEqual(row.request, { kind: "mailbox", user: "a@x", ticket: "7" });
  assert.deepEqual(row.titles, { user: "Mail", ticket: "Sag" });
  assert.throws(() => requestsOf("Afdeling\nIT", { passesOver: true }), { code: "no-user" });
});

test("a fault of a row names the column as the file does", () => {
  const [row] = requestsOf("user,KIND,DryRun\na@x,shared,maybe");

  assert.deepEqual(row.faults, [{ code: "yes-or-no", title: "DryRun" }, { code: "kind", title: "KIND" }]);
});

test("a bad row is invalid, the others go on", () => {
  const rows = requestsOf("user,kind,dryRun\n,mailbox,\na@x,shared,\nb@x,user,maybe\nc@x,user,true,extra\nd@x,,");

  assert.deepEqual(rows.map((row) => row.faults.map((one) => one.code)), [["nobody"], ["kind"], ["yes-or-no"], ["too-many-cells"], []]);
});

test("a thousand rows take no time to speak of", () => {
  const text = `user;reason\n${Array.from({ length: 1000 }, (_, at) => `p${at}@x;"a ""quoted"" reason, ${at}"`).join("\n")}`;
  const start = performance.now();

  assert.equal(requestsOf(text).length, 1000);
  assert.ok(performance.now() - start < 500);
});

test("people copied out of a mail are a list, with what stands around their addresses left off", () => {
  assert.deepEqual(users('Ada Berg <a@x.dk>; "Holm, Bo" <b@x.dk>; c@x.dk;'), ["a@x.dk", "b@x.dk", "c@x.dk"]);
  assert.deepEqual(users("mailto:a@x.dk\nb@x.dk;\n"), ["a@x.dk", "b@x.dk"]);
  assert.deepEqual(requestsOf("a@x.dk; b@x.dk").map((row) => row.line), [1, 2]);
});

test("two addresses in each line are no list of people: nobody is brought back who was not meant", () => {
  assert.equal(fault("a@x.dk;boss@x.dk\nb@x.dk;boss@x.dk").code, "no-user");
});
