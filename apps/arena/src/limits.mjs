// The page docs/performance-limits.md, from a run of the example services.
//
//   cd apps/example-services && npx perfkit run --json --no-html > run.json
//   node ../arena/src/limits.mjs run.json > ../../docs/performance-limits.md
//
// Figures are medians over the processes of the run, each with its least and greatest.
import { readFileSync } from 'node:fs';
import { formatInterval, formatQuantity } from '@perf/report';
import { probeKey, readDocument } from '@perf/schema';

const [file] = process.argv.slice(2);
if (file === undefined) {
  console.error('Name the run: node src/limits.mjs run.json');
  process.exit(2);
}
const run = readDocument('run', JSON.parse(readFileSync(file, 'utf8')));
const { cpuModel, cores, os, arch } = run.environment.stable;
const node = run.environment.volatile.node?.value ?? run.environment.stable.nodeMajor;

/** Least, median and greatest of some values as an interval. */
function spread(values) {
  const sorted = values.toSorted((a, b) => a - b);
  const middle = (sorted.length - 1) / 2;
  const estimate = (sorted[Math.floor(middle)] + sorted[Math.ceil(middle)]) / 2;
  return { estimate, low: sorted[0], high: sorted.at(-1) };
}

function figure(values, unit) {
  if (values.length === 0) return 'none';
  const { estimate, range } = formatInterval(spread(values), unit);
  return values.length === 1 ? estimate : `${estimate} (${range})`;
}

const scaled = new Map();
for (const measurement of run.measurements) {
  if (measurement.artifacts.load?.shape !== 'scale') continue;
  const key = probeKey(measurement.probe);
  scaled.set(key, [...(scaled.get(key) ?? []), measurement]);
}

const lines = [
  '# Performance limits',
  '',
  'How the five [example services](../apps/example-services) behave from 1 to 100 callers at once, each of whom starts the next call when the last has ended (closed model). Measured by',
  '',
  '```text',
  'npx perfkit run --json > run.json',
  '```',
  '',
  `in \`apps/example-services\`, on ${cpuModel}, ${cores} cores, ${os} ${arch}, Node.js ${node}, and written from that run by \`apps/arena/src/limits.mjs\`. They are limits of this machine and these services. Measure your own: the same command, your perf files.`,
  '',
  'Each figure is the median over the processes, with the least and the greatest of them.',
  '',
];
for (const measurements of scaled.values()) {
  const [{ probe }] = measurements;
  lines.push(`## ${probe.suite}: ${probe.name.replace(', 1 to 100 at once', '')}`, '');
  lines.push('| at once | calls per second | p50 | p99 |', '|---:|---|---|---|');
  const stages = measurements.map(({ artifacts }) => artifacts.load.stages);
  for (const [index, { concurrency }] of stages[0].entries()) {
    const each = stages.map((all) => all[index]).filter((stage) => stage?.latency !== undefined);
    const cells = [
      figure(
        each.map(({ throughput }) => throughput),
        '1/s',
      ),
      ...['p50', 'p99'].map((name) =>
        figure(
          each.map(({ latency }) => latency[name]),
          'ns',
        ),
      ),
    ];
    lines.push(`| ${concurrency} | ${cells.join(' | ')} |`);
  }
  lines.push('', sentenceOf(probe), '');
}
console.log(lines.join('\n').trimEnd());

/** What the fitted law says of the probe. */
function sentenceOf(probe) {
  const { fit, reason } = run.scalability.find((one) => probeKey(one.probe) === probeKey(probe)) ?? {};
  if (fit === undefined) return `No fit of the Universal Scalability Law: ${reason ?? 'no points'}.`;
  const range = ({ low, high }, digits = 2) =>
    `${Number(low.toPrecision(digits))} to ${Number(high.toPrecision(digits))}`;
  const law = `Contention σ ${range(fit.sigma)}, coherency κ ${range(fit.kappa)}.`;
  if (fit.peak === undefined) return `${law} The points establish no peak.`;
  const { concurrency, throughput } = fit.peak;
  return `${law} Throughput is greatest at ${range(concurrency)} at once, with ${formatQuantity(throughput.estimate, '1/s')}.`;
}
