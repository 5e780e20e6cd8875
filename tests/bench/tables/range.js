// The stretch of a table that a filter confines a query to: what an index by keys can make of it.
"use strict";

const QUOTED = /'(?:[^']|'')*'/g;
const CONDITION = /\b(PartitionKey|RowKey) (eq|ge|gt|le|lt) ('(?:[^']|'')*')/g;

// Sorts after every key: no key holds this code unit.
const LAST = "\uffff";

// {from: [partition, row], to: [partition, row]}, both included; the ends may lie a row outside.
function rangeOf(filter) {
  const partition = { low: "", high: LAST };
  const row = { low: "", high: LAST };
  // With another operator than `and`, a condition does not bind the whole.
  if (filter && !/\b(or|not)\b/.test(filter.replace(QUOTED, "''"))) {
    for (const [, name, operator, quoted] of filter.matchAll(CONDITION)) {
      narrow(name === "RowKey" ? row : partition, operator, quoted.slice(1, -1).replaceAll("''", "'"));
    }
  }
  if (partition.low === partition.high) {
    return { from: [partition.low, row.low], to: [partition.high, row.high] };
  }
  const firstRow = partition.isLowOut ? LAST : "";
  const lastRow = partition.isHighOut ? "" : LAST;
  return { from: [partition.low, firstRow], to: [partition.high, lastRow] };
}

function narrow(bounds, operator, value) {
  if (operator !== "lt" && operator !== "le" && value >= bounds.low) {
    bounds.low = value;
    bounds.isLowOut = operator === "gt";
  }
  if (operator !== "gt" && operator !== "ge" && value <= bounds.high) {
    bounds.high = value;
    bounds.isHighOut = operator === "lt";
  }
}

module.exports = { rangeOf };
