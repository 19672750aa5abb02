// What was added to and released from the heap between two snapshots, as heapdiff.cc of node-memwatch counts it.
//
//   node src/leak-memwatch-diff.mjs <before.heapsnapshot> <after.heapsnapshot>
import { readFileSync } from 'node:fs';

/** Names of kinds; objects go by their constructor, and what is not listed does not count in the details. */
const kinds = {
  array: 'Array',
  string: 'String',
  code: 'Code',
  closure: 'Closure',
  regexp: 'RegExp',
  number: 'Number',
  native: 'Native',
};
const [before, after] = process.argv.slice(2).map(read);
const details = new Map();
for (const [id, node] of before.nodes) if (!after.nodes.has(id)) count(node, -1);
for (const [id, node] of after.nodes) if (!before.nodes.has(id)) count(node, 1);
process.stdout.write(
  JSON.stringify({ change: { size_bytes: after.bytes - before.bytes, details: [...details.values()] } }),
);

function read(file) {
  const { snapshot, nodes: flat, strings } = JSON.parse(readFileSync(file, 'utf8'));
  const { node_fields: fields, node_types: types } = snapshot.meta;
  const [type, name, id, size] = ['type', 'name', 'id', 'self_size'].map((field) => fields.indexOf(field));
  const nodes = new Map();
  let bytes = 0;
  for (let at = 0; at < flat.length; at += fields.length) {
    const kind = types[type][flat[at + type]];
    const what = kind === 'object' ? strings[flat[at + name]] : kinds[kind];
    if (kind === 'object' && what === 'HeapDiff') continue;
    nodes.set(flat[at + id], { what, bytes: flat[at + size] });
    bytes += flat[at + size];
  }
  return { nodes, bytes };
}

function count({ what, bytes }, sign) {
  if (what === undefined) return;
  const entry = details.get(what) ?? { what, size_bytes: 0, '+': 0, '-': 0 };
  entry.size_bytes += sign * bytes;
  entry[sign > 0 ? '+' : '-'] += 1;
  details.set(what, entry);
}
