import type { Options } from 'yargs';
import { failOnValues } from './judge/outcome.js';

const json = { type: 'boolean', default: false, describe: 'Print one JSON document' } as const;
const config = {
  type: 'string',
  requiresArg: true,
  describe: 'Configuration; default: perf.config.yaml',
} as const;
const store = { type: 'string', requiresArg: true, describe: 'SQLite file of the history' } as const;
const html = { type: 'boolean', default: true, describe: 'Write the HTML report' } as const;

const measuring = {
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
  only: { type: 'string', requiresArg: true, describe: 'Only probes whose "suite › name" contains this' },
  seed: {
    type: 'number',
    requiresArg: true,
    describe: 'Seed of the order and of the probes, to repeat a run',
  },
  'fail-on': {
    choices: failOnValues,
    requiresArg: true,
    describe: 'Least severity of a regression that ends with 1; default critical, above +200 %',
  },
} as const;

/** The flags of each command, by its name. */
export const flags = {
  run: {
    ...measuring,
    baseline: {
      type: 'string',
      requiresArg: true,
      describe: 'Compare with this run instead of the stored baseline',
    },
    config,
    store,
    html,
    json,
  },
  compare: { ...measuring, config, html, json },
  baseline: {
    branch: {
      type: 'string',
      requiresArg: true,
      describe: "Branch; default: the run's (set), the one checked out (clear)",
    },
    config,
    store,
    json,
  },
  report: {
    format: {
      type: 'string',
      requiresArg: true,
      describe: 'text (default), json or html, or several with commas',
    },
    out: {
      type: 'string',
      requiresArg: true,
      describe: 'Folder to write to; default: stdout for one format',
    },
    config,
    store,
    json,
  },
  export: {
    out: { type: 'string', requiresArg: true, describe: 'File to write; default: stdout' },
    config,
    store,
    json,
  },
  import: { config, store, json },
  doctor: { json },
} as const satisfies Record<string, Record<string, Options>>;
