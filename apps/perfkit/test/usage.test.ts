import { describe, expect, it } from 'vitest';
import { folderWith, perfkit } from './cli.js';

describe('perfkit', () => {
  it('answers --version and --help on stdout with 0', () => {
    const version = perfkit(folderWith(), '--version');
    expect(version).toMatchObject({ code: 0, stderr: '' });
    expect(version.stdout).toMatch(/^\d+\.\d+\.\d+\n$/);
    const help = perfkit(folderWith(), '--help');
    expect(help).toMatchObject({ code: 0, stderr: '' });
    for (const command of ['run', 'compare', 'baseline', 'report', 'export', 'import', 'doctor']) {
      expect(help.stdout).toContain(`perfkit ${command}`);
    }
  });

  it.each([
    [['rnu'], 'There is no command "rnu". Did you mean "run"?'],
    [['run', '--procesess', '3'], 'Did you mean "--processes"?'],
    [['run', '--processes', '0'], '--processes is 0. Give a whole number from 1 to 1000.'],
    [['run', '--time', 'soon'], '--time is "soon". Give a duration such as 300ms, 5s or 2min.'],
    [['report', '--format', 'htlm', '--store', 'x'], 'Did you mean "html"?'],
    [['compare', 'nowhere', 'else'], 'There is no directory nowhere.'],
    [['run', 'typo.perf.ts'], 'There is no typo.perf.ts in'],
    [['run'], 'No perf files in'],
    [['report'], 'Measure something first: perfkit run.'],
    [['baseline', 'sett'], 'Invalid values'],
    [['run', '--time', '99999min'], 'above 0 and at most 1440min.'],
    [
      ['run', '--config', '.'],
      'It has to be a file that you may read. Another configuration is named with --config.',
    ],
    [['run', '--deadline', '600ms'], 'Give --deadline more than 800ms, or shorten "warmup" and --time.'],
    [['import', 'nowhere.json'], 'nowhere.json cannot be read: ENOENT'],
    [[], 'Name a command.'],
  ])('refuses %j with 2, says what is wrong and prints nothing to stdout', (args, message) => {
    const { code, stdout, stderr } = perfkit(folderWith(), ...args);
    expect(stderr).toContain(message);
    expect(stderr).not.toContain('    at ');
    expect(stdout).toBe('');
    expect(code).toBe(2);
  });
});

describe('perf.config.yaml', () => {
  it.each([
    ['processes: many\n', 'perf.config.yaml:1:1: processes: expected number, received string.'],
    ['files:\n  - a\nproceses: 3\n', 'perf.config.yaml:3:1: proceses: there is no such setting.'],
    ['proceses: 3\n', 'Did you mean "processes"?'],
    [
      'services:\n  cache:\n    treshold: 15%\n',
      'perf.config.yaml:3:5: services.cache.treshold: there is no such setting.',
    ],
    [
      'services:\n  cache:\n    threshold: 15\n',
      'perf.config.yaml:3:5: services.cache.threshold: expected a percentage such as 20%.',
    ],
    ['time: 300\n', 'perf.config.yaml:1:1: time: expected a duration such as 300ms, 5s or 2min.'],
    ['files: [a\n', 'perf.config.yaml:2:1: This is not YAML'],
    ['files: [**/*.perf.ts]\n', 'perf.config.yaml:1:9: Without quotes **/*.perf.ts is an alias'],
    ['files:\n  - *.perf.ts\n', 'Put quotes around it.'],
    ['files: [**/*.perf.{ts,js}]\n', 'Put quotes around it.'],
    ['deadline: 9999min\n', 'perf.config.yaml:1:1: deadline: expected a duration of at most 1440min.'],
  ])('that says %j is refused with file, line, column and remedy', (text, message) => {
    const { code, stderr } = perfkit(folderWith({ 'perf.config.yaml': text }), 'run');
    expect(stderr).toContain(message);
    expect(code).toBe(2);
  });
});

describe('perfkit doctor', () => {
  it('gives each check its state, as text and as one JSON document', () => {
    const text = perfkit(folderWith(), 'doctor');
    expect(text.code).toBe(0);
    for (const name of [
      'clock',
      'cores',
      'load',
      'governor',
      'steal',
      'container',
      'debugger',
      'node flags',
      'counting',
    ]) {
      expect(text.stdout).toMatch(new RegExp(`(good|spoils|unknown) +${name} `));
    }
    const { checks, environment } = JSON.parse(perfkit(folderWith(), 'doctor', '--json').stdout);
    expect(checks).toHaveLength(9);
    expect(environment.stable.cores).toBeGreaterThan(0);
  });
});
