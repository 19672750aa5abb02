import { z } from 'zod';
import { type Advice, adviceSchema } from './advice.js';
import { type Comparison, comparisonSchema } from './comparison.js';
import { type Measurement, measurementSchema } from './measurement.js';
import { PerfError, type PerfErrorOptions } from './perf-error.js';
import { type Run, runSchema } from './run.js';
import { type Trend, trendSchema } from './trend.js';

/** The documents by kind. */
export interface Documents {
  measurement: Measurement;
  run: Run;
  comparison: Comparison;
  trend: Trend;
  advice: Advice;
}
export type DocumentKind = keyof Documents;
export type PerfDocument = Documents[DocumentKind];

const readable = {
  measurement: { major: 1, schema: measurementSchema },
  run: { major: 1, schema: runSchema },
  comparison: { major: 1, schema: comparisonSchema },
  trend: { major: 1, schema: trendSchema },
  advice: { major: 1, schema: adviceSchema },
} satisfies Record<DocumentKind, { major: number; schema: z.ZodType }>;

export const documentKinds: readonly DocumentKind[] = Object.keys(readable) as DocumentKind[];

/** A document that cannot be read: `not-a-document`, `other-kind`, `newer-major`, `older-major` or `invalid`. */
export class DocumentError extends PerfError {
  override readonly name = 'DocumentError';

  constructor(code: `document/${string}`, message: string, options?: PerfErrorOptions) {
    super(code, message, options);
  }
}

/**
 * Checks that a value is a document of one kind and of the major version that this reader knows.
 *
 * Fields it does not know are kept: a newer minor version wrote them. Does not mutate its argument.
 *
 * @param kind - The kind that the caller can deal with.
 * @param value - Parsed JSON of any origin.
 * @returns The document, as a copy.
 * @throws {DocumentError} with what was seen and the path of the first field that is wrong.
 */
export function readDocument<Kind extends DocumentKind>(kind: Kind, value: unknown): Documents[Kind] {
  const { kind: seenKind, major } = documentHeader(value);
  if (seenKind !== kind) {
    throw new DocumentError(
      'document/other-kind',
      `This is a perf/${seenKind} document, not a perf/${kind}.`,
      {
        seen: seenKind,
        remedy: `Give a file whose "schema" is "perf/${kind}@${readable[kind].major}".`,
      },
    );
  }
  const known = readable[kind].major;
  if (major > known) {
    throw new DocumentError(
      'document/newer-major',
      `This perf/${kind} document has major version ${major}; this perfkit reads version ${known}.`,
      { seen: major, remedy: 'Update perfkit, or write the document again with this version.' },
    );
  }
  if (major < known) {
    throw new DocumentError('document/older-major', `perf/${kind}@${major} is no longer read.`, {
      seen: major,
      remedy: `Convert it with a perfkit that wrote version ${known}.`,
    });
  }
  const read = readable[kind].schema.safeParse(value);
  if (read.success) return read.data as Documents[Kind];
  const issue = deepest(read.error.issues);
  const more = read.error.issues.length - 1;
  const others = more === 0 ? '' : ` ${more} more ${more === 1 ? 'is' : 'are'} wrong.`;
  throw new DocumentError(
    'document/invalid',
    `perf/${kind}: ${pathText(issue.path)}: ${issue.message}.${others}`,
    {
      seen: issue.path,
      remedy: 'Write the document again with the tool that made it, or correct the field.',
    },
  );
}

/**
 * The kind and major version in a document's `schema` field.
 *
 * @throws {DocumentError} `document/not-a-document` when there is none or perfkit has no such kind.
 */
export function documentHeader(value: unknown): { kind: DocumentKind; major: number } {
  const schema = value !== null && typeof value === 'object' && 'schema' in value ? value.schema : undefined;
  const match = typeof schema === 'string' ? /^perf\/([a-z]+)@(\d+)$/.exec(schema) : null;
  const kind = documentKinds.find((known) => known === match?.[1]);
  if (match === null || kind === undefined) {
    throw new DocumentError(
      'document/not-a-document',
      'This is no perfkit document: its "schema" field does not say which one it is.',
      {
        seen: schema,
        remedy: `Expected "perf/<kind>@<major>" with one of the kinds ${documentKinds.join(', ')}.`,
      },
    );
  }
  return { kind, major: Number(match[2]) };
}

/** The JSON Schemas of all documents by kind, draft 2020-12, as they are checked in under `json/`. */
export function documentJsonSchemas(): Record<DocumentKind, object> {
  const entries = documentKinds.map((kind) => {
    const { major, schema } = readable[kind];
    const json = z.toJSONSchema(schema, { target: 'draft-2020-12', io: 'input', reused: 'inline' });
    return [kind, { title: `perf/${kind}@${major}`, ...json }] as const;
  });
  return Object.fromEntries(entries) as Record<DocumentKind, object>;
}

/** Of the alternatives of a union, the failure that came furthest: the one the writer most likely meant. */
function deepest(issues: readonly z.core.$ZodIssue[]): z.core.$ZodIssue {
  const first = issues[0] as z.core.$ZodIssue;
  if (first.code !== 'invalid_union') return first;
  const inner = first.errors.map((branch) => branch.at(-1)).filter((issue) => issue !== undefined);
  const furthest = inner.toSorted((a, b) => b.path.length - a.path.length)[0];
  return furthest === undefined ? first : { ...furthest, path: [...first.path, ...furthest.path] };
}

function pathText(path: readonly PropertyKey[]): string {
  if (path.length === 0) return 'the document';
  return path
    .map((part) => (typeof part === 'number' ? `[${part}]` : `.${String(part)}`))
    .join('')
    .replace(/^\./, '');
}
