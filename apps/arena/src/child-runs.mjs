import { execFileSync } from 'node:child_process';
import { fileURLToPath } from 'node:url';

/** Runs a program of this folder in a fresh process and reads the JSON that it prints. */
export function jsonFrom(program, ...args) {
  const path = fileURLToPath(new URL(program, import.meta.url));
  const options = { encoding: 'utf8', maxBuffer: 64 * 2 ** 20 };
  return JSON.parse(execFileSync(process.execPath, [path, ...args.map(String)], options));
}

/** The value of one metric of a measurement; undefined where it has none. */
export function metricOf(measurement, metric) {
  return measurement.metrics.find(({ name }) => name === metric)?.value;
}

export function middle(values) {
  const sorted = values.toSorted((a, b) => a - b);
  return (sorted[(sorted.length - 1) >> 1] + sorted[sorted.length >> 1]) / 2;
}

/** Coefficient of variation: standard deviation, with n - 1 below, over mean. */
export function variation(values) {
  const mean = values.reduce((sum, value) => sum + value, 0) / values.length;
  const squares = values.reduce((sum, value) => sum + (value - mean) ** 2, 0);
  return Math.sqrt(squares / (values.length - 1)) / mean;
}

/** `4.8 %` */
export function percent(fraction) {
  return `${(fraction * 100).toFixed(1)} %`;
}
