import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { measureFolder } from './measuring.js';
import { project } from './project.js';

/** A perf file of these probes: each a call of `probe(body)`, with whatever is around it. */
function perfFile(suite: string, probes: Readonly<Record<string, string>>): string {
  const entries = Object.entries(probes).map(([name, made]) => `${JSON.stringify(name)}: ${made}`);
  return `
import { fails, measurementOf, only, skip, suite } from '@perf/schema';
const probe = (body = () => {}, rest = {}) => ({
  kind: 'fixture',
  params: {},
  ...rest,
  async measure(context) {
    await body();
    return measurementOf({
      probe: context.probe,
      process: { index: context.processIndex, pid: process.pid },
      startedAt: new Date().toISOString(),
      elapsed: 1,
      seed: context.seed,
      status: 'ok',
      metrics: [{ name: 'time', unit: 'ns', better: 'lower', value: 1, judged: true }],
    });
  },
});
export default suite(${JSON.stringify(suite)}, { ${entries.join(', ')} });
`;
}

const names = (measurements: readonly { probe: { name: string } }[]) =>
  measurements.map(({ probe }) => probe.name);

describe('a run with probes that are marked', () => {
  it('skips what is skipped, and says so before it measures', async () => {
    const root = project({ 'a.perf.mjs': perfFile('a', { one: 'probe()', two: 'skip(probe())' }) });
    const { events, measurements } = await measureFolder(root);
    expect(names(measurements)).toEqual(['one']);
    expect(events[0]).toMatchObject({
      type: 'planned',
      probes: 1,
      total: 1,
      skipped: [{ variant: 0, probe: { suite: 'a', name: 'two' }, reason: 'skip' }],
    });
  });

  it('measures what is marked only, over all files, and nothing else', async () => {
    const root = project({
      'a.perf.mjs': perfFile('a', { one: 'probe()', two: 'only(probe())' }),
      'b.perf.mjs': perfFile('b', { three: 'probe()', four: 'skip(probe())' }),
      'c.perf.mjs': perfFile('c', { five: 'only(fails(probe(() => { throw new Error("known") })))' }),
    });
    const { events, measurements } = await measureFolder(root);
    expect(names(measurements)).toEqual(['two', 'five']);
    const [planned] = events;
    expect(planned?.type === 'planned' && planned.skipped.map((s) => `${s.probe.name} ${s.reason}`)).toEqual([
      'one only',
      'three only',
      'four skip',
    ]);
  });

  it('holds a mark in one variant for the same probe in the other', async () => {
    const [a, b] = [
      project({ 'x.perf.mjs': perfFile('x', { one: 'only(probe())', two: 'probe()' }) }),
      project({ 'x.perf.mjs': perfFile('x', { one: 'probe()', two: 'probe()' }) }),
    ];
    const variants = [a, b].map((root) => ({ label: root, root, files: [join(root, 'x.perf.mjs')] }));
    const { measurements } = await measureFolder(a, { variants });
    expect(names(measurements)).toEqual(['one', 'one']);
  });

  it('refuses only where it is forbidden, with file and probe, before anything is measured', async () => {
    const root = project({
      'a.perf.mjs': perfFile('a', { one: 'probe(() => process.kill(process.ppid, "SIGKILL"))' }),
      'deep/b.perf.mjs': perfFile('b', { 'left in': 'only(probe())' }),
    });
    await expect(
      measureFolder(root, { forbidOnly: true, select: ({ suite }) => suite === 'a' }),
    ).rejects.toThrow(
      expect.objectContaining({
        code: 'runner/only',
        message: expect.stringContaining(`b › left in in ${join('deep', 'b.perf.mjs')}`),
      }),
    );
  });

  it('hands the tags of each probe to the selection', async () => {
    const root = project({
      'a.perf.mjs': perfFile('a', {
        one: 'probe(undefined, { tags: ["slow", "db"] })',
        two: 'fails(probe(() => { throw 1 }, { tags: ["fast"] }))',
        three: 'probe()',
      }),
    });
    const seen: string[] = [];
    await measureFolder(root, {
      select: ({ name }, _, tags) => {
        seen.push(`${name}: ${tags.join('+')}`);
        return name === 'three';
      },
    });
    expect(seen).toEqual(['one: slow+db', 'two: fast', 'three: ']);
  });
});

describe('a probe that is known to fail', () => {
  it('fails as expected when its code throws or its process dies, with the reason and no figures', async () => {
    const root = project({
      'a.perf.mjs': perfFile('a', {
        throws: 'fails(probe(() => { throw new TypeError("no such table") }))',
        exits: 'fails(probe(() => process.exit(3)))',
      }),
    });
    const { measurements } = await measureFolder(root);
    expect(measurements).toMatchObject([
      {
        status: 'ok',
        failedAsExpected: true,
        metrics: [],
        error: { code: 'TypeError', message: 'no such table' },
      },
      { status: 'ok', failedAsExpected: true, metrics: [], error: { code: 'runner/crashed', exitCode: 3 } },
    ]);
  });

  it('fails when it runs well, and asks for the mark to be removed', async () => {
    const root = project({ 'sub/a.perf.mjs': perfFile('a', { one: 'fails(probe())' }) });
    const { measurements } = await measureFolder(root);
    expect(measurements).toMatchObject([{ status: 'failed', error: { code: 'runner/not-failing' } }]);
    expect(measurements[0]).not.toHaveProperty('failedAsExpected');
    expect(measurements[0]?.error?.message).toContain(`Remove the mark in ${join('sub', 'a.perf.mjs')}.`);
  });

  it('fails, expected or not, when the fault is not in the measured code', async () => {
    const other = perfFile('a', { one: 'fails(probe())' }).replace(
      'probe: context.probe,',
      "probe: { ...context.probe, name: 'another' },",
    );
    const { measurements } = await measureFolder(project({ 'a.perf.mjs': other }));
    expect(measurements).toMatchObject([{ status: 'failed', error: { code: 'runner/protocol' } }]);
  });
});
