import { procFile } from '../machine/proc-file.js';
import type { Source } from '../source.js';
import { read, unavailable } from '../source.js';

/**
 * Bytes over the interfaces of this network namespace, loopback apart. They are the machine's (or the container's):
 * the kernel does not count them per process.
 *
 * Source: /proc/net/dev, Linux only; see proc_pid_net(5).
 */
export const network: Source = () => {
  const before = interfaceBytes();
  return () => {
    const after = interfaceBytes();
    if (before === undefined || after === undefined) {
      const none = unavailable('needs /proc/net/dev, which this platform lacks or hides', 'bytes', 'machine');
      return { netReceived: none, netSent: none, netLoopback: none };
    }
    return {
      netReceived: read(after.received - before.received, 'bytes', 'machine'),
      netSent: read(after.sent - before.sent, 'bytes', 'machine'),
      netLoopback: read(after.loopback - before.loopback, 'bytes', 'machine'),
    };
  };
};

function interfaceBytes(): { received: number; sent: number; loopback: number } | undefined {
  const text = procFile('/proc/net/dev');
  if (text === undefined) return undefined;
  const sum = { received: 0, sent: 0, loopback: 0 };
  for (const line of text.split('\n')) {
    const [name, figures] = line.split(':');
    if (name === undefined || figures === undefined) continue;
    const columns = figures.trim().split(/\s+/).map(Number);
    const received = columns[0] ?? 0;
    const sent = columns[8] ?? 0;
    if (name.trim() === 'lo') sum.loopback += received;
    else {
      sum.received += received;
      sum.sent += sent;
    }
  }
  return sum;
}
