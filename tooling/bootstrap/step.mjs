import { spawn } from 'node:child_process';
import { createWriteStream, mkdirSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { createInterface } from 'node:readline';
import { environment, root } from './pnpm.mjs';
import { progress } from './progress.mjs';

/** Lines of the log shown when a step fails; the file has all of them. */
const shownLines = 60;

/**
 * Runs one long command with a moving line, and keeps all that it wrote in a file.
 *
 * Ends this process with a non-zero code if the command fails, after printing the end of the log and `remedy`.
 *
 * @param {object} step
 * @param {string} step.name - Such as `install`; also the name of the log file.
 * @param {{ command: string, args: string[], shell: boolean }} step.run
 * @param {Record<string, string>} [step.env] - Added to the environment.
 * @param {{ when: RegExp, say: string }[]} [step.notes] - What to explain, once, when a line of output matches.
 * @param {string} step.remedy - What to try when it fails.
 */
export async function runStep({ name, run, env = {}, notes = [], remedy }) {
  const file = path.join(root, 'node_modules', '.cache', 'perfkit', `${name}.log`);
  mkdirSync(path.dirname(file), { recursive: true });
  const log = createWriteStream(file);
  const bar = progress(name);
  const waiting = new Set(notes);

  const child = spawn(run.command, run.args, {
    cwd: root,
    env: { ...environment, ...env },
    shell: run.shell,
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  for (const stream of [child.stdout, child.stderr]) {
    createInterface({ input: stream }).on('line', (line) => {
      log.write(`${line}\n`);
      for (const note of waiting) {
        if (!note.when.test(line)) continue;
        waiting.delete(note);
        bar.note(note.say);
      }
      // Turbo prefixes every line of a task, also the empty ones.
      const text = line.replace(/^\S+:build:\s*/, '').trim();
      if (text !== '') bar.tell(text);
    });
  }
  const code = await new Promise((resolve) => {
    child.on('error', (error) => {
      log.write(`${error.message}\n`);
      resolve(1);
    });
    child.on('close', (status) => resolve(status ?? 1));
  });
  await new Promise((resolve) => log.end(resolve));
  if (code === 0) {
    bar.end('done');
    return;
  }
  bar.end('failed');
  const lines = readFileSync(file, 'utf8').trimEnd().split('\n');
  process.stderr.write(`\n${lines.slice(-shownLines).join('\n')}\n\n`);
  process.stderr.write(
    `The step "${name}" failed. All of its output: ${path.relative(root, file)}\n${remedy}\n`,
  );
  process.exit(code);
}
