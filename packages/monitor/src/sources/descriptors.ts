import { closeSync, fstatSync, openSync, readdirSync } from 'node:fs';
import { gauge } from '../figure.js';
import type { OpenSource } from '../source.js';
import { absent } from './absent.js';

const figures = [gauge('fds', 'count')];

/**
 * Open file descriptors of this process, those of its observation included.
 *
 * Since Linux 6.2 the size of /proc/self/fd is their number: a tenth of the cost of listing them, which is done before
 * that, and on macOS in /dev/fd.
 */
export const descriptors: OpenSource = (root) => {
  const folder = process.platform === 'darwin' ? '/dev/fd' : `${root}/proc/self/fd`;
  let kept: number;
  try {
    kept = openSync(folder, 'r');
  } catch {
    return absent(figures, `needs ${folder}, which this platform lacks or hides`);
  }
  const sized = fstatSync(kept).size === listed(folder);
  return {
    figures,
    read(into, at) {
      into[at] = sized ? fstatSync(kept).size : listed(folder);
    },
    close: () => closeSync(kept),
  };
};

/** Listing opens a descriptor itself. */
function listed(folder: string): number {
  try {
    return readdirSync(folder).length - 1;
  } catch {
    return Number.NaN;
  }
}
