import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { efforts, measureFolder } from './measuring.js';
import { perfFile, project } from './project.js';

describe('measureVariants', () => {
  it('gives every process of every probe a process of its own', async () => {
    const root = project({ 'a.perf.ts': perfFile('a', { one: '', two: '' }) });
    const { measurements } = await measureFolder(root, { effortOf: efforts(3) });
    expect(measurements).toHaveLength(6);
    expect(new Set(measurements.map((m) => m.process.pid)).size).toBe(6);
    expect(measurements.every((m) => m.status === 'ok')).toBe(true);
    expect(measurements.map((m) => m.process.index)).toEqual([0, 0, 1, 1, 2, 2]);
  });

  it('runs each probe of each variant once a round, in an order that the seed repeats', async () => {
    const probes = { one: '', two: '', three: '' };
    const [a, b] = [
      project({ 'x.perf.ts': perfFile('x', probes) }),
      project({ 'x.perf.ts': perfFile('x', probes) }),
    ];
    const variants = [a, b].map((root) => ({ label: root, root, files: [join(root, 'x.perf.ts')] }));
    const order = async () => {
      const { events } = await measureFolder(a, { variants, effortOf: efforts(2), seed: 3 });
      return events.flatMap((event) =>
        event.type === 'starting' ? [`${event.variant} ${event.probe.name}`] : [],
      );
    };
    const first = await order();
    expect(first.slice(0, 6)).toEqual(['0 one', '1 one', '0 two', '1 two', '0 three', '1 three']);
    expect(new Set(first.slice(6)).size).toBe(6);
    expect(await order()).toEqual(first);
  });

  it('gives each probe the processes and the budget that the plan has for it', async () => {
    const says = "await Promise.reject(new Error('share ' + context.budget.share))";
    const root = project({ 'a.perf.ts': perfFile('a', { often: says, once: says }) });
    const { events, measurements } = await measureFolder(root, {
      effortOf: ({ name }) => ({
        processes: name === 'often' ? 3 : 1,
        budget: { timeMs: 1, warmupMs: 1, share: name === 'often' ? 0.5 : 1 },
      }),
    });
    expect(events[0]).toMatchObject({ type: 'planned', probes: 2, total: 4 });
    const seen = measurements.map(({ probe, error }) => `${probe.name}: ${error?.message}`).sort();
    expect(seen).toEqual(
      ['often: share 0.5', 'often: share 0.5', 'often: share 0.5', 'once: share 1'].sort(),
    );
  });

  it('passes on what a probe tells while it measures, and still gets its measurement', async () => {
    const tells = `for (const value of [1, 2]) {
      context.tell?.({ doing: 'step ' + value, figures: { throughput: { value, unit: '1/s' } } });
    }`;
    const root = project({ 'a.perf.ts': perfFile('a', { one: tells }) });
    const news: string[] = [];
    const { measurements } = await measureFolder(root, {
      onNews: ({ name }, { doing, figures }) => news.push(`${name} ${doing} ${figures.throughput?.value}`),
    });
    expect(news).toEqual(['one step 1 1', 'one step 2 2']);
    expect(measurements.map(({ status }) => status)).toEqual(['ok']);
  });

  it('measures every combination of parameters', async () => {
    const file = perfFile('x', { sort: '' }).replace(
      'params: {}',
      "params: { size: [1, 2], kind: ['a', 'b'] }",
    );
    const { measurements } = await measureFolder(project({ 'x.perf.ts': file }));
    expect(
      measurements
        .map((m) => m.probe.params)
        .sort((p, q) => JSON.stringify(p).localeCompare(JSON.stringify(q))),
    ).toEqual([
      { size: 1, kind: 'a' },
      { size: 1, kind: 'b' },
      { size: 2, kind: 'a' },
      { size: 2, kind: 'b' },
    ]);
  });

  it('loads TypeScript that imports its sources as TypeScript spells them', async () => {
    const root = project({
      'x.perf.ts': `import { three } from './three.js'; ${perfFile('x', { one: 'if (three !== 3) throw new Error()' })}`,
      'three.ts': 'export const three: number = 3 satisfies number;',
    });
    const { measurements } = await measureFolder(root);
    expect(measurements.map((m) => m.status)).toEqual(['ok']);
  });

  it('takes nothing for an answer that measured code sends over the same channel', async () => {
    const root = project({
      'x.perf.ts': perfFile('x', {
        one: "process.send?.('ready'); process.send?.(null); process.send?.({ did: 'measure' })",
      }),
    });
    const { measurements } = await measureFolder(root);
    expect(measurements.map((m) => m.error)).toEqual([undefined]);
  });

  it('finds the probes of two suites with one name in one file', async () => {
    const file = perfFile('x', { one: '', two: '' });
    const apart = file
      .replace('export default suite(', 'const all = suite(')
      .concat(
        "export const a = suite('x', { one: all.probes['one']! });\nexport const b = suite('x', { two: all.probes['two']! });\n",
      );
    const { measurements } = await measureFolder(project({ 'x.perf.ts': apart }));
    expect(measurements.map((m) => [m.probe.name, m.status])).toEqual([
      ['one', 'ok'],
      ['two', 'ok'],
    ]);
  });

  it('takes a measurement of many megabytes whole', async () => {
    const file = perfFile('x', { one: '' }).replace(
      'judged: true',
      'judged: true, samples: Array.from({ length: 500_000 }, (_, i) => i + 0.123)',
    );
    const { measurements } = await measureFolder(project({ 'x.perf.ts': file }));
    expect(measurements[0]?.metrics[0]?.samples).toHaveLength(500_000);
  });

  it('keeps what probes print away from its own output, also a flood of it', async () => {
    const root = project({ 'x.perf.ts': perfFile('x', { one: "console.log('x'.repeat(5_000_000))" }) });
    const { measurements } = await measureFolder(root);
    expect(measurements.map((m) => m.status)).toEqual(['ok']);
  });

  it('starts processes in the folder of their variant', async () => {
    const root = project({});
    const file = perfFile('x', {
      one: `if (process.cwd() !== ${JSON.stringify(root)}) throw new Error(process.cwd())`,
    });
    const { writeFileSync } = await import('node:fs');
    writeFileSync(join(root, 'x.perf.ts'), file);
    const { measurements } = await measureFolder(root);
    expect(measurements.map((m) => m.error)).toEqual([undefined]);
  });
});
