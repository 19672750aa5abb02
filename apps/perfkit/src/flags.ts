import type { Options } from 'yargs';
import { failOnValues } from './judge/outcome.js';

const json = { type: 'boolean', default: false, describe: 'Print one JSON document' } as const;
const config = { type: 'string', describe: 'Configuration; default: perf.config.yaml' } as const;
const store = { type: 'string', describe: 'SQLite file of the history' } as const;
const html = { type: 'boolean', default: true, describe: 'Write the HTML report' } as const;

const measuring = {
  processes: { type: 'number', describe: 'Fresh processes per probe' },
  time: { type: 'string', describe: 'Time to sample in each, such as 300ms' },
  deadline: { type: 'string', describe: 'Time after which a process is killed, such as 60s' },
  only: { type: 'string', describe: 'Only probes whose "suite › name" contains this' },
  seed: { type: 'number', describe: 'Seed of the order and of the probes, to repeat a run' },
  'fail-on': { choices: failOnValues, describe: 'Least severity that ends with exit code 1' },
} as const;

/** The flags of each command, by its name. */
export const flags = {
  run: {
    ...measuring,
    baseline: { type: 'string', describe: 'Compare with this run instead of the stored baseline' },
    config,
    store,
    html,
    json,
  },
  compare: { ...measuring, config, html, json },
  baseline: {
    branch: { type: 'string', describe: "Branch; default: the run's (set), the one checked out (clear)" },
    config,
    store,
    json,
  },
  report: {
    format: { type: 'string', describe: 'text (default), json or html, or several with commas' },
    out: { type: 'string', describe: 'Folder to write to; default: stdout for one format' },
    config,
    store,
    json,
  },
  export: {
    out: { type: 'string', describe: 'File to write; default: stdout' },
    config,
    store,
    json,
  },
  import: { config, store, json },
  doctor: { json },
} as const satisfies Record<string, Record<string, Options>>;
