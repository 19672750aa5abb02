import { describeError, PerfError } from '@perf/schema';
import { cli } from './cli.js';
import { exitCodes } from './exit-codes.js';
import { log } from './terminal/streams.js';

try {
  process.exitCode = await cli(process.argv.slice(2));
} catch (error) {
  log(`perfkit: ${describeError(error)}`);
  if (!(error instanceof PerfError) && error instanceof Error) log(error.stack ?? '');
  process.exitCode = exitCodes.usage;
}
