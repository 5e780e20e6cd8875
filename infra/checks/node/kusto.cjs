// What Microsoft's own parser thinks of Kusto queries: {name: text} on standard input, and on
// standard output {name: [{line, code, message}]}, with the tables' columns bound. No query is run.
'use strict';
require('@kusto/language-service-next/bridge.min.js');
require('@kusto/language-service-next/Kusto.Language.Bridge.min.js');
const { readFileSync } = require('node:fs');
const { join } = require('node:path');

const { GlobalState, KustoCode, Symbols } = globalThis.Kusto.Language;
const { DatabaseSymbol, TableSymbol } = Symbols;

const schemas = JSON.parse(readFileSync(join(__dirname, 'tables.json'), 'utf8'));
const tables = Object.entries(schemas).map(([name, schema]) => new TableSymbol.$ctor7(name, schema, null));
const globals = GlobalState.Default.WithDatabase(new DatabaseSymbol.ctor('insights', tables));

function diagnostics(text) {
  const found = KustoCode.ParseAndAnalyze(text, globals).GetDiagnostics();
  const list = [];
  for (let at = 0; at < found.Count; at += 1) {
    const item = found.getItem(at);
    const line = text.slice(0, item.Start).split('\n').length;
    list.push({ line, code: item.Code, message: item.Message });
  }
  return list;
}

const queries = JSON.parse(readFileSync(0, 'utf8'));
const told = Object.fromEntries(Object.entries(queries).map(([name, text]) => [name, diagnostics(text)]));
process.stdout.write(JSON.stringify(told));
