import './node-version.mjs';
import { spawn } from 'node:child_process';
import path from 'node:path';
import { root } from './pnpm.mjs';
import { prepare } from './prepare.mjs';

/**
 * `npm start`: sets the checkout up, measures the example services and says what to try next.
 *
 * It measures with the profile `quick` unless another one is named. Arguments after `--` go to `perfkit run`. Ends with
 * its exit code.
 */
const example = path.join('apps', 'example-services');

await prepare(['perfkit...', '@perf/example-services...']);
process.stderr.write(`\nMeasuring five small services in ${example} ...\n\n`);
const given = process.argv.slice(2);
const profiled = given.some((arg) => arg === '--profile' || arg.startsWith('--profile='));
const code = await measure(profiled ? given : ['--profile', 'quick', ...given]);
if (code !== 130) process.stdout.write(nextSteps(code));
process.exitCode = code;

/** Runs the CLI on the example, in this terminal. */
function measure(args) {
  const child = spawn(process.execPath, [path.join(root, 'apps/perfkit/bin/perfkit.mjs'), 'run', ...args], {
    cwd: path.join(root, example),
    stdio: 'inherit',
  });
  // Ctrl-C reaches the child through the terminal. It tidies up and saves what it has; wait for that.
  const wait = () => {};
  process.on('SIGINT', wait);
  process.on('SIGTERM', () => child.kill('SIGTERM'));
  return new Promise((resolve) => {
    child.on('error', (error) => {
      process.stderr.write(`${error.message}\n`);
      resolve(1);
    });
    child.on('close', (status, signal) => resolve(status ?? (signal === 'SIGINT' ? 130 : 1)));
  });
}

function nextSteps(code) {
  const report = path.join(example, '.perfkit', 'report', 'index.html');
  const opening =
    code === 0 ? 'Next:' : `The measurement ended with exit code ${code}; its message is above. Then:`;
  const steps = [
    [`open ${report}`, 'the same results with charts, in a browser'],
    ['npx perfkit advise', 'what follows from it, each piece with its evidence'],
    ['npx perfkit baseline set', 'this run is the reference: change something, and npm start again'],
    ['npx perfkit compare <folder A> <folder B>', 'two versions of some code, interleaved: which is slower?'],
    ['npx perfkit doctor', 'what on this machine will spoil a measurement'],
    ['npx perfkit --help', 'all commands'],
    ['npm test', 'the tests of every package'],
  ];
  return `\n${opening}\n${steps.map(([command, does]) => `  ${command.padEnd(58)}  ${does}\n`).join('')}`;
}
