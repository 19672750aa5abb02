import { spawnSync } from 'node:child_process';
import type { Variant } from '../plan.js';
import type { Pairing } from './pairing.js';
import { allowedCpus, quietestCpu } from './pinning.js';

/**
 * What this machine and these variants allow: live processes in turns on one CPU; else both variants in one process;
 * else, where they need processes that differ, each measured for itself.
 *
 * @param wanted - Overrules the choice.
 */
export async function pairingFor(
  variants: readonly Variant[],
  wanted: Pairing['method'] | 'auto',
): Promise<Pairing> {
  if (wanted === 'processes' || variants.length !== 2)
    return { method: 'processes', reason: 'It was asked for.' };
  const missing = wanted === 'one-process' ? 'It was asked for.' : whyNoLockstep();
  if (missing === undefined) {
    const cpus = allowedCpus();
    const cpu = (await quietestCpu(cpus)) ?? 0;
    return { method: 'lockstep', cpu, others: cpus.filter((other) => other !== cpu) };
  }
  const apart = variants.some(
    ({ execPath, execArgv, env, replace, apart }) =>
      execPath !== undefined ||
      (execArgv ?? []).length > 0 ||
      Object.keys(env ?? {}).length > 0 ||
      replace !== undefined ||
      apart !== undefined,
  );
  if (!apart) return { method: 'one-process', reason: missing };
  return { method: 'processes', reason: `${missing} The variants cannot share one process either.` };
}

function whyNoLockstep(): string | undefined {
  if (process.platform !== 'linux') return `Processes cannot be pinned to a CPU on ${process.platform}.`;
  if (allowedCpus().length === 0) return 'The CPUs of this machine cannot be read from /proc.';
  for (const command of ['taskset', 'mkfifo']) {
    if (spawnSync(command, ['--version'], { stdio: 'ignore' }).error !== undefined) {
      return `This machine has no ${command}.`;
    }
  }
  return undefined;
}
