// Time and peak memory of a process and of those that it starts, from /proc.
import { readdirSync, readFileSync } from 'node:fs';

/** Between two looks [ms]. A peak stays readable until its process ends, so only what comes after the last is lost. */
const LOOK_MS = 25;
/** A process that takes longer is killed [ms]. */
const DEADLINE_MS = 300_000;

/**
 * Follows a child process with piped output until it ends.
 *
 * @param child - Just started, with `stdout` and `stderr` as pipes.
 * @returns `status` (undefined where a signal ended it), `stdout`, `stderr`, `message` (the last one sent over IPC),
 * `seconds`, and `peakBytes` and `childPeakBytes`: the most that its process and the largest of its descendants had
 * resident (VmHWM); 0 where there is no /proc.
 */
export async function watch(child) {
  const from = performance.now();
  const output = { stdout: '', stderr: '' };
  let message;
  let peakBytes = 0;
  let childPeakBytes = 0;
  for (const stream of ['stdout', 'stderr']) {
    child[stream].setEncoding('utf8').on('data', (text) => {
      output[stream] += text;
    });
  }
  child.on('message', (sent) => {
    message = sent;
  });
  const look = setInterval(() => {
    const command = commandOf(child.pid);
    peakBytes = Math.max(peakBytes, residentPeak(child.pid));
    for (const pid of descendantsOf(child.pid)) {
      // Between fork and exec a process is a copy of its parent, with its memory.
      if (commandOf(pid) !== command) childPeakBytes = Math.max(childPeakBytes, residentPeak(pid));
    }
  }, LOOK_MS);
  const deadline = setTimeout(() => child.kill('SIGKILL'), DEADLINE_MS);
  try {
    const status = await new Promise((resolve, reject) => {
      child.on('error', reject);
      child.on('close', resolve);
    });
    const seconds = (performance.now() - from) / 1000;
    return { status: status ?? undefined, ...output, message, seconds, peakBytes, childPeakBytes };
  } finally {
    clearInterval(look);
    clearTimeout(deadline);
  }
}

/** Why a process that was watched has nothing to say, in a line. */
export function whyEnded({ status, stderr }) {
  const lines = stderr.trim().split('\n');
  const line = lines.find((one) => /^\S*Error/.test(one)) ?? lines.at(-1);
  return `ended with ${status ?? 'a signal'}${line === '' ? '' : `: ${line.slice(0, 300)}`}`;
}

function residentPeak(pid) {
  const [, kibibytes = 0] = /^VmHWM:\s+(\d+) kB$/m.exec(textOf(`/proc/${pid}/status`)) ?? [];
  return Number(kibibytes) * 1024;
}

function descendantsOf(pid) {
  const children = tasksOf(pid)
    .flatMap((task) => textOf(`/proc/${pid}/task/${task}/children`).split(' '))
    .filter((text) => text !== '');
  return children.flatMap((child) => [child, ...descendantsOf(child)]);
}

function tasksOf(pid) {
  try {
    return readdirSync(`/proc/${pid}/task`);
  } catch {
    return [];
  }
}

function commandOf(pid) {
  return textOf(`/proc/${pid}/cmdline`);
}

/** Empty where the process is gone. */
function textOf(file) {
  try {
    return readFileSync(file, 'utf8');
  } catch {
    return '';
  }
}
