import { describe, expect, it } from 'vitest';
import { collectable, expectCollectable, PerfAssertionError } from '../src/index.js';
import { runVitest, testProject } from './test-project.js';

class Session {
  readonly id = 1;
}

const cache = new Map<string, object>();
const keep = () => {
  const session = new Session();
  cache.set('kept', session);
  return session;
};

describe('expectCollectable()', () => {
  it('passes where nothing holds the object, also that of an async function', async () => {
    expect(await expectCollectable(() => new Session())).toMatchObject({
      state: 'shown',
      explanation: 'The object is collected: nothing holds it.',
    });
    await expectCollectable(async () => new Session());
  });

  it('fails with the retaining path and what to do', async () => {
    const failure = await expectCollectable(keep).catch((error: unknown) => error);
    expect(failure).toBeInstanceOf(PerfAssertionError);
    expect(failure).toMatchObject({ operator: 'expectCollectable', outcome: { state: 'refuted' } });
    const { message } = failure as Error;
    expect(message).toMatch(
      /^The object of class Session is not collected: something holds it\.\n\n {2}held by /,
    );
    expect(message).toMatch(/Map\n +Session\n {2}next +remove from "(cache: )?Map" what was/);
  });

  it('tells a variable of the function itself', async () => {
    const own = new Session();
    const { state, explanation } = await collectable(() => own);
    expect(state).toBe('refuted');
    expect(explanation).toMatch(/held by {2}the function given\n +own: Session\n/);
    expect(explanation).toContain('make the object inside of it');
  });

  it('says so where the time is too short for the path', async () => {
    const { state, explanation } = await collectable(keep, { within: '600ms', settle: '1ms' });
    expect(state).toBe('refuted');
    expect(explanation).toMatch(/note +What holds it is not known: a heap snapshot takes about [\d.]+ s/);
    expect(explanation).toContain('give the test a longer timeout');
  });

  it('throws what keeps it from finding out, and what the function throws', async () => {
    await expect(expectCollectable(() => 'text')).rejects.toMatchObject({
      name: 'ExpectError',
      code: 'leak/no-object',
      message:
        'The function made string, which is no object that is collected. Return the object that should be: () => makeIt().',
    });
    await expect(expectCollectable(undefined as never)).rejects.toMatchObject({
      code: 'leak/not-a-function',
    });
    await expect(expectCollectable(keep, { settle: 'long' as never })).rejects.toMatchObject({
      code: 'expect/option',
    });
    const failing = () => Promise.reject(new RangeError('none left'));
    await expect(expectCollectable(failing)).rejects.toThrow(RangeError);
    const signal = AbortSignal.timeout(50);
    await expect(expectCollectable(keep, { settle: '60s', signal })).rejects.toMatchObject({
      name: 'TimeoutError',
    });
  });
});

it('holds in Vitest what spies and listeners keep against an object, and not what Vitest does', () => {
  const root = testProject({
    'a.test.ts': `
import { EventEmitter } from 'node:events';
import { expect, test, vi } from 'vitest';
import '@perf/expect/vitest';
const slow = { timeout: 60_000 };
const bus = new EventEmitter();
class Session { id = 1; }

test('free', async () => {
  await expect(() => new Session()).toBeCollectable();
});
test('printed', async () => {
  await expect(() => { const session = new Session(); console.log(session); return session; }).toBeCollectable();
});
test('compared', async () => {
  await expect(() => { const session = new Session(); expect(session).toEqual({ id: 1 }); return session; }).toBeCollectable();
});
test('awaited', async () => {
  await expect(async () => { const session = new Session(); await import('node:fs'); return session; }).toBeCollectable();
});
test('listening', slow, async () => {
  await expect(() => { const session = new Session(); bus.on('end', () => session); return session; }).toBeCollectable();
});
test('held as it should', async () => {
  const session = new Session();
  await expect(() => session).not.toBeCollectable();
});
test('returned by a spy', slow, async () => {
  const open = vi.fn(() => new Session());
  await expect(open).toBeCollectable();
});
test('given to a spy', slow, async () => {
  const seen = vi.fn();
  await expect(() => { const session = new Session(); seen(session); return session; }).toBeCollectable();
});
test('given to a spy that is cleared', async () => {
  const seen = vi.fn();
  await expect(() => { const session = new Session(); seen(session); vi.clearAllMocks(); return session; }).toBeCollectable();
});
test('free, unexpectedly', async () => {
  await expect(() => new Session()).not.toBeCollectable();
});
test('no object', async () => {
  await expect(() => undefined).not.toBeCollectable();
});
test('no function', async () => {
  await expect(new Session()).toBeCollectable();
});
`,
  });
  const { tests, output } = runVitest(root);
  const said = (name: string) => tests[name]?.message ?? '';
  const passed = Object.entries(tests).filter(([, { status }]) => status === 'passed');
  expect(
    passed.map(([name]) => name),
    output,
  ).toEqual([
    'free',
    'printed',
    'compared',
    'awaited',
    'held as it should',
    'given to a spy that is cleared',
  ]);
  expect(said('listening')).toMatch(/EventEmitter\n +_events: Object\n +end: \(\)\n +session: Session\n/);
  expect(said('listening')).toContain('remove the listener where the work ends');
  expect(said('returned by a spy')).toMatch(/[rR]esults: Array\n +\[\]: Object\n +value: Session\n/);
  expect(said('given to a spy')).toMatch(/calls: Array\n +\[\]: Array\n +\[\]: Session\n/);
  for (const name of ['returned by a spy', 'given to a spy'])
    expect(said(name)).toContain('vi.clearAllMocks()');
  expect(said('free, unexpectedly')).toContain('The object is collected: nothing holds it.');
  expect(said('no object')).toContain('The function made undefined');
  expect(said('no function')).toContain('measures a function');
});
