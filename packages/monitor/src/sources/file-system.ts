import { counter } from '../figure.js';
import type { OpenSource } from '../source.js';
import { kernelSource } from './kernel-source.js';

const figures = [counter('fsRead', 'bytes'), counter('fsWrite', 'bytes')];
const READ = Buffer.from('read_bytes:');
const WRITE = Buffer.from('write_bytes:');

/**
 * Bytes that this process had fetched from and sent to storage. What the page cache answers is not counted.
 *
 * Source: `read_bytes` and `write_bytes` of /proc/self/io, Linux only; see proc_pid_io(5).
 */
export const fileSystem: OpenSource = (root) =>
  kernelSource(`${root}/proc/self/io`, figures, (file, into, at) => {
    into[at] = file.behind(READ) ? file.integer() : Number.NaN;
    into[at + 1] = file.behind(WRITE) ? file.integer() : Number.NaN;
  });
