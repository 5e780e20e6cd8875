// Azurite's table service, with a second door for its rows. Started by ../filled_tables.py.
//
//   node serve.js <Azurite's dist/src> <table port> <control port> <azurite | indexed>
//
// Control, on loopback: POST /rows takes lines of [table, columns], which are in the tables once
// POST /load was answered; GET /walked tells how many rows queries have looked at so far (indexed).
"use strict";

const http = require("node:http");
const { createInterface } = require("node:readline");
const { indexed } = require("./indexed.js");

const [source, tablePort, controlPort, kind] = process.argv.slice(2);
const stores = require(`${source}/table/persistence/LokiTableMetadataStore`);
const generator = require(`${source}/table/persistence/LokiTableStoreQueryGenerator`).default;
if (kind === "indexed") stores.default = indexed(stores.default, generator);

// Only now: the server takes the store that it finds when it is loaded.
const { NormalizedEntity } = require(`${source}/table/entity/NormalizedEntity`);
const { newTableEntityEtag } = require(`${source}/table/utils/utils`);
const { truncatedISO8061Date } = require(`${source}/common/utils/utils`);
const { DEFAULT_TABLE_KEEP_ALIVE_TIMEOUT: alive } = require(`${source}/table/utils/constants`);
const Configuration = require(`${source}/table/TableConfiguration`).default;
const TableServer = require(`${source}/table/TableServer`).default;

const ACCOUNT = "devstoreaccount1";
const server = new TableServer(
  new Configuration(
    "127.0.0.1", Number(tablePort), alive, "unused", false, false, undefined, undefined, false,
    true, "", "", "", undefined, false, true,
  ),
);
const store = server.metadataStore;
const waiting = new Map();

// What Azurite makes of an entity that comes through its front door.
function entityOf(columns) {
  const lastModifiedTime = truncatedISO8061Date(new Date(), true, true);
  const { PartitionKey, RowKey } = columns;
  const eTag = newTableEntityEtag(lastModifiedTime);
  const entity = { PartitionKey, RowKey, properties: columns, lastModifiedTime, eTag };
  return new NormalizedEntity(entity).normalize();
}

async function take(request) {
  for await (const line of createInterface({ input: request })) {
    const [table, columns] = JSON.parse(line);
    if (!waiting.has(table)) waiting.set(table, []);
    waiting.get(table).push(entityOf(columns));
  }
}

function load() {
  for (const [table, rows] of waiting) {
    const collection = store.getEntityCollection(ACCOUNT, table, undefined);
    if (kind === "indexed") collection.load(rows);
    // Loki builds its indices anew once all rows are in.
    else collection.insert(rows, true);
  }
  waiting.clear();
}

async function answer(request) {
  if (request.url === "/rows") await take(request);
  else if (request.url === "/load") load();
  return String(store.walked ?? 0);
}

const control = http.createServer((request, response) => {
  answer(request).then(
    (text) => response.end(text),
    (error) => response.writeHead(500).end(String(error.stack)),
  );
});

server.start().then(() => control.listen(Number(controlPort), "127.0.0.1", () => console.log("ready")));
