import type { Unit } from '@perf/schema';

/** Steps of each unit, smallest first. Memory counts in powers of 1024 and says so. */
const steps: Readonly<Record<Unit, readonly (readonly [number, string])[]>> = {
  ns: [
    [1, ' ns'],
    [1e3, ' µs'],
    [1e6, ' ms'],
    [1e9, ' s'],
  ],
  bytes: [
    [1, ' B'],
    [2 ** 10, ' KiB'],
    [2 ** 20, ' MiB'],
    [2 ** 30, ' GiB'],
  ],
  '1/s': [[1, ' /s']],
  ratio: [[1, '']],
  count: [[1, '']],
};

/** A value for a sentence, 3 significant digits: `1.23 µs`, `4 KiB`, `0.5`. */
export function inWords(value: number, unit: Unit): string {
  const size = Math.abs(value);
  const [factor, suffix] = steps[unit].findLast(([least]) => size >= least) ?? steps[unit][0] ?? [1, ''];
  return `${rounded(value / factor)}${suffix}`;
}

/** A share for a sentence, from 0 to 100: `23 %`, `0.4 %`. */
export function percent(share: number): string {
  return `${rounded(share * 100)} %`;
}

/** Text from outside in a sentence: quoted, on one line, cut at 120 characters. */
export function quoted(text: string): string {
  const line = text.length > 120 ? `${text.slice(0, 120)}…` : text;
  return JSON.stringify(line);
}

/** `1 process`, `3 processes`. */
export function processes(count: number): string {
  return `${count} ${count === 1 ? 'process' : 'processes'}`;
}

function rounded(value: number): string {
  return Math.abs(value) >= 100 && Math.abs(value) < 1e6
    ? String(Math.round(value))
    : String(Number(value.toPrecision(3)));
}
