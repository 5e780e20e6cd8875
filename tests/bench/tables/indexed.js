// Azurite's table store on rows in order. Azurite's own looks through a whole table at each query,
// and through all rows of one RowKey at each point read; table storage looks at the rows between
// two keys. All else - protocol, types, filters, ETags, transactions - stays Azurite's.
"use strict";

const { rangeOf } = require("./range.js");
const { SortedRows } = require("./rows.js");

function indexed(LokiStore, generator) {
  return class IndexedStore extends LokiStore {
    constructor(...args) {
      super(...args);
      this.tables = new Map();
      this.walked = 0;
    }

    getEntityCollection(account, table, context) {
      const { name } = super.getEntityCollection(account, table, context);
      if (!this.tables.has(name)) this.tables.set(name, new SortedRows());
      return this.tables.get(name);
    }

    async endBatchTransaction(account, table, batchId, context, succeeded) {
      if (!succeeded) {
        const rows = this.getEntityCollection(account, table, context);
        this.rollbackEntityChanges(rows);
        this.removeEntitiesAddedInBatch(rows);
      }
      await super.endBatchTransaction(account, table, batchId, context, true);
    }

    async queryTableEntities(context, account, table, options, nextPartition, nextRow) {
      const rows = this.getEntityCollection(account, table, context);
      const matches = generator.generateQueryForPersistenceLayer(options, context);
      const { from, to } = rangeOf(options.filter);
      const next = [nextPartition, nextRow].map((text) => this.decodeContinuationHeader(text) ?? "");
      const limit = this.getMaxResultsOption(options);
      const found = [];
      for (const row of rows.from(...later(from, next))) {
        if (isAfter([row.PartitionKey, row.RowKey], to) || found.length > limit) break;
        this.walked += 1;
        if (matches(row)) found.push(row);
      }
      const answer = this.adjustQueryResultforTop(found, limit);
      return [found, answer.nextPartitionKeyResponse, answer.nextRowKeyResponse];
    }
  };
}

function isAfter(one, other) {
  return one[0] === other[0] ? one[1] > other[1] : one[0] > other[0];
}

function later(one, other) {
  return isAfter(one, other) ? one : other;
}

module.exports = { indexed };
