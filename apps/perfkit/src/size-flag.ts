import { type ByteUnit, byteUnits } from '@perf/schema';
import { UsageError } from './usage-error.js';

const SIZE = new RegExp(`^(\\d+(?:\\.\\d+)?)\\s*(${Object.keys(byteUnits).join('|')})$`);

/**
 * A number of bytes given by a flag; `undefined` if it is absent.
 *
 * @throws {UsageError} `usage/size` if it is not one above 0.
 */
export function sizeFlag(flag: string, text: string | undefined): number | undefined {
  if (text === undefined) return undefined;
  const [, amount, unit = ''] = SIZE.exec(text) ?? [];
  const bytes = Number(amount) * (byteUnits[unit as ByteUnit] ?? Number.NaN);
  if (bytes > 0 && Number.isFinite(bytes)) return bytes;
  throw new UsageError('usage/size', `--${flag} is "${text}".`, {
    seen: text,
    remedy: 'Give a size above 0 such as 512MB (512,000,000 bytes) or 512MiB (536,870,912).',
  });
}
