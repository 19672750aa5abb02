import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, it } from 'vitest';
import { numbers } from './numbers.js';
import { node, quickConfig, runVitest, storeBaseline, testProject } from './test-project.js';

const perfFile = `
import { bench, suite } from '@perf/bench';
import { insertionSorted, pairs, sorted } from './numbers.js';
const numbers = Array.from({ length: 5_000 }, (_, index) => (index * 7919) % 5_000);
export default suite('numbers', {
  sorted: bench(() => sorted(numbers)),
  'by insertion': bench(() => insertionSorted(numbers)),
  pairs: bench(({ size }) => pairs(numbers.slice(0, size)), { params: { size: [10, 100] } }),
  broken: bench(() => { throw new Error('out of numbers'); }),
  skipped: { ...bench(() => sorted(numbers)), mode: 'skip' },
});
`;

/** Of the figures that tell a run apart, only that they are there. */
const figure = String.raw`[\d.,]+ ?[^\s:;,]*`;

it('explains in Vitest what did not hold, what is undecided and what could not be measured', () => {
  const root = testProject({
    'numbers.js': numbers,
    'numbers.perf.ts': perfFile,
    'perf.config.yaml': quickConfig,
    'failing.test.ts': `
import { expect, test } from 'vitest';
import { fn, probe } from '@perf/expect/vitest';
const quick = { processes: 2, time: '20ms', warmup: '50ms' } as const;
const once = { ...quick, processes: 1 };
const slow = { timeout: 60_000 };
const named = (title: string, params = {}) => probe(new URL('./numbers.perf.ts', import.meta.url), title, params);

test('slower', slow, async () => {
  await expect('./numbers.perf.ts › numbers › by insertion').toBeFasterThan('numbers › sorted', quick);
});
test('undecided', slow, async () => {
  await expect(named('numbers › sorted')).toBeFasterThan('numbers › by insertion', once);
});
test('not, undecided', slow, async () => {
  await expect(named('numbers › pairs', { size: 10 })).not.toAllocateAtMost(1, once);
});
test('undecided may pass', slow, async () => {
  await expect(named('numbers › pairs (size=10)')).toAllocateAtMost(1, { ...once, undecided: 'pass' });
});
test('hungry', slow, async () => {
  const pairs = fn(new URL('./numbers.js', import.meta.url), 'pairs', { args: [new Float64Array(100)] });
  await expect(pairs).toAllocateAtMost('1KB', quick);
});
test('a throwing probe', slow, async () => {
  await expect(named('numbers › broken')).not.toAllocateAtMost(1, quick);
});
test('no time', async () => {
  await expect(named('numbers › sorted')).toBeFasterThan('numbers › by insertion');
});
test('no history', slow, async () => {
  await expect(named('numbers › sorted')).not.toRegress();
});
test('no such probe', slow, async () => {
  await expect(named('numbers › sort')).toAllocateAtMost(1, quick);
});
test('several points', slow, async () => {
  await expect(named('numbers › pairs')).toAllocateAtMost(1, quick);
});
test('skipped', slow, async () => {
  await expect(named('numbers › skipped')).toAllocateAtMost(1, quick);
});
test('a function of the test file', slow, async () => {
  await expect(() => 1).toAllocateAtMost(1);
});
`,
  });
  const { tests, output } = runVitest(root);
  const said = (name: string) => tests[name]?.message;
  const passed = Object.entries(tests).filter(([, { status }]) => status === 'passed');
  expect(passed.map(([name]) => name)).toEqual(['undecided may pass']);

  expect(said('slower')).toMatch(
    new RegExp(
      [
        `numbers › by insertion is not faster than numbers › sorted by 5 %: ${figure} × slower.`,
        '',
        `  time         ${figure} against ${figure}: ${figure} × slower, interval ${figure} × to ${figure} × at 66.6 %; ratio ${figure} \\(${figure} to ${figure}\\), p = 0.333`,
        '  processes    2 processes each',
        '  wanted       the whole interval of the ratio below 0.952 \\(by 5 %\\)',
        '  places       numbers.perf.ts:7, numbers.perf.ts:6',
        '  look closer  npx perfkit run numbers.perf.ts --only "numbers ›" --processes 10',
      ].join('\n'),
    ),
  );
  expect(said('undecided')).toContain(
    'was not shown to be faster than numbers › by insertion by 5 %: undecided.',
  );
  expect(said('undecided')).toMatch(/to decide {4}about 1 more process on each side: \{ processes: 2 \}/);
  const undecided =
    'numbers › pairs (size=10) was not shown to allocate at most 1 B per operation: undecided.';
  expect(said('not, undecided')).toContain(undecided);
  expect(said('not, undecided')).toContain(
    '1 more: 2 processes are the fewest that attain 50 %: { processes: 2 }',
  );
  expect(output.slice(output.indexOf('✓ failing.test.ts > undecided may pass'))).toContain(undecided);
  expect(said('hungry')).toMatch(
    /numbers\.js › pairs\(… [0-9a-f]{6}\) allocates more than 1,?000 B per operation: /,
  );
  expect(said('hungry')).toContain('numbers.js:22');
  expect(said('a throwing probe')).toContain('numbers › broken: failed in process 1: out of numbers');
  expect(said('no time')).toMatch(
    /Measuring takes up to [\d.]+ s \(10 processes\), and the test has [\d.]+ s left/,
  );
  expect(said('no time')).toContain('Give the test a timeout of');
  expect(said('no history')).toContain('npx perfkit run && npx perfkit baseline set');
  expect(said('no such probe')).toContain('The file has "numbers › sorted", "numbers › by insertion"');
  expect(said('several points')).toContain(
    'Give its parameters: "numbers › pairs (size=10)", "numbers › pairs (size=100)".',
  );
  expect(said('skipped')).toContain('"numbers › skipped" is not measured: it is marked skip.');
  expect(said('a function of the test file')).toContain("fn(new URL('./a.js', import.meta.url), 'export')");
});

