import { closeSync, openSync } from 'node:fs';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { describe, expect, it } from 'vitest';
import { watchLeftovers } from '../src/index.js';
import { node, runVitest, testProject } from './test-project.js';

describe('watchLeftovers()', () => {
  it('tells by kind what is open that was not, with places of what keeps the loop alive', async () => {
    const end = watchLeftovers({ settle: '50ms' });
    const timers = [1, 2, 3].map(() => setInterval(() => undefined, 1e6));
    const files = [openSync('/dev/null', 'r'), openSync('/dev/null', 'r')];
    const { state, explanation } = await end();
    for (const timer of timers) clearInterval(timer);
    for (const file of files) closeSync(file);
    expect(state).toBe('shown');
    expect(explanation).toMatch(/^Left open: \/dev\/null × 2, Timeout × 3\.\n/);
    expect(explanation).toMatch(/ {2}opened +Timeout at \S*leftovers\.test\.ts:11, 3 times\n/);
    expect(explanation).toContain('if that is meant: { allow: ["/dev/null","Timeout"] }');
  });

  it('forgets what was closed in time, and waits for what closes by itself', async () => {
    const end = watchLeftovers();
    const server = createServer((_, response) => response.end('hello')).listen(0);
    await new Promise((resolve) => server.once('listening', resolve));
    const { port } = server.address() as AddressInfo;
    await (await fetch(`http://localhost:${port}`)).text();
    server.close();
    const late = openSync('/dev/null', 'r');
    setTimeout(() => closeSync(late), 200);
    const outcome = await end();
    expect(outcome, outcome.explanation).toMatchObject({ state: 'refuted' });
  });

  it('leaves out what is allowed, and what it is not asked for', async () => {
    const quick = { settle: '1ms' } as const;
    const ends = [
      watchLeftovers({ ...quick, allow: ['null', /^Time/] }),
      watchLeftovers({ ...quick, descriptors: false, allow: [/timeout/i] }),
      watchLeftovers({ ...quick, handles: false }),
    ];
    const timer = setInterval(() => undefined, 1e6);
    const file = openSync('/dev/null', 'r');
    const outcomes = [await ends[0]?.(), await ends[1]?.(), await ends[2]?.()];
    clearInterval(timer);
    closeSync(file);
    expect(outcomes.map((outcome) => outcome?.state)).toEqual(['refuted', 'refuted', 'shown']);
    expect(outcomes[2]?.explanation).toMatch(/^Left open: \/dev\/null × 1\.\n/);
  });

  it('refuses options that cannot be', () => {
    expect(() => watchLeftovers({ settle: '5' as never })).toThrow('settle is "5".');
    expect(() => watchLeftovers({ allow: [''] })).toThrow('allow is [""].');
    expect(() => watchLeftovers({ allow: 'Timeout' as never })).toThrow('allow is "Timeout".');
  });
});

describe('failOnLeftovers()', () => {
  const leaving = `
import { openSync } from 'node:fs';
import { createServer } from 'node:net';
import { afterAll, test } from 'vitest';
import { failOnLeftovers } from '@perf/expect/vitest';
failOnLeftovers({ settle: '300ms' });
const closed = createServer().listen(0);
const forgotten = createServer().listen(0);
afterAll(() => { closed.close(); });
test('a test', () => {
  openSync('/dev/null', 'r');
});
`;

  it('fails a file in Vitest by what it leaves, of every pool, and not by what it closes', () => {
    const root = testProject({
      'leaving.test.ts': leaving,
      'tidy.test.ts': leaving
        .replace('= createServer', '= undefined ?? createServer')
        .replace("openSync('/dev/null', 'r');", 'forgotten.close();'),
    });
    for (const pool of ['forks', 'threads']) {
      const { output } = runVitest(root, `--pool=${pool}`);
      expect(output).toMatch(/FAIL .*leaving\.test\.ts/);
      expect(output).not.toMatch(/FAIL .*tidy\.test\.ts/);
      // In a thread descriptors are those of all threads, and do not count.
      const left = pool === 'forks' ? 'socket × 1, /dev/null × 1, TCPServerWrap × 1' : 'TCPServerWrap × 1';
      expect(output).toContain(`Left open: ${left}.`);
      expect(output).toMatch(/opened +TCPServerWrap at leaving\.test\.ts:8\n/);
      expect(output).toContain('close what was opened, also when the work fails');
    }
  });

  it('watches every file from one of the setupFiles of Vitest', () => {
    const root = testProject({
      'vitest.config.js': "export default { test: { setupFiles: ['./watched.ts'] } };",
      'watched.ts': `
import { failOnLeftovers } from '@perf/expect/vitest';
failOnLeftovers({ settle: '300ms', allow: ['/dev/null'] });
`,
      'leaving.test.ts': "import { test } from 'vitest';\ntest('a', () => { setInterval(() => 1, 1e6); });\n",
      'allowed.test.ts':
        "import { openSync } from 'node:fs';\nimport { test } from 'vitest';\ntest('b', () => { openSync('/dev/null'); });\n",
    });
    const { output } = runVitest(root);
    expect(output).toMatch(/FAIL .*leaving\.test\.ts/);
    expect(output).toMatch(/opened +Timeout at leaving\.test\.ts:2\n/);
    expect(output).not.toMatch(/FAIL .*allowed\.test\.ts/);
  });

  it('fails a file in node:test, after the hooks of the file itself', () => {
    const root = testProject({
      'leaving.test.mjs': `
import { after, test } from 'node:test';
import { failOnLeftovers } from '@perf/expect';
failOnLeftovers(after, { settle: '300ms' });
const [closed, forgotten] = [1, 2].map(() => setInterval(() => undefined, 1e6));
test('a test', () => undefined);
after(() => clearInterval(closed));
`,
      'tidy.test.mjs': `
import { after, test } from 'node:test';
import { failOnLeftovers } from '@perf/expect';
failOnLeftovers(after);
const timer = setInterval(() => undefined, 1e6);
test('a test', () => undefined);
after(() => clearInterval(timer));
`,
    });
    const tidy = node(root, '--test', '--test-force-exit', '--test-reporter=tap', 'tidy.test.mjs');
    expect(tidy.status, tidy.stdout).toBe(0);
    const leaving = node(root, '--test', '--test-force-exit', '--test-reporter=tap', 'leaving.test.mjs');
    expect(leaving.status).toBe(1);
    expect(leaving.stdout).toContain('Left open: Timeout × 1.');
    expect(leaving.stdout).toMatch(/opened +Timeout at leaving\.test\.mjs:5\n/);
  });
});
