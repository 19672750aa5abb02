/** Units in which people give bytes: by the thousand, or by 1,024 with an i. */
export type ByteUnit = 'B' | 'kB' | 'KB' | 'KiB' | 'MB' | 'MiB' | 'GB' | 'GiB';

/** Bytes of each unit. */
export const byteUnits: Readonly<Record<ByteUnit, number>> = {
  B: 1,
  kB: 1e3,
  KB: 1e3,
  KiB: 2 ** 10,
  MB: 1e6,
  MiB: 2 ** 20,
  GB: 1e9,
  GiB: 2 ** 30,
};
