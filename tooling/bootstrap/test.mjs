import './node-version.mjs';
import { spawn } from 'node:child_process';
import { existsSync, readdirSync, readFileSync, rmSync } from 'node:fs';
import path from 'node:path';
import { environment, root, turbo } from './pnpm.mjs';
import { prepare } from './prepare.mjs';

/**
 * `npm test`: sets the checkout up and runs the tests of every package.
 *
 * Arguments after `--` go to turbo, such as `--filter=@perf/stats` or `--force`. Ends non-zero if a test fails.
 */
const summaries = path.join(root, '.turbo', 'runs');
/** Lines of a failed package's log that are shown again at the end. */
const failureLines = 60;

await prepare();
rmSync(summaries, { recursive: true, force: true });
process.stderr.write('\nTesting; a package is shown when all of its tests have run.\n');
const code = await runTests(process.argv.slice(2));
for (const task of failedTasks()) process.stdout.write(failureOf(task));
process.stdout.write(`\n${verdict(code)}\n`);
process.exitCode = code;

function runTests(args) {
  // Half the cores: the tests of one package run in parallel already, and some start processes of their own.
  const options = [
    '--concurrency=50%',
    '--continue',
    '--ui=stream',
    '--log-order=grouped',
    '--output-logs=new-only',
    '--summarize',
  ];
  const { command, args: line, shell } = turbo(['run', 'test', ...options, ...args]);
  const env = process.stdout.isTTY ? { ...environment, FORCE_COLOR: '1' } : environment;
  const child = spawn(command, line, { cwd: root, env, shell, stdio: ['ignore', 'pipe', 'pipe'] });

  let quietSeconds = 0;
  const started = Date.now();
  for (const [from, to] of [
    [child.stdout, process.stdout],
    [child.stderr, process.stderr],
  ]) {
    from.on('data', (chunk) => {
      quietSeconds = 0;
      to.write(chunk);
    });
  }
  const heartbeat = setInterval(() => {
    quietSeconds += 1;
    if (quietSeconds % 10 !== 0) return;
    process.stderr.write(`  test  ${Math.round((Date.now() - started) / 1000)} s  still running\n`);
  }, 1000);
  return new Promise((resolve) => {
    child.on('error', (error) => {
      process.stderr.write(`${error.message}\n`);
      resolve(1);
    });
    child.on('close', (status) => {
      clearInterval(heartbeat);
      resolve(status ?? 1);
    });
  });
}

/** One line: how many packages passed, which did not, and what to do next. */
function verdict(code) {
  const tests = testTasks();
  const failed = failedTasks().map((task) => task.package);
  const passed = tests.length - failed.length;
  if (code === 0 && tests.length > 0)
    return `${passed} ${passed === 1 ? 'package' : 'packages'} passed, 0 failed. Next: npm start`;
  return `${passed} packages passed, ${Math.max(failed.length, 1)} failed: ${failed.join(', ') || 'see above'}.`;
}

function failedTasks() {
  return testTasks().filter((task) => task.execution?.exitCode !== 0);
}

/** What a package's tests said of their failures, once more at the end: other packages have written below it. */
function failureOf(task) {
  const log = path.join(root, task.logFile);
  if (!existsSync(log)) return '';
  const lines = readFileSync(log, 'utf8').trimEnd().split('\n');
  const start = lines.findIndex((line) => line.includes('Failed Tests') || line.includes('Failed Suites'));
  const shown = start === -1 ? lines.slice(-failureLines) : lines.slice(start, start + failureLines);
  return `\n${task.package} failed, the whole of it is in ${task.logFile}:\n${shown.join('\n')}\n`;
}

/** What turbo wrote down about each package's tests; empty if it did not come that far. */
function testTasks() {
  if (!existsSync(summaries)) return [];
  const [file] = readdirSync(summaries);
  if (file === undefined) return [];
  const { tasks } = JSON.parse(readFileSync(path.join(summaries, file), 'utf8'));
  return tasks.filter(({ task, command }) => task === 'test' && command !== '<NONEXISTENT>');
}
