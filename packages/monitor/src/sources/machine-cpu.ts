import { counter } from '../figure.js';
import { CpuTime } from '../machine/cpu-time.js';
import type { OpenSource } from '../source.js';
import { absent } from './absent.js';

const figures = (['machineCpuUser', 'machineCpuSystem', 'machineCpuIdle', 'steal'] as const).map((name) =>
  counter(name, 'ns', 'machine'),
);

/**
 * CPU time of the machine over all its cores [ns], in steps of 10 ms: of programs, of the kernel, of nobody, and what
 * the hypervisor gave to others while there was work to do. Linux only.
 */
export const machineCpu: OpenSource = (root) => {
  const time = CpuTime.open(root);
  if (typeof time === 'string') return absent(figures, time);
  return {
    figures,
    read(into, at) {
      time.read();
      into[at] = time.user;
      into[at + 1] = time.system;
      into[at + 2] = time.idle;
      into[at + 3] = time.stolen;
    },
    close: () => time.close(),
  };
};
