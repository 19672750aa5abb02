import { type AttachOptions, type DriveRequest, leakSummaries, measureLeaksIn } from '@perf/leak';
import { durationFlag } from '../duration-flag.js';
import { type ExitCode, exitCodes } from '../exit-codes.js';
import { leaksText } from '../leaks/leaks-text.js';
import { sizeFlag } from '../size-flag.js';
import { interruptSignal } from '../terminal/interrupt.js';
import { Progress } from '../terminal/progress.js';
import { print } from '../terminal/streams.js';
import { tellError } from '../terminal/tell-error.js';
import { UsageError } from '../usage-error.js';

interface AttachArguments {
  readonly action?: string | undefined;
  readonly attach: string;
  readonly drive?: string | undefined;
  readonly method?: string | undefined;
  readonly header?: readonly string[] | undefined;
  readonly body?: string | undefined;
  readonly iterations?: number | undefined;
  readonly concurrency?: number | undefined;
  readonly warmup?: number | undefined;
  readonly budget?: string | undefined;
  readonly allow?: readonly string[] | undefined;
  readonly timeout?: string | undefined;
  readonly json: boolean;
}

/** `perfkit leak --attach`: hunts for leaks in a process that runs already, while it answers requests. */
export async function leakAttach(argv: AttachArguments): Promise<ExitCode> {
  const { action, attach, json } = argv;
  if (action !== undefined) {
    throw new UsageError('usage/attach', `"${action}" reads files, and --attach a process.`, {
      seen: action,
      remedy: 'Leave one of them out.',
    });
  }
  const drive = driveOf(argv);
  const options = optionsOf(argv);
  const progress = new Progress();
  const signal = interruptSignal(() => progress.say('Stopping; the process goes on.'));
  let isAttached = false;
  const tell = (doing: string) => {
    if (isAttached) progress.news({ doing, figures: {} });
    else progress.say(`perfkit: ${doing}`);
    isAttached = true;
  };
  try {
    const measurement = await measureLeaksIn(attach, drive, { ...options, signal, tell });
    const leaks = leakSummaries([measurement]);
    progress.end();
    print(json ? JSON.stringify(measurement, null, 2) : leaksText(leaks, measurement.warnings));
    return leaks.some(({ verdict }) => verdict === 'leaking') ? exitCodes.regression : exitCodes.fine;
  } catch (error) {
    progress.end();
    if (signal.aborted) return exitCodes.interrupted;
    // What fails from then on is the process, and not the command line.
    if (!isAttached) throw error;
    tellError(error);
    return exitCodes.probeFailed;
  }
}

function driveOf({ drive = '', method, header = [], body }: AttachArguments): DriveRequest {
  const headers = Object.fromEntries(
    header.map((line) => {
      const [, name, value] = /^([^\s:]+):\s*(.*)$/.exec(line) ?? [];
      if (name !== undefined && value !== undefined) return [name, value];
      throw new UsageError('usage/header', `--header is "${line}".`, {
        seen: line,
        remedy: 'Write it as "name: value".',
      });
    }),
  );
  return {
    url: drive,
    headers,
    ...(method !== undefined && { method }),
    ...(body !== undefined && { body }),
  };
}

function optionsOf(argv: AttachArguments): AttachOptions {
  const { iterations, concurrency, warmup, allow } = argv;
  const budget = sizeFlag('budget', argv.budget);
  const timeoutMs = durationFlag('timeout', argv.timeout);
  return {
    ...(iterations !== undefined && { iterations }),
    ...(concurrency !== undefined && { concurrency }),
    ...(warmup !== undefined && { warmup }),
    ...(allow !== undefined && { allow }),
    ...(budget !== undefined && { budget }),
    ...(timeoutMs !== undefined && { timeoutMs }),
  };
}
