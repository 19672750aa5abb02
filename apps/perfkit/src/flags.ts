import { severities } from '@perf/schema/core';
import type { Options } from 'yargs';
import { attaching } from './leaks/attach-flags.js';
import { config, counting, html, json, measuring, reach, store, turns, variants } from './shared-flags.js';

/** The flags of each command, by its name. */
export const flags = {
  run: {
    ...measuring,
    ...counting,
    baseline: {
      type: 'string',
      requiresArg: true,
      describe: 'Compare with this run instead of the stored baseline',
    },
    profiling: {
      type: 'boolean',
      default: false,
      describe:
        "Afterwards, run each probe once more under V8's profilers and keep .cpuprofile and .heapprofile",
    },
    config,
    store,
    html,
    json,
  },
  compare: { ...measuring, ...turns, ...variants, ...reach, ...counting, config, html, json },
  baseline: {
    branch: {
      type: 'string',
      requiresArg: true,
      describe: "Branch; default: the run's (set), the one checked out (clear)",
    },
    profile: {
      type: 'string',
      requiresArg: true,
      describe: 'Profile whose baseline to clear; default: that of runs without one',
    },
    config,
    store,
    json,
  },
  report: {
    format: {
      type: 'string',
      requiresArg: true,
      describe: 'text (default), json, html, md or junit, or several with commas',
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
  advise: {
    explain: {
      type: 'boolean',
      default: false,
      describe:
        'Let a language model say how the findings hang together; its key comes from PERFKIT_MODEL_KEY',
    },
    model: { type: 'string', requiresArg: true, describe: 'Name of the model; default: PERFKIT_MODEL' },
    'model-url': {
      type: 'string',
      requiresArg: true,
      describe: 'Address of an OpenAI-compatible server; default: PERFKIT_MODEL_URL',
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
  ci: {
    file: {
      type: 'string',
      requiresArg: true,
      describe: 'Run document to report in place of a stored run, such as one from an artifact',
    },
    compare: {
      type: 'boolean',
      default: false,
      describe: 'Report the last "perfkit compare" in place of a stored run',
    },
    key: {
      type: 'string',
      requiresArg: true,
      describe: 'Tells the comments of several jobs apart; default: from workflow, job and configuration',
    },
    repo: { type: 'string', requiresArg: true, describe: 'owner/name; default: GITHUB_REPOSITORY' },
    pull: {
      type: 'string',
      requiresArg: true,
      describe: 'Number of the pull request; default: from the event in GITHUB_EVENT_PATH',
    },
    'fail-on': measuring['fail-on'],
    'exit-zero': {
      type: 'boolean',
      default: false,
      describe: 'End with 0 whatever the run holds, where another step fails the job',
    },
    config,
    store,
    json,
  },
  trend: {
    only: measuring.only,
    metric: { type: 'string', requiresArg: true, describe: 'Only this metric, such as time' },
    branch: { type: 'string', requiresArg: true, describe: 'Branch; default: the one checked out' },
    environment: {
      type: 'string',
      requiresArg: true,
      describe: 'Key of an environment, or its beginning; default: this one',
    },
    last: { type: 'number', requiresArg: true, describe: 'Only so many runs, the latest; default 300' },
    seed: { type: 'number', requiresArg: true, describe: 'Seed of the tests; default 1' },
    'least-change': {
      type: 'string',
      requiresArg: true,
      describe: 'Least difference of two levels that makes a change, such as 2%; default: any that is sure',
    },
    series: {
      type: 'string',
      requiresArg: true,
      describe: 'JSON file of plain numbers in place of the history: {"values": […], "better": "lower"}',
    },
    acknowledge: { type: 'string', requiresArg: true, describe: 'Id of an alert that is being looked into' },
    accept: { type: 'string', requiresArg: true, describe: 'Id of an alert whose new level is the norm' },
    note: { type: 'string', requiresArg: true, describe: 'Why, for --acknowledge and --accept' },
    since: {
      type: 'string',
      requiresArg: true,
      describe: 'Only series and alerts of the time since then: 30d, 12h or a day such as 2026-01-31',
    },
    'fail-on': {
      choices: [...severities, 'never'],
      default: 'never',
      describe: 'End with 1 if an alert of at least this severity is open or confirmed',
    },
    webhook: {
      type: 'string',
      requiresArg: true,
      describe: 'Where to post what is new, each alert once; default: PERFKIT_WEBHOOK',
    },
    'webhook-format': {
      choices: ['json', 'slack'],
      describe: "What to post; default: Slack's own for hooks.slack.com, else json",
    },
    config,
    store,
    json,
  },
  accept: {
    reason: { type: 'string', requiresArg: true, describe: 'Why it is accepted; every report shows it' },
    until: { type: 'string', requiresArg: true, describe: 'The last day of it, such as 2026-12-31, UTC' },
    metric: { type: 'string', requiresArg: true, describe: 'Only this metric; default: all' },
    critical: {
      type: 'boolean',
      default: false,
      describe: 'Critical regressions too; without it they fail in spite of the waiver',
    },
    config,
    store,
    json,
  },
  leak: {
    by: {
      choices: ['line', 'function', 'package'],
      requiresArg: true,
      describe: 'What the bytes of a heap profile are counted by; default line',
    },
    limit: {
      type: 'number',
      requiresArg: true,
      describe: 'At most so many constructors of a snapshot, or sites of a profile; default 20',
    },
    ...attaching,
    json,
  },
  history: {
    only: {
      type: 'string',
      requiresArg: true,
      describe: 'Only runs with a probe whose "suite › name" contains this',
    },
    branch: { type: 'string', requiresArg: true, describe: 'Only runs of this branch; default: all' },
    limit: { type: 'number', requiresArg: true, describe: 'At most so many runs; default 20' },
    config,
    store,
    json,
  },
  doctor: { json },
} as const satisfies Record<string, Record<string, Options>>;
