// Rows in the order of PartitionKey and RowKey, as table storage keeps them: its one index.
// Source: Microsoft, "Understanding the Table service data model"; "Design for querying".
"use strict";

// Rows per chunk: what one insert or removal moves.
const CHUNK = 512;

function compare(partitionKey, rowKey, row) {
  if (partitionKey !== row.PartitionKey) return partitionKey < row.PartitionKey ? -1 : 1;
  if (rowKey === row.RowKey) return 0;
  return rowKey < row.RowKey ? -1 : 1;
}

// The first place in `items` for which `isAfter` holds, if it holds for all behind it too.
function firstOf(items, isAfter) {
  let low = 0;
  let high = items.length;
  while (low < high) {
    const middle = (low + high) >> 1;
    if (isAfter(items[middle])) high = middle;
    else low = middle + 1;
  }
  return low;
}

class SortedRows {
  constructor() {
    this.chunks = [[]];
  }

  // Take in many rows at once; none of their keys is there already.
  load(rows) {
    const all = this.chunks.flat().concat(rows);
    all.sort((one, other) => compare(one.PartitionKey, one.RowKey, other));
    this.chunks = [];
    for (let at = 0; at < all.length; at += CHUNK) this.chunks.push(all.slice(at, at + CHUNK));
    if (this.chunks.length === 0) this.chunks.push([]);
  }

  findOne({ PartitionKey, RowKey }) {
    const [chunk, at] = this.place(PartitionKey, RowKey);
    const row = this.chunks[chunk][at];
    return row !== undefined && compare(PartitionKey, RowKey, row) === 0 ? row : null;
  }

  insert(row) {
    const [at, place] = this.place(row.PartitionKey, row.RowKey);
    const chunk = this.chunks[at];
    chunk.splice(place, 0, row);
    if (chunk.length >= 2 * CHUNK) this.chunks.splice(at, 1, chunk.slice(0, CHUNK), chunk.slice(CHUNK));
    return row;
  }

  remove(row) {
    const [at, place] = this.place(row.PartitionKey, row.RowKey);
    this.chunks[at].splice(place, 1);
    if (this.chunks[at].length === 0 && this.chunks.length > 1) this.chunks.splice(at, 1);
  }

  update(row) {
    this.remove(row);
    return this.insert(row);
  }

  // Every row from these keys on, in order.
  *from(partitionKey, rowKey) {
    let [chunk, at] = this.place(partitionKey, rowKey);
    for (; chunk < this.chunks.length; chunk += 1, at = 0) {
      for (; at < this.chunks[chunk].length; at += 1) yield this.chunks[chunk][at];
    }
  }

  // The chunk, and the place in it, of the first row at or after these keys.
  place(partitionKey, rowKey) {
    const isLater = (chunk) => chunk.length > 0 && compare(partitionKey, rowKey, chunk[0]) < 0;
    const chunk = Math.max(firstOf(this.chunks, isLater) - 1, 0);
    const at = firstOf(this.chunks[chunk], (row) => compare(partitionKey, rowKey, row) <= 0);
    return [chunk, at];
  }
}

module.exports = { SortedRows };
