import { largestScale, packDecimals, unpackDecimals } from './decimal-delta.js';
import { StoreError } from './store-error.js';

/** A metric's samples as one row holds them. */
export interface PackedSamples {
  /** `dzv:<scale>` (see `packDecimals`) or `f64` (IEEE 754 doubles, little-endian). */
  readonly codec: string;
  readonly count: number;
  readonly data: Buffer;
}

/**
 * Packs samples so that `unpackSamples` gives back every one, bit for bit.
 *
 * Takes the smallest number of decimal places that all samples have; samples with more than nine, such as most results
 * of a division, stay as doubles. What is packed is unpacked and compared before it is given out.
 *
 * @param samples - Finite numbers in the order in which they were observed; read only.
 *
 * Cost: O(n) per scale tried, at most ten; a scale is left at the first sample that does not fit.
 */
export function packSamples(samples: readonly number[]): PackedSamples {
  for (let scale = 0; scale <= largestScale; scale++) {
    const data = packDecimals(samples, scale);
    if (data === undefined) continue;
    const back = unpackDecimals(data, scale, samples.length);
    if (back?.every((value, index) => Object.is(value, samples[index]))) {
      return { codec: `dzv:${scale}`, count: samples.length, data };
    }
  }
  const data = Buffer.alloc(samples.length * Float64Array.BYTES_PER_ELEMENT);
  samples.forEach((sample, index) => {
    data.writeDoubleLE(sample, index * Float64Array.BYTES_PER_ELEMENT);
  });
  return { codec: 'f64', count: samples.length, data };
}

/**
 * The samples that `packSamples` was given.
 *
 * @throws {StoreError} `store/unknown-codec` if a newer perfkit packed them; `store/damaged` if the bytes do not hold
 * `count` samples.
 */
export function unpackSamples({ codec, count, data }: PackedSamples): number[] {
  const scale = /^dzv:(\d)$/.exec(codec)?.[1];
  if (scale === undefined && codec !== 'f64') {
    throw new StoreError('store/unknown-codec', `Samples are packed with ${JSON.stringify(codec)}.`, {
      seen: codec,
      remedy: 'Read them with the perfkit that wrote them, or a newer one.',
    });
  }
  const samples =
    scale === undefined ? unpackDoubles(data, count) : unpackDecimals(data, Number(scale), count);
  if (samples !== undefined) return samples;
  throw new StoreError('store/damaged', `${data.length} bytes of ${codec} do not hold ${count} samples.`, {
    seen: data.length,
    remedy: 'Import the run again from its JSON export into a new database.',
  });
}

function unpackDoubles(data: Buffer, count: number): number[] | undefined {
  if (data.length !== count * Float64Array.BYTES_PER_ELEMENT) return undefined;
  return Array.from({ length: count }, (_, index) =>
    data.readDoubleLE(index * Float64Array.BYTES_PER_ELEMENT),
  );
}
