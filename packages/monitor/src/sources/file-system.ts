import { procFile } from '../machine/proc-file.js';
import type { Source } from '../source.js';
import { read, unavailable } from '../source.js';

/**
 * Bytes that this process had fetched from and sent to storage. What the page cache answers is not counted.
 *
 * Source: `read_bytes` and `write_bytes` of /proc/self/io, Linux only; see proc_pid_io(5).
 */
export const fileSystem: Source = () => {
  const before = storageBytes();
  return () => {
    const after = storageBytes();
    if (before === undefined || after === undefined) {
      const none = unavailable('needs /proc/self/io, which this platform lacks or hides', 'bytes');
      return { fsRead: none, fsWrite: none };
    }
    return {
      fsRead: read(after.read - before.read, 'bytes'),
      fsWrite: read(after.written - before.written, 'bytes'),
    };
  };
};

function storageBytes(): { read: number; written: number } | undefined {
  const text = procFile('/proc/self/io');
  const of = (field: string) => new RegExp(`^${field}: (\\d+)$`, 'm').exec(text ?? '')?.[1];
  const readBytes = of('read_bytes');
  const written = of('write_bytes');
  return readBytes === undefined || written === undefined
    ? undefined
    : { read: Number(readBytes), written: Number(written) };
}
