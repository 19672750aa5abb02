import { stolenTime } from '../machine/steal.js';
import type { Source } from '../source.js';
import { read, unavailable } from '../source.js';

/** Time that the hypervisor gave to others while this machine had work to do, over all cores [ns]. Linux only. */
export const steal: Source = () => {
  const before = stolenTime();
  return () => {
    const after = stolenTime();
    return {
      steal:
        before === undefined || after === undefined
          ? unavailable('needs /proc/stat, which this platform lacks or hides', 'ns', 'machine')
          : read(after.stolenNs - before.stolenNs, 'ns', 'machine'),
    };
  };
};
