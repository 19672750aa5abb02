type Pressure = `${'Cpu' | 'Memory' | 'Io'}${'Some' | 'Full'}${'Avg10' | 'Time'}`;

/** Everything that is observed, by name. Those of heap spaces end in V8's name of the space, such as `old_space`. */
export type FigureName =
  | 'arrayBuffers'
  | 'contextSwitchesInvoluntary'
  | 'contextSwitchesVoluntary'
  | 'cpuShare'
  | 'cpuSystem'
  | 'cpuUser'
  | 'cpuWait'
  | 'eventLoopDelayMax'
  | 'eventLoopDelayMean'
  | 'eventLoopDelayP99'
  | 'eventLoopUtilization'
  | 'external'
  | 'fds'
  | 'fsRead'
  | 'fsWrite'
  | 'gcIncremental'
  | 'gcIncrementalTime'
  | 'gcLongest'
  | 'gcMajor'
  | 'gcMajorTime'
  | 'gcMinor'
  | 'gcMinorTime'
  | 'gcTime'
  | 'gcWeakCallbacks'
  | 'gcWeakCallbacksTime'
  | 'heapTotal'
  | 'heapUsed'
  | 'machineCpuIdle'
  | 'machineCpuSystem'
  | 'machineCpuUser'
  | 'netLoopback'
  | 'netReceived'
  | 'netSent'
  | 'quotaPeriods'
  | 'rss'
  | 'rssPeak'
  | 'steal'
  | 'throttledPeriods'
  | 'throttledTime'
  | `groupPressure${Pressure}`
  | `heapSpaceSize.${string}`
  | `heapSpaceUsed.${string}`
  | `pressure${Pressure}`;

/** What a figure is of: this process, its control group (container), or the whole machine. */
export type FigureScope = 'process' | 'group' | 'machine';

/** One thing that is observed. */
export interface Figure {
  readonly name: FigureName;
  readonly unit: 'ns' | 'bytes' | 'count' | 'ratio';
  readonly scope: FigureScope;
  /** A gauge stands at a value; a counter only grows, and what counts is by how much. */
  readonly kind: 'gauge' | 'counter';
  /** Why there is no value, where there is none. */
  readonly otherwise: string;
}

/** A figure that cannot be had here, or not this time. */
export interface Unavailable {
  readonly unavailable: string;
}

const NEVER_MISSING = 'could not be read this time';

/** A figure that stands at a value. */
export function gauge(
  name: FigureName,
  unit: Figure['unit'],
  scope: FigureScope = 'process',
  otherwise: string = NEVER_MISSING,
): Figure {
  return { name, unit, scope, kind: 'gauge', otherwise };
}

/** A figure that only grows. */
export function counter(
  name: FigureName,
  unit: Figure['unit'],
  scope: FigureScope = 'process',
  otherwise: string = NEVER_MISSING,
): Figure {
  return { name, unit, scope, kind: 'counter', otherwise };
}
