import type { Run } from '@perf/schema';
import { didYouMean } from '../closest.js';
import type { Config } from './config.js';

/** A line for every service and probe that the configuration sets and no perf file has: most likely misspelt. */
export function idleServices(config: Config, runs: readonly Run[]): string[] {
  const probes = runs.flatMap((run) =>
    [...run.measurements, ...(run.skipped ?? [])].map(({ probe }) => probe),
  );
  const suites = new Set(probes.map(({ suite }) => suite));
  return Object.entries(config.services ?? {}).flatMap(([service, settings]) => {
    if (!suites.has(service)) return [unknown(`services.${service}`, 'suite', service, [...suites])];
    const names = new Set(probes.filter(({ suite }) => suite === service).map(({ name }) => name));
    const idle = Object.keys(settings.probes ?? {}).filter((name) => !names.has(name));
    return idle.map((name) => unknown(`services.${service}.probes.${name}`, 'probe', name, [...names]));
  });
}

function unknown(path: string, what: string, name: string, known: readonly string[]): string {
  return `The configuration sets ${path}, and there is no such ${what}.${didYouMean(name, known)}`;
}
