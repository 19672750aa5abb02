import { expect, it } from 'vitest';
import { node, runVitest, testProject } from './test-project.js';

/** Hunts take seconds each, and more of them where others work on the machine. */
const LONG = { timeout: 900_000 };

const figure = String.raw`[\d.,]+ ?[^\s:;,]*`;
const perfFile = `
import { leak, suite } from '@perf/leak';
import { bench } from '@perf/bench';
const sessions = new Map();
let next = 0;
export default suite('sessions', {
  opened: leak(() => { sessions.set(next++, { id: next }); }, { blocks: 6 }),
  closed: leak(() => { sessions.set('one', { id: next }); }, { blocks: 6 }),
  timed: bench(() => sessions.get('one')),
});
`;

it('explains in Vitest what leaks, what is undecided and what could not be found out', LONG, () => {
  const root = testProject({
    'sessions.perf.ts': perfFile,
    'bus.ts': `import { EventEmitter } from 'node:events';

/** Lines that are gone when it runs. */
interface Message {
  readonly text: string;
}

export const bus: EventEmitter = new EventEmitter().setMaxListeners(0);

export function subscribe(message: Message): () => void {
  const listener = () => message;
  bus.on('message', listener);
  return () => bus.off('message', listener);
}
`,
    'leaks.test.ts': `
import { setTimeout as pause } from 'node:timers/promises';
import { expect, test } from 'vitest';
import { fn, probe } from '@perf/expect/vitest';
import { bus, subscribe } from './bus.js';
const slow = { timeout: 120_000 };
const blocks = 6;
const of = (name: string) => probe(new URL('./sessions.perf.ts', import.meta.url), 'sessions › ' + name);

test('leaking', slow, async () => {
  await expect(() => subscribe({ text: 'hello' })).not.toLeak({ blocks });
});
test('leaking as it should', slow, async () => {
  await expect(() => subscribe({ text: 'hello' })).toLeak({ blocks });
});
test('fixed', slow, async () => {
  bus.removeAllListeners();
  await expect(() => subscribe({ text: 'hello' })()).not.toLeak({ blocks });
});
test('in a variable', slow, async () => {
  const kept = new Set();
  await expect(() => { kept.add({}); }).not.toLeak({ blocks });
});
test('allowed', slow, async () => {
  await expect(() => subscribe({ text: 'hello' })).not.toLeak({ blocks, allow: [/^_events: /] });
});
test('timers', slow, async () => {
  const timers = [];
  const setTimer = () => { timers.push(setTimeout(() => undefined, 1e8)); };
  await expect(setTimer).not.toLeak({ blocks, resources: ['handle'] }).finally(() => timers.map(clearTimeout));
});
test('undecided', slow, async () => {
  await expect(() => pause(150)).not.toLeak({ timeout: '1s' });
});
test('undecided may pass', slow, async () => {
  await expect(() => pause(150)).not.toLeak({ timeout: '1s', undecided: 'pass' });
});
test('throwing', slow, async () => {
  await expect(() => { throw new RangeError('out of sessions'); }).not.toLeak();
});
test('no time', async () => {
  await expect(() => undefined).not.toLeak();
});
test('no such resource', async () => {
  await expect(() => undefined).not.toLeak({ resources: ['ram' as never] });
});
test('processes of a function', async () => {
  await expect(() => undefined).not.toLeak({ processes: 2 });
});
test('an exported function', slow, async () => {
  await expect(fn(new URL('./bus.ts', import.meta.url), 'subscribe')).not.toLeak();
});
test('leaking probe', slow, async () => {
  await expect(of('opened')).not.toLeak();
});
test('fixed probe', slow, async () => {
  await expect('./sessions.perf.ts › sessions › closed').not.toLeak();
});
test('a probe of time', slow, async () => {
  await expect(of('timed')).not.toLeak();
});
test('options of a probe', slow, async () => {
  await expect(of('closed')).not.toLeak({ allow: ['Map'] });
});
`,
  });
  const { tests, output } = runVitest(root);
  const said = (name: string) => tests[name]?.message ?? '';
  const passed = Object.entries(tests).filter(([, { status }]) => status === 'passed');
  expect(
    passed.map(([name]) => name),
    output,
  ).toEqual(['leaking as it should', 'fixed', 'allowed', 'undecided may pass', 'fixed probe']);

  const leaking = said('leaking');
  expect(leaking).toMatch(
    new RegExp(
      [
        `The function leaks heap, ${figure} per iteration\\.`,
        '',
        `  heap +leaking: ${figure} per iteration, interval ${figure} to ${figure} \\w+; .* are full after ${figure} more iterations`,
      ].join('\n'),
    ),
  );
  expect(leaking).toMatch(/ {2}file descriptors +steady; it could have seen [\d.]+ per iteration\n/);
  expect(leaking).toMatch(/ {2}resident memory +not counted; /);
  // A step for each object, from its module on, or from the function where that is what holds it: what called is no cause.
  expect(leaking).toMatch(
    /held by +\/bus\.ts\n( +\S.*\n)* +(bus: )?EventEmitter\n +_events: Object\n +message: Array\n/,
  );
  expect(said('in a variable')).toMatch(/held by +the function given\n +kept: Set\n/);
  // Lines of the source, not of what Vitest made of it.
  expect(leaking).toMatch(
    / {2}made at +subscribe bus\.ts:10\n +called by +\(anonymous\) leaks\.test\.ts:11\n/,
  );
  expect(leaking).toMatch(/ {2}grew +Function × \d+ \(/);
  expect(leaking).toMatch(/ {2}next +remove the listener where the work ends: off\(name, listener\)/);
  expect(leaking).toContain('if that is meant: { allow: ["message: Array"] }');

  expect(said('timers')).toMatch(/setTimer\(\) leaks handles, 1(\.00)? per iteration\./);
  expect(said('timers')).toMatch(/left open +Timeout × \d+\n/);
  expect(said('timers')).toContain('end timers: clearTimeout()');
  expect(said('timers')).toMatch(/ {2}heap +not counted; /);
  expect(said('undecided')).toContain('The function: whether it leaks is undecided.');
  expect(said('undecided')).toMatch(/note +.*The time was up after \d+ blocks, too few to judge/s);
  expect(said('undecided')).toMatch(/to decide +heap, .*more iterations, a longer timeout/);
  expect(output.slice(output.indexOf('✓ leaks.test.ts > undecided may pass'))).toContain(
    'whether it leaks is undecided.',
  );
  expect(said('throwing')).toContain('out of sessions');
  expect(said('no time')).toMatch(
    /A hunt for leaks takes up to 20\.0 s, and the test has [\d.]+ s left\. Give/,
  );
  expect(said('no such resource')).toContain(
    'resources is ["ram"]. Give some of heap, external, rss, fd, handle.',
  );
  expect(said('processes of a function')).toContain('a function stays in its process');
  expect(said('an exported function')).toContain('Give the function itself');

  expect(said('leaking probe')).toMatch(/^\w*Error: sessions › opened leaks heap, /);
  expect(said('leaking probe')).toMatch(/ {2}resident memory +(?!not counted)/);
  expect(said('leaking probe')).toMatch(/sessions: Map\n +Object\n/);
  expect(said('leaking probe')).toMatch(/made at +\S+ sessions\.perf\.ts:7\n/);
  expect(said('leaking probe')).toContain('remove from "sessions: Map" what was added when the work is done');
  expect(said('leaking probe')).toMatch(/place +sessions\.perf\.ts:7\n/);
  expect(said('leaking probe')).toContain('npx perfkit run sessions.perf.ts --only "sessions › opened"');
  expect(said('a probe of time')).toContain('sessions › timed does not look for leaks.');
  expect(said('options of a probe')).toContain('Give it to leak() in the perf file');
});

it('says the same in node:test', LONG, () => {
  const root = testProject({
    'a.test.mjs': `
import assert from 'node:assert';
import { test } from 'node:test';
import { expectNoLeak, leakage } from '@perf/expect';
const sessions = new Map();
let next = 0;
const open = () => { sessions.set(next++, { id: next }); };
test('a leak', async () => {
  await assert.rejects(expectNoLeak(open, { blocks: 6 }), (error) => {
    assert.equal(error.code, 'ERR_ASSERTION');
    assert.equal(error.operator, 'expectNoLeak');
    assert.match(error.message, /^open\\(\\) leaks heap, /);
    assert.match(error.message, /sessions: Map\\n +Object\\n/);
    assert.match(error.message, /made at +open a\\.test\\.mjs:7\\n/);
    assert.equal(error.outcome.state, 'shown');
    const [heap] = error.outcome.leaks;
    assert.equal(heap.resource, 'heap');
    assert.equal(heap.verdict, 'leaking');
    assert.equal(error.outcome.leaks.find(({ resource }) => resource === 'fd').verdict, 'steady');
    return true;
  });
});
test('none', async () => {
  const { state, explanation } = await expectNoLeak(() => { sessions.set('one', {}); }, { blocks: 6 });
  assert.equal(state, 'refuted');
  assert.match(explanation, /^The function does not leak\\.\\n/);
});
test('an abort', async () => {
  const signal = AbortSignal.timeout(100);
  await assert.rejects(leakage(open, { signal }), { name: 'TimeoutError' });
});
test('no function', async () => {
  await assert.rejects(expectNoLeak(5), { code: 'expect/subject' });
});
`,
  });
  const { stdout, status } = node(root, '--test', '--test-reporter=tap');
  expect(status, stdout).toBe(0);
});
