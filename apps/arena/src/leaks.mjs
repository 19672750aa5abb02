// Does `leak()` of @perf/leak find documented leaks of npm packages, and keep quiet on their fixed versions?
//
//   node src/leaks.mjs [--processes N] [--repeats N] [--rivals | --node 22,24] [case …]
//
// Each case is an npm package in a version that leaks and one that does not, or a control that grows and stops. Both
// are measured by `perfkit run` in fresh processes; the verdicts are those of the run, over all its processes. The
// cases come from PERFKIT_DATA, by default ../shared/data beside this repository; npm installs them into a temporary
// folder.
//
//   --repeats   all of it so often; says whether every verdict was the same
//   --rivals    memlab and leakage on the same versions as well, each with its defaults, and memlab also with every
//               object taken for a leak. memlab compares three heap snapshots with a third of the case's iterations
//               before each. leakage gets our own leak-memwatch.mjs in place of its native part, which does not compile
//   --node      in processes of these Node.js versions instead, without perfkit's runner
//
// Ends with 1 if a bar of leak-table.mjs is missed: a leak too, and anything clean that is called leaking.
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import { installCase, leakCases } from './leak-cases.mjs';
import { installNode } from './leak-node.mjs';
import { measureByRun, measureUnder } from './leak-ours.mjs';
import { installRivals, measureByRivals, rivals } from './leak-rivals.mjs';
import { agreement, grouped, heldToBars, inMegabytes, inSeconds, peakOf, toolTable } from './leak-table.mjs';

const { values: flags, positionals } = parseArgs({
  allowPositionals: true,
  options: {
    processes: { type: 'string', default: '1' },
    repeats: { type: 'string', default: '1' },
    rivals: { type: 'boolean', default: false },
    node: { type: 'string' },
  },
});
const usage = wrongUsage();
const cases = usage === undefined ? leakCases(positionals) : undefined;
if (usage !== undefined) console.error(usage);
if (cases === undefined) process.exit(2);
const repeats = Number(flags.repeats);
const processes = Number(flags.processes);
const work = mkdtempSync(join(tmpdir(), 'perfkit-leaks-'));
const outcomes = [];
try {
  const ours = oursOf();
  const tools = flags.rivals ? installRivals(work) : undefined;
  const versions = cases.flatMap((name) => installCase(name, work));
  for (let repeat = 1; repeat <= repeats; repeat += 1) {
    if (repeats > 1) console.log(`${repeat > 1 ? '\n' : ''}repeat ${repeat} of ${repeats}`);
    console.log('        case                        version  truth B/iter  found');
    for (const version of versions) {
      for (const { tool, measure } of ours) add(tool, version, await measure(version), ours.length > 1);
      if (tools === undefined) continue;
      const byRivals = await measureByRivals(version, tools);
      for (const [key, tool] of Object.entries(rivals)) add(tool, version, byRivals[key], true);
    }
  }
} finally {
  rmSync(work, { recursive: true, force: true });
}
summarise();

/** What measures: perfkit of this repository, or `leak()` under each of the versions of --node. */
function oursOf() {
  if (flags.node === undefined) {
    return [{ tool: 'perfkit', measure: (version) => measureByRun(version, processes) }];
  }
  return flags.node.split(',').map((wanted) => {
    const { binary, version: node } = installNode(wanted, work);
    return {
      tool: `leak() on Node.js ${node}`,
      measure: (version) => measureUnder(binary, version, processes),
    };
  });
}

function add(tool, { name, version, truth, leaks }, outcome, withTool) {
  outcomes.push({ tool, name, version, leaks, ...outcome });
  const right = outcome.failed === undefined && outcome.found === leaks ? 'right' : 'WRONG';
  const documented = leaks ? `${truth.bytesPerIter.toFixed(0)} ${truth.metric}` : '0';
  const [first, ...more] = outcome.lines ?? [`failed: ${outcome.failed}`];
  const cost = `${inSeconds(outcome.seconds)} in all, at most ${inMegabytes(peakOf([outcome]))}`;
  const said = `${withTool ? `${tool}: ` : ''}${first}; ${cost}`;
  console.log(`${right}   ${name.padEnd(27)} ${version.padEnd(8)} ${documented.padStart(14)}  ${said}`);
  for (const line of more) console.log(`        ${line}`);
}

function summarise() {
  const byTool = grouped(outcomes, ({ tool }) => tool);
  const tools = flags.node === undefined ? `Node.js ${process.versions.node}; of` : 'Of';
  console.log(`\n${tools} each version from the start of its first process to the end of its last:\n`);
  for (const line of toolTable(byTool)) console.log(line);
  console.log(
    'A culprit is named where a report holds the field of the documented path, such as sids of Adapter.sids.',
  );
  if (repeats > 1) for (const line of agreement(outcomes, repeats)) console.log(line);
  for (const tool of Object.keys(byTool).filter((name) => !Object.values(rivals).includes(name))) {
    const { lines, met } = heldToBars(byTool[tool]);
    console.log(`\n${tool}`);
    for (const line of lines) console.log(line);
    if (!met) process.exitCode = 1;
  }
}

function wrongUsage() {
  for (const name of ['processes', 'repeats']) {
    if (!/^[1-9]\d{0,2}$/.test(flags[name]))
      return `--${name} is "${flags[name]}". Give a number from 1 to 999.`;
  }
  if (flags.node === undefined) return undefined;
  if (flags.rivals) return 'The rivals run on this Node.js only. Give --rivals or --node.';
  return flags.node.split(',').every((version) => /^\d+(\.\d+){0,2}$/.test(version))
    ? undefined
    : `--node is "${flags.node}". Give versions such as 22,24 or 22.12.0.`;
}
