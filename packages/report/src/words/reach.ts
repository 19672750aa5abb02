import type { Compared, Reach } from '@perf/schema';
import { clip } from '../terminal/display-width.js';
import { visible } from '../visible.js';
import { counted } from './counted.js';

/** Functions named in a sentence. */
const NAMED = 3;
/** Longest place and reason in a sentence [columns]. */
const LONGEST_PLACE = 100;
const LONGEST_REASON = 400;

/**
 * Whether the diff reached the code that a probe executed, as a sentence beside its verdict:
 * `The diff reaches it through src/parse.ts:12 (parse).`
 *
 * @returns Nothing where nobody looked, or where there is no change to explain.
 */
export function reachSentence({ reach, verdict }: Pick<Compared, 'reach' | 'verdict'>): string | undefined {
  if (reach === undefined) return undefined;
  if (verdict === 'equivalent' && reach.label !== 'benchmark-changed') return undefined;
  const reason = reach.reason === undefined ? undefined : clip(visible(reach.reason), LONGEST_REASON);
  switch (reach.label) {
    case 'reachable':
      return `The diff reaches it through ${placesOf(reach.places ?? [])}.`;
    case 'not-executed':
      return `The diff is not executed by this probe${reason === undefined ? '' : `: ${reason}`}.${verdict === 'undecided' ? '' : ' Measure again before you believe the change.'}`;
    case 'unknown':
      return `Whether the diff reaches it is unknown${reason === undefined ? '' : `: ${reason}`}.`;
    case 'benchmark-changed':
      return `The benchmark itself changed, so the two are not comparable${reason === undefined ? '' : `: ${reason}`}.`;
  }
}

function placesOf(places: NonNullable<Reach['places']>): string {
  const named = places
    .slice(0, NAMED)
    .map(({ file, line, function: name, side }) =>
      clip(
        visible(`${file}:${line} (${name}${side === 'a' ? ', what was there before' : ''})`),
        LONGEST_PLACE,
      ),
    );
  const more = places.length - named.length;
  return `${named.join(', ')}${more > 0 ? ` and ${counted(more, 'more function')}` : ''}`;
}
