import { describe, expect, it } from 'vitest';
import { efforts, measureFolder } from './measuring.js';
import { perfFile, project } from './project.js';

const forever = 'await new Promise(() => setInterval(() => {}, 1000))';

describe('a run with probes that fail in every way', () => {
  it('gives each a failed measurement with its reason, and measures the others', async () => {
    const probes = {
      throws: "throw new TypeError('not today')",
      'throws later': `setTimeout(() => { throw new Error('too late') }, 5); ${forever}`,
      rejects: `Promise.reject(new Error('nobody waits')); ${forever}`,
      exits: "console.error('last words'); process.exit(3)",
      'exits with 0': 'process.exit(0)',
      'is killed': `process.kill(process.pid, 'SIGKILL'); ${forever}`,
      works: '',
    };
    const { measurements } = await measureFolder(project({ 'x.perf.ts': perfFile('x', probes) }));
    const seen = Object.fromEntries(measurements.map((m) => [m.probe.name, m]));
    expect(seen.works).toMatchObject({ status: 'ok' });
    expect(seen.throws).toMatchObject({
      status: 'failed',
      error: { code: 'TypeError', message: 'not today' },
    });
    expect(seen.throws?.error?.stack).toContain('x.perf.ts');
    expect(seen['throws later']).toMatchObject({ status: 'failed', error: { message: 'too late' } });
    expect(seen.rejects).toMatchObject({ status: 'failed', error: { message: 'nobody waits' } });
    expect(seen.exits).toMatchObject({ status: 'crashed', error: { exitCode: 3, output: 'last words' } });
    expect(seen['exits with 0']).toMatchObject({ status: 'crashed', error: { exitCode: 0 } });
    expect(seen['is killed']).toMatchObject({ status: 'crashed', error: { signal: 'SIGKILL' } });
  });

  it('keeps the beginning of an error message of megabytes', async () => {
    const root = project({
      'x.perf.ts': perfFile('x', { one: "throw new Error('long '.repeat(1_000_000))" }),
    });
    const { measurements } = await measureFolder(root);
    expect(measurements[0]?.error?.message).toMatch(/^long long .*… \(4995904 more characters\)$/);
  });

  it('takes a deadline beyond what timers can hold for the longest they can', async () => {
    const file = perfFile('x', { one: '' }).replace('params: {},', 'params: {}, deadlineMs: 1e12,');
    const { measurements } = await measureFolder(project({ 'x.perf.ts': file }));
    expect(measurements.map((m) => m.error)).toEqual([undefined]);
  });

  it('gives a measurement the id that follows from its content, whatever id it came with', async () => {
    const file = perfFile('x', { one: '' })
      .replace('return measurementOf({', 'return Object.assign(measurementOf({')
      .replace(/\}\);\n {2}\},\n\}\);/, "}), { id: 'same' });\n  },\n});");
    const { measurements } = await measureFolder(project({ 'x.perf.ts': file }), { effortOf: efforts(2) });
    expect(measurements.map((m) => m.status)).toEqual(['ok', 'ok']);
    expect(new Set(measurements.map((m) => m.id)).size).toBe(2);
  });

  it('kills at its deadline whatever waits, blocks or ignores SIGTERM', async () => {
    const probes = {
      waits: forever,
      blocks: 'for (;;);',
      'ignores SIGTERM': `process.removeAllListeners('SIGTERM').on('SIGTERM', () => {}); ${forever}`,
    };
    const root = project({ 'x.perf.ts': perfFile('x', probes) });
    const { measurements } = await measureFolder(root, { deadlineMs: 3000 });
    expect(measurements.map((m) => m.error?.code)).toEqual(Array(3).fill('runner/timed-out'));
    for (const { status, process: seen } of measurements) {
      expect(status).toBe('timed-out');
      expect(() => process.kill(seen.pid, 0)).toThrow('ESRCH');
    }
  });
});

describe('a perf file that cannot be used', () => {
  it('gives one failed measurement that names it, and the other files are measured', async () => {
    const root = project({
      'broken.perf.ts': 'export default {',
      'enum.perf.ts': 'enum A { B }\n',
      'nothing.perf.mjs': 'export const a = 1;',
      'missing.perf.mjs': "import 'no-such-package';",
      'works.perf.ts': perfFile('works', { one: '' }),
    });
    const { measurements } = await measureFolder(root);
    const seen = Object.fromEntries(measurements.map((m) => [m.probe.suite, m]));
    expect(seen.works?.status).toBe('ok');
    expect(seen['broken.perf.ts']).toMatchObject({ status: 'failed', probe: { kind: 'file' } });
    expect(seen['enum.perf.ts']?.error?.message).toContain('enum.perf.ts:1:1');
    expect(seen['enum.perf.ts']?.error?.code).toBe('runner/not-erasable');
    expect(seen['nothing.perf.mjs']?.error).toMatchObject({ code: 'runner/not-a-suite' });
    expect(seen['missing.perf.mjs']?.error?.message).toContain('no-such-package');
  });

  it('refuses a probe that another file has already', async () => {
    const root = project({
      'a.perf.ts': perfFile('x', { one: '' }),
      'b.perf.ts': perfFile('x', { one: '' }),
    });
    const { measurements } = await measureFolder(root);
    expect(measurements.map((m) => [m.probe.suite, m.status])).toEqual([
      ['b.perf.ts', 'failed'],
      ['x', 'ok'],
    ]);
    expect(measurements[0]?.error).toMatchObject({ code: 'runner/duplicate-probe' });
  });
});
