import { UsageError } from './usage-error.js';

const SIZE = /^(\d+(?:\.\d+)?)\s*(B|kB|KB|KiB|MB|MiB|GB|GiB)$/;
const BYTES: Readonly<Record<string, number>> = {
  B: 1,
  kB: 1e3,
  KB: 1e3,
  KiB: 2 ** 10,
  MB: 1e6,
  MiB: 2 ** 20,
  GB: 1e9,
  GiB: 2 ** 30,
};

/**
 * A number of bytes given by a flag; `undefined` if it is absent.
 *
 * @throws {UsageError} `usage/size` if it is not one above 0.
 */
export function sizeFlag(flag: string, text: string | undefined): number | undefined {
  if (text === undefined) return undefined;
  const [, amount, unit = ''] = SIZE.exec(text) ?? [];
  const bytes = Number(amount) * (BYTES[unit] ?? Number.NaN);
  if (bytes > 0 && Number.isFinite(bytes)) return bytes;
  throw new UsageError('usage/size', `--${flag} is "${text}".`, {
    seen: text,
    remedy: 'Give a size above 0 such as 512MB (512,000,000 bytes) or 512MiB (536,870,912).',
  });
}
