import { readdirSync, readFileSync } from 'node:fs';
import { expect, it } from 'vitest';
import { documentJsonSchemas, documentKinds } from '../src/index.js';

const folder = new URL('../json/', import.meta.url);
const remedy = 'json/ is out of date: run `pnpm build && pnpm json` in packages/schema.';

it.each(Object.entries(documentJsonSchemas()))(
  'the JSON Schema of perf/%s is checked in as it is',
  (kind, schema) => {
    const file = JSON.parse(readFileSync(new URL(`${kind}.v1.schema.json`, folder), 'utf8'));
    expect(file, remedy).toEqual(JSON.parse(JSON.stringify(schema)));
  },
);

it('there is one file per kind and no other', () => {
  expect(readdirSync(folder).sort()).toEqual(documentKinds.map((kind) => `${kind}.v1.schema.json`).sort());
});
