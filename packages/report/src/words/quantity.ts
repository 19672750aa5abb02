import type { Unit } from '@perf/schema';

interface Scale {
  readonly factor: number;
  readonly suffix: string;
}

/** How a figure is printed: in its unit, or a ratio as a percentage. */
export type DisplayUnit = Unit | 'percent';

/** Prefixes by unit, smallest first. Memory counts in powers of 1024 and says so: KiB, not kB. */
const scales: Readonly<Record<DisplayUnit, readonly [Scale, ...Scale[]]>> = {
  ns: [
    { factor: 1, suffix: ' ns' },
    { factor: 1e3, suffix: ' µs' },
    { factor: 1e6, suffix: ' ms' },
    { factor: 1e9, suffix: ' s' },
  ],
  bytes: [
    { factor: 1, suffix: ' B' },
    { factor: 2 ** 10, suffix: ' KiB' },
    { factor: 2 ** 20, suffix: ' MiB' },
    { factor: 2 ** 30, suffix: ' GiB' },
  ],
  '1/s': [
    { factor: 1, suffix: ' /s' },
    { factor: 1e3, suffix: 'k /s' },
    { factor: 1e6, suffix: 'M /s' },
    { factor: 1e9, suffix: 'G /s' },
  ],
  ratio: [{ factor: 1, suffix: '' }],
  percent: [{ factor: 0.01, suffix: ' %' }],
  count: [
    { factor: 1, suffix: '' },
    { factor: 1e3, suffix: 'k' },
    { factor: 1e6, suffix: 'M' },
    { factor: 1e9, suffix: 'G' },
  ],
};

/** Below a millionth the decimals stop being readable. */
const mostDecimals = 8;

/** A value for people with 3 significant digits: `131 ns`, `1.23 µs`, `4.5 ms`, `1.2 KiB`, `12.3k /s`. */
export function formatQuantity(value: number, unit: DisplayUnit): string {
  const { factor, suffix } = scaleOf(value, unit);
  return `${withoutZeros(fixed(value / factor, decimalsOf(value / factor)))}${suffix}`;
}

/** An estimate and its bounds in one unit and with equally many decimals. */
export interface FormattedInterval {
  /** Such as `131 ns`. */
  readonly estimate: string;
  /** Such as `129 to 134`, in the unit of `estimate`. */
  readonly bounds: string;
  /** Such as `129 to 134 ns`. */
  readonly range: string;
}

/**
 * An interval for people: 3 significant digits of the estimate, or of half the interval's width if that is larger.
 *
 * @param interval - `estimate`, `low` and `high` in `unit`.
 */
export function formatInterval(
  { estimate, low, high }: { readonly estimate: number; readonly low: number; readonly high: number },
  unit: DisplayUnit,
): FormattedInterval {
  // An estimate of 0 takes its digits from its bounds.
  const reference = Math.max(Math.abs(estimate), Math.abs(high - low) / 2);
  const { factor, suffix } = scaleOf(reference, unit);
  const decimals = decimalsOf(reference / factor);
  const [middle, from, to] = [estimate, low, high].map((value) => fixed(value / factor, decimals));
  return {
    estimate: `${middle}${suffix}`,
    bounds: `${from} to ${to}`,
    range: `${from} to ${to}${suffix}`,
  };
}

/** The prefix under which a value has one to three digits before its point (four for 1000 to 1023 bytes). */
export function scaleOf(value: number, unit: DisplayUnit): Scale {
  const ladder = scales[unit];
  const size = Math.abs(value);
  let chosen = ladder[0];
  for (const scale of ladder.slice(1)) {
    // 999.6 ns prints as 1000 ns when rounded, and so belongs to the next prefix.
    const rounded = Number(fixed(size / chosen.factor, decimalsOf(size / chosen.factor)));
    if (rounded * chosen.factor >= scale.factor) chosen = scale;
  }
  return chosen;
}

/** Decimals that give a scaled value 3 significant digits. */
function decimalsOf(scaled: number): number {
  const size = Math.abs(scaled);
  if (size === 0 || !Number.isFinite(size)) return 0;
  return Math.min(mostDecimals, Math.max(0, 2 - Math.floor(Math.log10(size))));
}

function fixed(value: number, decimals: number): string {
  const text = value.toFixed(decimals);
  return Number(text) === 0 ? text.replace('-', '') : text;
}

function withoutZeros(text: string): string {
  return text.includes('.') && !text.includes('e') ? text.replace(/\.?0+$/, '') : text;
}
