import { readdirSync, readFileSync } from 'node:fs';
import { Ajv2020 } from 'ajv/dist/2020.js';
import { describe, expect, it } from 'vitest';
import { documentHeader, documentJsonSchemas, documentKinds, readDocument } from '../src/index.js';

const folder = new URL('../examples/', import.meta.url);
const examples = readdirSync(folder).flatMap((version) =>
  readdirSync(new URL(`${version}/`, folder)).map((file) => `${version}/${file}`),
);
const validators = new Map(
  Object.entries(documentJsonSchemas()).map(([kind, json]) => [kind, validator(json)]),
);

describe.each(examples)('examples/%s', (file) => {
  const document: unknown = JSON.parse(readFileSync(new URL(file, folder), 'utf8'));

  it('can still be read, and nothing of it is lost', () => {
    const { kind } = documentHeader(document);
    expect(readDocument(kind, document)).toEqual(document);
  });

  it('is valid by the JSON Schema of its kind', () => {
    const validate = validators.get(documentHeader(document).kind);
    validate?.(document);
    expect(validate?.errors).toBeNull();
  });

  it('is in the folder of its major version, under the name of its kind', () => {
    const { kind, major } = documentHeader(document);
    expect(file).toBe(`v${major}/${kind}.json`);
  });
});

it('there is an example of every kind', () => {
  expect(examples.map((file) => file.replace(/^v\d+\/(.*)\.json$/, '$1'))).toEqual(
    expect.arrayContaining([...documentKinds]),
  );
});

it.each(documentKinds)('the JSON Schema of perf/%s refuses another kind of document', (kind) => {
  expect(validators.get(kind)?.({ schema: 'perf/other@1' })).toBe(false);
});

function validator(json: object) {
  // The documents say `format: date-time` beside a pattern; the pattern decides.
  return new Ajv2020({ allErrors: true, validateFormats: false, allowUnionTypes: true }).compile(json);
}
