/**
 * Writes `json/<kind>.v<major>.schema.json` from the built package. Run after a change of the documents:
 * `pnpm build && pnpm json`. A test compares the files with the sources.
 */
import { mkdirSync, writeFileSync } from 'node:fs';
import { documentJsonSchemas } from '../dist/index.js';

const folder = new URL('../json/', import.meta.url);
mkdirSync(folder, { recursive: true });
for (const [kind, schema] of Object.entries(documentJsonSchemas())) {
  const major = schema.properties.schema.const.split('@')[1];
  writeFileSync(new URL(`${kind}.v${major}.schema.json`, folder), `${JSON.stringify(schema, null, 2)}\n`);
}
