import { durationSchema } from './config/quantities.js';
import { UsageError } from './usage-error.js';

/** Reads a duration given on the command line [ms]; one that is absent stays so. */
export function durationFlag(name: string): (text: string | undefined) => number | undefined {
  return (text) => {
    if (text === undefined) return undefined;
    const parsed = durationSchema.safeParse(String(text));
    if (parsed.success) return parsed.data;
    throw new UsageError('usage/duration', `--${name} is "${text}".`, {
      remedy: 'Give a duration such as 300ms, 5s or 2min.',
    });
  };
}
