import { readFileSync, readlinkSync } from 'node:fs';
import { basename } from 'node:path';
import { attachError, startWithInspector } from './attach-error.js';

/** SIGUSR1 in the masks of /proc. */
const SIGUSR1 = 1n << 9n;

/** @throws {LeakError} `leak/attach` if there is no such process, or none that may be sent signals. */
export function checkProcess(pid: number): void {
  try {
    // 0 would be all processes of the group.
    process.kill(pid || Number.NaN, 0);
  } catch (cause) {
    const mayNot = cause instanceof Error && 'code' in cause && cause.code === 'EPERM';
    throw attachError(
      mayNot ? `Process ${pid} is not yours to attach to.` : `There is no process ${pid}.`,
      mayNot ? 'Run perfkit as the user whose process it is.' : 'Look for its id with ps or pgrep.',
      cause,
    );
  }
}

/**
 * Has a Node.js process of this machine open its inspector.
 *
 * Sends SIGUSR1, which ends most programs: only where /proc says that this is Node.js and that it handles it.
 *
 * @throws {LeakError} `leak/attach` if it is not or does not, or there is no /proc.
 */
export function openInspector(pid: number): void {
  let program: string;
  let status: string;
  try {
    program = readlinkSync(`/proc/${pid}/exe`);
    status = readFileSync(`/proc/${pid}/status`, 'utf8');
  } catch (cause) {
    throw attachError(
      `What process ${pid} runs is not told by /proc: it has ended or is not yours, or there is no /proc.`,
      startWithInspector,
      cause,
    );
  }
  if (!/^node(js)?[-.\d]*( \(deleted\))?$/.test(basename(program)))
    throw attachError(`Process ${pid} is not Node.js: it runs ${program}.`, startWithInspector);
  const [, caught = '0'] = /^SigCgt:\s*([\da-f]+)$/m.exec(status) ?? [];
  if ((BigInt(`0x${caught}`) & SIGUSR1) === 0n) {
    throw attachError(
      `Process ${pid} opens no inspector by SIGUSR1: it runs with --disable-sigusr1, or has only just begun.`,
      startWithInspector,
    );
  }
  process.kill(pid, 'SIGUSR1');
}
