import { expect, it } from 'vitest';
import { benchFile, folderWith, perfkit, quick } from './cli.js';

const hitRate = `import { bench, suite } from '@perf/bench';
export default suite('cache', {
  get: bench(() => 1, { metrics: () => ({ hit_rate: { value: 0.9, unit: 'ratio', better: 'higher' } }) }),
});
`;

it('ends with 1 and says which limit a custom metric broke, and by what', () => {
  const root = folderWith({
    'perf.config.yaml':
      'services:\n  cache:\n    gates: { throughput: ">= 10/s" }\n    probes:\n      get: { gates: { time: "<= 5ms", hit_rate: ">= 95%" } }\n',
    'cache.perf.ts': hitRate,
  });
  const { code, stdout } = perfkit(root, 'run', '--processes', '2', '--json', ...quick);
  const run = JSON.parse(stdout);
  const states = run.gates.map((gate: { metric: string; state: string }) => [gate.metric, gate.state]);
  expect(states).toEqual([
    ['throughput', 'passed'],
    ['time', 'passed'],
    ['hit_rate', 'failed'],
  ]);
  expect(run.gates[2]).toMatchObject({ limit: 0.95, observed: { estimate: 0.9 }, processes: 2 });
  expect(code).toBe(1);
  const again = perfkit(root, 'report');
  expect(again.stdout).toContain('95 %');
  expect(perfkit(root, 'run', '--processes', '1', '--fail-on', 'never', ...quick).code).toBe(0);
});

it('holds the whole run against its own limits: time and what measuring costs', () => {
  const root = folderWith({
    'perf.config.yaml': 'gates: { duration: 1ms, overhead: 1000% }\n',
    'a.perf.ts': benchFile('a', 'spin', 300),
  });
  const { code, stdout } = perfkit(root, 'run', '--processes', '1', '--json', ...quick);
  const run = JSON.parse(stdout);
  expect(run.gates).toMatchObject([
    { metric: 'duration', unit: 'ns', limit: 1e6, state: 'failed' },
    { metric: 'overhead_observation', limit: 10, state: 'passed' },
    { metric: 'overhead_profiling', limit: 10, state: 'passed' },
  ]);
  expect(run.overhead.observation.processes).toBe(1);
  expect(code).toBe(1);
});

it('does not let a limit pass that nothing was held against', () => {
  const config = (gates: string) => ({
    'perf.config.yaml': `services: { a: { gates: { ${gates} } } }\n`,
    'a.perf.ts': benchFile('a', 'spin', 300),
  });
  const misspelt = perfkit(folderWith(config('tmie: "<= 1s"')), 'run', '--processes', '1', ...quick);
  expect(misspelt.stderr).toContain(
    'The gate on tmie was not held against anything: a gave no "tmie", but time',
  );
  expect(misspelt.code).toBe(1);
  const unit = perfkit(folderWith(config('time: "<= 10/s"')), 'run', '--processes', '1', ...quick);
  expect(unit.stderr).toContain('"time" is in ns, and the limit in 1/s');
  expect(unit.code).toBe(1);
});

it('says where a limit is written wrongly, and what there is', () => {
  const wrong = { 'perf.config.yaml': 'services:\n  a:\n    gates:\n      time: 100ms\n' };
  const { code, stderr } = perfkit(folderWith(wrong), 'run');
  expect(stderr).toContain('perf.config.yaml:4:7');
  expect(stderr).toContain('expected a limit such as "<= 100ms"');
  expect(code).toBe(2);
  const misplaced = { 'perf.config.yaml': 'services:\n  a:\n    gate: {}\n' };
  expect(perfkit(folderWith(misplaced), 'run').stderr).toContain('Did you mean "gates"?');
});

it('spends what a profile says, and keeps its figures apart', () => {
  const root = folderWith({
    'perf.config.yaml':
      'processes: 3\nprofiles:\n  quick: { processes: 2, kinds: { bench: { processes: 1 } } }\n',
    'a.perf.ts': benchFile('a', 'spin', 300),
  });
  const measured = (...args: string[]) =>
    JSON.parse(perfkit(root, 'run', '--json', ...quick, ...args).stdout);
  const whole = measured();
  perfkit(root, 'baseline', 'set');
  const short = measured('--profile', 'quick');
  expect([whole.measurements.length, short.measurements.length]).toEqual([3, 1]);
  expect(short.environment.stable.profile).toBe('quick');
  expect(short.environment.key).not.toBe(whole.environment.key);
  expect(short.comparison).toBeUndefined();
  const unknown = perfkit(root, 'run', '--profile', 'qick');
  expect(unknown.stderr).toContain('Profiles: quick. Did you mean "quick"?');
  expect(unknown.code).toBe(2);
});
