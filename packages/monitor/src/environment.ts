import { arch, cpus, freemem, loadavg, platform, release, totalmem } from 'node:os';
import type { Environment, EnvironmentFact, StableEnvironment } from '@perf/schema';
import { environmentKey } from '@perf/schema/core';
import { containerLimits } from './machine/container.js';
import { stolenTime } from './machine/cpu-time.js';
import { cpuGovernor } from './machine/governor.js';

/**
 * What machine this is: a stable key under which figures may be compared, and the facts of the moment beside it.
 *
 * @param profile - Name of the profile that is measured with, if any: part of the key.
 *
 * Cost: a few small file reads, below a millisecond on Linux.
 */
export function readEnvironment(profile?: string): Environment {
  const cores = cpus();
  const stable: StableEnvironment = {
    cpuModel: cores[0]?.model.trim() || 'unknown',
    cores: Math.max(1, cores.length),
    os: platform(),
    arch: arch(),
    nodeMajor: Number(process.versions.node.split('.')[0]),
    ...(profile !== undefined && { profile }),
  };
  return { key: environmentKey(stable), stable, volatile: volatileFacts() };
}

function volatileFacts(): Record<string, EnvironmentFact> {
  const [load1, load5, load15] = loadavg();
  const limits = containerLimits();
  const steal = stolenTime();
  const load = (value: number | undefined) =>
    process.platform === 'win32' ? missing('Windows keeps no load average') : fact(value, 'runnable threads');
  return {
    node: fact(process.versions.node),
    v8: fact(process.versions.v8),
    kernel: fact(release()),
    load1: load(load1),
    load5: load(load5),
    load15: load(load15),
    governor: fact(cpuGovernor(), undefined, 'no frequency governor to be seen here'),
    containerCpus:
      limits === undefined ? missing('no control groups here') : fact(limits.cpus, 'cores', 'no limit set'),
    containerMemory:
      limits === undefined
        ? missing('no control groups here')
        : fact(limits.memoryBytes, 'bytes', 'no limit set'),
    steal: fact(
      steal === undefined ? undefined : steal.stolenNs / steal.totalNs,
      'ratio since boot',
      'needs /proc/stat, which this platform lacks or hides',
    ),
    memoryTotal: fact(totalmem(), 'bytes'),
    memoryFree: fact(freemem(), 'bytes'),
  };
}

function fact(
  value: string | number | undefined,
  unit?: string,
  otherwise = 'not known here',
): EnvironmentFact {
  if (value === undefined) return missing(otherwise);
  return { value, ...(unit !== undefined && { unit }) };
}

function missing(reason: string): EnvironmentFact {
  return { unavailable: reason };
}
