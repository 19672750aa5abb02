import { getHeapSpaceStatistics } from 'node:v8';
import { gauge } from '../figure.js';
import type { Source } from '../source.js';

/**
 * Each space of V8's heap: what lies in it and what it takes up [bytes]. Garbage counts until it is collected.
 *
 * Source: `v8.getHeapSpaceStatistics`: `space_used_size` and `space_size`.
 */
export function heapSpaces(): Source {
  return {
    figures: getHeapSpaceStatistics().flatMap(({ space_name: name }) => [
      gauge(`heapSpaceUsed.${name}`, 'bytes'),
      gauge(`heapSpaceSize.${name}`, 'bytes'),
    ]),
    read(into, at) {
      let place = at;
      for (const space of getHeapSpaceStatistics()) {
        into[place] = space.space_used_size;
        into[place + 1] = space.space_size;
        place += 2;
      }
    },
    close: () => undefined,
  };
}
