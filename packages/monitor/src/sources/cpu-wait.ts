import { counter } from '../figure.js';
import type { OpenSource } from '../source.js';
import { kernelSource } from './kernel-source.js';

const figures = [counter('cpuWait', 'ns')];

/**
 * How long this thread was ready to run and had no CPU, since others had it [ns]: what busy neighbours cost.
 *
 * Source: second figure of /proc/thread-self/schedstat; see Documentation/scheduler/sched-stats of Linux.
 */
export const cpuWait: OpenSource = (root) =>
  kernelSource(`${root}/proc/thread-self/schedstat`, figures, (file, into, at) => {
    file.integer();
    into[at] = file.integer();
  });
