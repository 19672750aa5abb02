import type { Figure } from '../figure.js';
import { KernelFile } from '../machine/kernel-file.js';
import type { Source } from '../source.js';
import { absent } from './absent.js';

/**
 * A source whose figures all come from one file of the kernel's.
 *
 * @param parse - Works through the file that was just read, and writes each figure from `at` on.
 */
export function kernelSource(
  path: string,
  figures: readonly Figure[],
  parse: (file: KernelFile, into: Float64Array, at: number) => void,
): Source {
  const file = KernelFile.open(path);
  if (typeof file === 'string') return absent(figures, file);
  return {
    figures,
    read(into, at) {
      if (file.read()) parse(file, into, at);
      else into.fill(Number.NaN, at, at + figures.length);
    },
    close: () => file.close(),
  };
}
