import { counter } from '../figure.js';
import type { OpenSource } from '../source.js';
import { kernelSource } from './kernel-source.js';

const figures = (['netReceived', 'netSent', 'netLoopback'] as const).map((name) =>
  counter(name, 'bytes', 'machine'),
);
const COLON = Buffer.from(':');
const LOOPBACK = Buffer.from(' lo');
/** Columns between the bytes received and those sent. */
const BETWEEN = 7;

/**
 * Bytes over the interfaces of this network namespace, loopback apart. They are the machine's (or the container's):
 * the kernel does not count them per process.
 *
 * Source: /proc/self/net/dev, Linux only; see proc_pid_net(5).
 */
export const network: OpenSource = (root) =>
  kernelSource(`${root}/proc/self/net/dev`, figures, (file, into, at) => {
    let received = 0;
    let sent = 0;
    let loopback = 0;
    while (file.behind(COLON)) {
      const isLoopback = file.isBefore(LOOPBACK, COLON.length);
      const receivedHere = file.integer();
      for (let column = 0; column < BETWEEN; column += 1) file.integer();
      const sentHere = file.integer();
      if (isLoopback) loopback += receivedHere;
      else {
        received += receivedHere;
        sent += sentHere;
      }
    }
    into[at] = received;
    into[at + 1] = sent;
    into[at + 2] = loopback;
  });
