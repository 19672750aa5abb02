import { readdirSync, readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { composeRoles, parseRole, type Role, RoleError } from '../src/composition.ts';

const limits = { maxTurns: 1, maxTokens: 1, timeoutSeconds: 1 };
const role = (name: string, more: Partial<Role> = {}): Role => ({ name, description: name, limits, ...more });

const folder = new URL('../roles/', import.meta.url);
const files = readdirSync(folder);
const roles = files.map((file) => parseRole(readFileSync(new URL(file, folder), 'utf8'), file));

describe('the role files', () => {
  it('compose into what each role may do', () => {
    const composed = composeRoles(roles);
    expect([...composed.keys()]).toEqual(files.map((file) => file.replace('.yaml', '')));
    expect(composed.get('performance-engineer')).toMatchObject({
      description: 'Finds out what became slower and makes it fast again.',
      lineage: ['base', 'developer', 'reviewer', 'performance-engineer'],
      capabilities: ['read-files', 'report', 'write-code', 'run-tests', 'review-code', 'measure', 'profile'],
      tools: { files: { read: ['**/*'], write: ['src/**', 'test/**', 'perf/**'] } },
      limits: { maxTurns: 30, maxTokens: 120_000, timeoutSeconds: 3_600 },
    });
  });

  it('join the prompts from the general to the special, each once', () => {
    const prompt = composeRoles(roles).get('performance-engineer')?.prompt ?? '';
    const starts = ['Work on the task', 'Read the code', 'Name the file', 'Measure before'];
    const places = starts.map((start) => prompt.indexOf(start));
    expect(places).toEqual(places.toSorted((a, b) => a - b));
    expect(prompt.split('Work on the task')).toHaveLength(2);
  });

  it('are not changed by being composed', () => {
    const before = structuredClone(roles);
    composeRoles(roles);
    expect(roles).toEqual(before);
  });
});

describe('parseRole', () => {
  it('names file, line and column of a slip in the YAML', () => {
    expect(() => parseRole('name: a\ndescription: "open', 'a.yaml')).toThrow(/^a\.yaml: .*line 2, column/s);
  });

  it.each([
    ['nothing', '', 'expected object'],
    ['a field it does not know', 'name: a\ndescription: b\nextend: [c]', 'extend'],
    ['a name with a blank', 'name: a b\ndescription: c', 'name'],
    ['a limit of the wrong kind', 'name: a\ndescription: b\nlimits: { maxTurns: many }', 'limits.maxTurns'],
    ['a permission that is no list', 'name: a\ndescription: b\ntools: { sh: { run: all } }', 'tools.sh.run'],
  ])('refuses %s', (_what, text, seen) => {
    const parsing = () => parseRole(text, 'bad.yaml');
    expect(parsing).toThrow(RoleError);
    expect(parsing).toThrow(
      expect.objectContaining({ code: 'shape', message: expect.stringContaining(seen) }),
    );
  });
});

describe('composeRoles', () => {
  it('lets the later parent win over the earlier, and the role over both', () => {
    const composed = composeRoles([
      role('a', { limits: { maxTurns: 1, maxTokens: 1, timeoutSeconds: 1 } }),
      role('b', { limits: { maxTurns: 2, maxTokens: 2, timeoutSeconds: 1 } }),
      role('c', { extends: ['a', 'b'], limits: { maxTurns: 3 } }),
    ]);
    expect(composed.get('c')?.limits).toEqual({ maxTurns: 3, maxTokens: 2, timeoutSeconds: 1 });
  });

  it.each([
    ['duplicate', [role('a'), role('a')], 'Two roles are named "a".'],
    ['unknown-parent', [role('a', { extends: ['z'] })], '"a" extends "z", which is none of a.'],
    ['cycle', [role('a', { extends: ['a'] })], 'Roles extend each other: a → a.'],
    [
      'cycle',
      [role('start', { extends: ['a'] }), role('a', { extends: ['b'] }), role('b', { extends: ['a'] })],
      'Roles extend each other: a → b → a.',
    ],
    [
      'incomplete',
      [role('a', { limits: { maxTurns: 1 } })],
      '"a" needs the limits maxTurns, maxTokens and timeoutSeconds.',
    ],
  ] as const)('refuses roles with the fault %s', (code, given, message) => {
    expect(() => composeRoles(given)).toThrow(expect.objectContaining({ code, message }));
  });
});
