import { canonicalJson, type Run } from '@perf/schema';
import { StoreError } from './store-error.js';

/** A run document without its measurements. */
export type RunBody = Omit<Run, 'measurements'>;

/** What a run says when it ends. They belong together. */
const endFields = [
  'status',
  'finishedAt',
  'confidence',
  'summaries',
  'gates',
  'leaks',
  'scalability',
  'overhead',
  'warmUps',
  'instructions',
  'comparison',
];
const progress = { running: 0, interrupted: 1, complete: 2 } as const;

/**
 * Two states of one run as one. Neither argument is changed.
 *
 * Of two runs that got differently far, the end of the further one counts as a whole: its status, time,
 * confidence, summaries, gates, leaks, scalability, overhead, warm-ups, instructions and comparison. Every other field that only one has is taken over.
 *
 * @returns The stored body itself if the given one adds nothing.
 * @throws {StoreError} `store/conflict` if a field differs that may not: these are not two states of one run.
 */
export function mergeRun(stored: RunBody, given: RunBody): RunBody {
  const ahead = progress[given.status] - progress[stored.status];
  const from = Object.entries(stored);
  const to = Object.entries(given);
  const isEnd = ([field]: [string, unknown]): boolean => endFields.includes(field);

  const kept = ahead > 0 ? from.filter((field) => !isEnd(field)) : from;
  const offered = ahead < 0 ? to.filter((field) => !isEnd(field)) : to;
  const fields = new Map(kept);
  let added = 0;
  for (const [field, value] of offered) {
    if (value === undefined) continue;
    const there = fields.get(field);
    if (there === undefined) {
      fields.set(field, value);
      added++;
    } else if (canonicalJson(there) !== canonicalJson(value)) {
      throw conflict(`Run ${JSON.stringify(stored.id)} is stored with another "${field}".`, field);
    }
  }
  return added === 0 ? stored : (Object.fromEntries(fields) as unknown as RunBody);
}

/** Something else is stored under the same id. Nothing of the new one is stored. */
export function conflict(message: string, seen: unknown): StoreError {
  return new StoreError('store/conflict', `${message} Nothing was changed.`, {
    seen,
    remedy:
      'Ids derive from content, so one of the two was edited. Store the other in a database of its own.',
  });
}
