/** 10^k as a double, exact for every k used here. */
const powersOfTen = [1, 1e1, 1e2, 1e3, 1e4, 1e5, 1e6, 1e7, 1e8, 1e9] as const;

/** Largest decimal scale that `packDecimals` takes. */
export const largestScale: number = powersOfTen.length - 1;

/** Twice a difference must stay below 2^53 to be exact, and then takes at most 8 bytes of 7 bits. */
const differenceLimit = 2 ** 52;
const longestVarint = 8;

/**
 * Numbers as integers of 10^-scale; each as its difference to the one before, zigzag (0, -1, 1, -2 … become
 * 0, 1, 2, 3 …), LEB128 varint (7 bits a byte, low ones first, high bit set while more follow).
 *
 * @param samples - Any finite numbers in any order; read only.
 * @param scale - Decimal places, 0 to `largestScale`.
 * @returns The bytes, never more than 8 per sample; `undefined` if some sample has more decimal places, is -0, or
 * lies too far from the one before.
 *
 * Source: DWARF 5, 7.6 (LEB128); Protocol Buffers encoding guide (zigzag).
 */
export function packDecimals(samples: readonly number[], scale: number): Buffer | undefined {
  const factor = powersOfTen[scale] as number;
  const bytes = Buffer.allocUnsafe(samples.length * longestVarint);
  let end = 0;
  let previous = 0;
  for (const sample of samples) {
    const integer = Math.round(sample * factor);
    if (!Number.isSafeInteger(integer) || Object.is(integer, -0) || integer / factor !== sample)
      return undefined;
    const difference = integer - previous;
    if (Math.abs(difference) >= differenceLimit) return undefined;
    previous = integer;
    let rest = difference < 0 ? -2 * difference - 1 : 2 * difference;
    // Arithmetic in place of bit operations, which would cut at 32 bits.
    for (; rest >= 128; rest = Math.floor(rest / 128)) bytes[end++] = (rest % 128) + 128;
    bytes[end++] = rest;
  }
  return Buffer.from(bytes.subarray(0, end));
}

/**
 * What `packDecimals` was given.
 *
 * @returns `count` numbers; `undefined` if the bytes do not hold exactly that many.
 */
export function unpackDecimals(bytes: Uint8Array, scale: number, count: number): number[] | undefined {
  const factor = powersOfTen[scale];
  if (factor === undefined) return undefined;
  const samples: number[] = [];
  let at = 0;
  let integer = 0;
  while (at < bytes.length) {
    let zigzag = 0;
    let byte: number;
    let place = 1;
    do {
      byte = bytes[at++] ?? Number.NaN;
      if (Number.isNaN(byte) || place >= 128 ** longestVarint) return undefined;
      zigzag += (byte % 128) * place;
      place *= 128;
    } while (byte >= 128);
    integer += zigzag % 2 === 0 ? zigzag / 2 : -(zigzag + 1) / 2;
    samples.push(integer / factor);
  }
  return samples.length === count ? samples : undefined;
}
