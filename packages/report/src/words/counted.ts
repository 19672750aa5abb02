/** A number with its noun: `1 process`, `7 processes`, `2 probes`. */
export function counted(
  count: number,
  noun:
    | 'process'
    | 'probe'
    | 'suite'
    | 'sample'
    | 'comparison'
    | 'gate'
    | 'series'
    | 'alert'
    | 'change point'
    | 'finding'
    | 'pair'
    | 'more pair'
    | 'more function',
): string {
  if (noun === 'series') return `${count} series`;
  return `${count} ${count === 1 ? noun : noun === 'process' ? 'processes' : `${noun}s`}`;
}

/** How often, when it differs from probe to probe: `7 processes each`, `3 to 7 processes each`. */
export function countedEach(counts: readonly number[]): string {
  const [least, most] = [Math.min(...counts), Math.max(...counts)];
  return `${least === most ? counted(most, 'process') : `${least} to ${counted(most, 'process')}`} each`;
}

/** A length of time [ms] for people: `0.8 s`, `41 s`, `3 min 12 s`. */
export function formatDuration(ms: number): string {
  if (ms < 10_000) return `${(ms / 1000).toFixed(1)} s`;
  const seconds = Math.round(ms / 1000);
  return seconds < 60 ? `${seconds} s` : `${Math.floor(seconds / 60)} min ${seconds % 60} s`;
}
