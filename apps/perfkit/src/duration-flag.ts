import { durationSchema } from './config/quantities.js';
import { UsageError } from './usage-error.js';

/**
 * A duration given by a flag [ms]; `undefined` if it is absent.
 *
 * @throws {UsageError} `usage/duration` if it is not one.
 */
export function durationFlag(flag: string, text: string | undefined): number | undefined {
  if (text === undefined) return undefined;
  const parsed = durationSchema.safeParse(text);
  if (parsed.success) return parsed.data;
  throw new UsageError('usage/duration', `--${flag} is "${text}".`, {
    seen: text,
    remedy: 'Give a duration such as 300ms, 5s or 2min. It must be above 0 and at most 1440min.',
  });
}