it('tells in node:test a regression against the stored baseline from what is as it was', () => {
  const root = testProject({
    'numbers.js': numbers,
    'numbers.perf.ts': perfFile,
    'perf.config.yaml': `${quickConfig}services: { numbers: { threshold: 300% } }\n`,
    'a.test.mjs': `
import assert from 'node:assert';
import { test } from 'node:test';
import { assertFasterThan, assertNoRegression, probe } from '@perf/expect';
const sorted = probe(new URL('./numbers.perf.ts', import.meta.url), 'numbers › sorted');
test('as it was', async () => {
  await assertNoRegression(sorted, { processes: 2 });
});
test('undecided', async () => {
  const outcome = await assertNoRegression(sorted, { processes: 1 });
  assert.equal(outcome.state, 'undecided');
  await assert.rejects(assertNoRegression(sorted, { processes: 1, undecided: 'fail' }), {
    name: 'AssertionError',
    code: 'ERR_ASSERTION',
    operator: 'assertNoRegression',
    message: /to decide +time: about \\d+ more process(es)? on each side: \\{ processes: \\d+ \\} here, and a baseline run with --processes \\d+/,
  });
});
`,
  });
  storeBaseline(root, 'numbers › sorted');
  const before = node(root, '--test', '--test-reporter=tap');
  expect(before.status, before.stdout).toBe(0);

  writeFileSync(
    join(root, 'numbers.js'),
    numbers.replace('toSorted(', 'flatMap((n) => Array(50).fill(n)).toSorted('),
  );
  const after = node(root, '--test', '--test-reporter=tap', '--test-name-pattern=as it was');
  expect(after.status).toBe(1);
  expect(after.stdout).toContain('not ok 1 - as it was');
  expect(after.stdout).toMatch(
    /numbers › sorted regressed against the baseline: time .* × slower, heap .* × hungrier\./,
  );
  expect(after.stdout).toMatch(/now, was .*: regressed, critical/);
  expect(after.stdout).toMatch(/processes +2 processes each/);
  expect(after.stdout).toContain('300 % worse still counts as equal');
  expect(after.stdout).toMatch(/baseline +run [0-9a-f]{8} of .* UTC, the baseline of work outside a branch/);
  expect(after.stdout).toContain(
    'npx perfkit run numbers.perf.ts --only "numbers › sorted" && npx perfkit advise',
  );
});
