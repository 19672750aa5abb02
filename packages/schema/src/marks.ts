import { type Probe, SuiteError } from './suite.js';

/**
 * A probe beside which nothing else of a run is measured, over all files: for the time of working on it. CI refuses it.
 *
 * @returns A marked copy. Of `only` and `skip` around one probe the outer one holds.
 * @throws {SuiteError} `suite/probe` if it is given anything but a probe.
 */
export function only(probe: Probe): Probe {
  return marked('only', probe, { mode: 'only' });
}

/**
 * A probe that is not measured. Reports list it as skipped.
 *
 * @returns A marked copy.
 * @throws {SuiteError} `suite/probe` if it is given anything but a probe.
 */
export function skip(probe: Probe): Probe {
  return marked('skip', probe, { mode: 'skip' });
}

/**
 * A probe whose code is known to fail for now: a process in which it throws, crashes or exceeds its deadline is shown as
 * failing as expected and fails no run. One in which it runs well fails the run, so that the mark does not outlive the
 * fault.
 *
 * @returns A marked copy.
 * @throws {SuiteError} `suite/probe` if it is given anything but a probe.
 */
export function fails(probe: Probe): Probe {
  return marked('fails', probe, { fails: true });
}

function marked(name: string, probe: Probe, mark: Partial<Probe>): Probe {
  if (probe === null || typeof probe !== 'object' || typeof probe.measure !== 'function') {
    throw new SuiteError('suite/probe', `${name}() marks a probe.`, {
      seen: typeof probe,
      remedy: `Write ${name}(bench(() => …)).`,
    });
  }
  // A probe may be an instance of a class: what it inherits stays within reach, and its methods keep their object.
  const { kind, params, open, profile } = probe;
  return {
    ...probe,
    kind,
    params,
    measure: (context) => probe.measure(context),
    ...(open !== undefined && { open: (context) => open.call(probe, context) }),
    ...(profile !== undefined && { profile: (context) => profile.call(probe, context) }),
    ...mark,
  };
}
