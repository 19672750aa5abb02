import { failOnValues } from './judge/outcome.js';
import { filesFromValues, installModes } from './variants/choices.js';

export const json = { type: 'boolean', default: false, describe: 'Print one JSON document' } as const;
export const config = {
  type: 'string',
  requiresArg: true,
  describe: 'Configuration; default: perf.config.yaml',
} as const;
export const store = { type: 'string', requiresArg: true, describe: 'SQLite file of the history' } as const;
export const html = { type: 'boolean', default: true, describe: 'Write the HTML report' } as const;

export const measuring = {
  processes: {
    type: 'number',
    requiresArg: true,
    describe: 'Fresh processes per probe; default 7 for run, 10 for compare',
  },
  time: { type: 'string', requiresArg: true, describe: 'Time to sample in each; default 300ms' },
  deadline: {
    type: 'string',
    requiresArg: true,
    describe: 'Time after which a process is killed; default 60s',
  },
  profile: {
    type: 'string',
    requiresArg: true,
    describe: 'Effort of this name in the configuration, such as quick',
  },
  share: {
    type: 'string',
    requiresArg: true,
    describe: 'Part of what loads and leak hunts ask for; default 100%',
  },
  only: { type: 'string', requiresArg: true, describe: 'Only probes whose "suite › name" contains this' },
  tag: {
    type: 'string',
    array: true,
    nargs: 1,
    describe: 'Only probes with this tag; given several times, with any of them',
  },
  'not-tag': {
    type: 'string',
    array: true,
    nargs: 1,
    describe: 'No probes with this tag, nor with another given so',
  },
  'forbid-only': {
    type: 'boolean',
    describe: 'End with 2 if a probe is marked with only(); default: in CI',
  },
  seed: {
    type: 'number',
    requiresArg: true,
    describe: 'Seed of the order and of the probes, to repeat a run',
  },
  'fail-on': {
    choices: failOnValues,
    requiresArg: true,
    describe:
      'Least severity of a regression that ends with 1; default critical, above +200 %. never: gates and leaks pass too',
  },
} as const;

export const turns = {
  processes: {
    type: 'number',
    requiresArg: true,
    describe: 'Pairs of processes in a series, at most; default: 20',
  },
  budget: {
    type: 'string',
    requiresArg: true,
    describe: 'Time for a series of pairs of one probe, at most, such as 5s; default: 10s',
  },
  pairing: {
    choices: ['auto', 'lockstep', 'one-process', 'processes'],
    default: 'auto',
    requiresArg: true,
    describe:
      'How the two sides are set against each other: live processes in turns on one CPU, both in one process, or each for itself',
  },
} as const;

export const variants = {
  'a-flag': {
    type: 'string',
    array: true,
    nargs: 1,
    describe: 'Flag of Node for A, such as --a-flag=--jitless',
  },
  'b-flag': { type: 'string', array: true, nargs: 1, describe: 'The same for B; both can be repeated' },
  'a-env': { type: 'string', array: true, nargs: 1, describe: 'Variable in the environment of A: KEY=VALUE' },
  'b-env': { type: 'string', array: true, nargs: 1, describe: 'The same for B; both can be repeated' },
  'files-from': {
    choices: filesFromValues,
    default: 'each',
    requiresArg: true,
    describe:
      'Whose perf files to measure: each side its own, with those of b where a git: version has none; or of one side',
  },
  install: {
    choices: installModes,
    default: 'auto',
    requiresArg: true,
    describe:
      'Dependencies of git: versions; auto: of their own if the lockfile differs, else those of the working tree',
  },
  prepare: {
    type: 'string',
    requiresArg: true,
    describe: 'Command to run in git: versions first, such as "npm run build"',
  },
} as const;

export const reach = {
  reach: {
    type: 'boolean',
    default: true,
    describe: 'Say of each probe whether it executes what differs: one more process for each side',
  },
} as const;

export const counting = {
  instructions: {
    type: 'boolean',
    default: false,
    describe:
      'Count the instructions of benchmarks too, with perf or valgrind: minutes for each, and no measure of speed',
  },
} as const;
