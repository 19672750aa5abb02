import { canonicalJson, type ProbeId, type Run } from '@perf/schema';
import type { Config } from './config.js';

const BETWEEN = ' › ';

/** How probes of a history are called today: those that a configuration says were `formerly` called so. */
export class FormerNames {
  /** Suite and name today, by the former ones. */
  readonly #today = new Map<string, { readonly suite: string; readonly name: string }>();

  constructor({ services = {} }: Pick<Config, 'services'>) {
    for (const [suite, { probes = {} }] of Object.entries(services)) {
      for (const [name, { formerly }] of Object.entries(probes)) {
        if (formerly === undefined) continue;
        const old = formerly.includes(BETWEEN) ? formerly : `${suite}${BETWEEN}${formerly}`;
        this.#today.set(old, { suite, name });
      }
    }
  }

  get none(): boolean {
    return this.#today.size === 0;
  }

  probe(probe: ProbeId): ProbeId {
    const today = this.#today.get(`${probe.suite}${BETWEEN}${probe.name}`);
    return today === undefined ? probe : { ...probe, ...today };
  }

  /** The key of a stored series, which begins with suite and name. */
  key(key: string): string {
    if (this.none) return key;
    const [suite, name, ...rest] = JSON.parse(key) as [string, string, ...unknown[]];
    const today = this.#today.get(`${suite}${BETWEEN}${name}`);
    return today === undefined ? key : canonicalJson([today.suite, today.name, ...rest]);
  }

  /** A run as it would be called today. */
  run(run: Run): Run {
    if (this.none) return run;
    const renamed = <Of extends { probe: ProbeId }>(all: readonly Of[]): Of[] =>
      all.map((one) => ({ ...one, probe: this.probe(one.probe) }));
    return {
      ...run,
      measurements: renamed(run.measurements),
      ...(run.summaries !== undefined && { summaries: renamed(run.summaries) }),
    };
  }
}
