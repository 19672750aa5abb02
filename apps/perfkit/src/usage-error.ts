import { PerfError } from '@perf/schema';

/** A command line or configuration that cannot be followed: `usage/…` and `config/…`. The CLI ends with 2. */
export class UsageError extends PerfError {
  override readonly name = 'UsageError';
}
