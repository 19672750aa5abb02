import { explain, type Rejection } from '@perf/advise';
import { renderJson } from '@perf/report';
import type { Advice, Run } from '@perf/schema';
import { adviceText } from '../advice-text.js';
import { type ExitCode, exitCodes } from '../exit-codes.js';
import { adviceOn } from '../judge/advice-on.js';
import { baselineOf } from '../judge/baseline-of.js';
import { withFindings } from '../judge/findings.js';
import { interruptSignal } from '../terminal/interrupt.js';
import { log, print, wantsColour } from '../terminal/streams.js';
import { tellError } from '../terminal/tell-error.js';
import { UsageError } from '../usage-error.js';
import { openNamedStore, type StoredArguments, storedRun } from './stored-run.js';

interface AdviseArguments extends StoredArguments {
  readonly run?: string | undefined;
  readonly explain: boolean;
  readonly model?: string | undefined;
  readonly 'model-url'?: string | undefined;
}

/**
 * `perfkit advise`: what follows from a stored run, each piece with its evidence.
 *
 * With `--explain` a language model says how it hangs together. If that fails, the advice is printed all the same,
 * why is told on stderr, and the exit code stays 0: the advice is the result.
 */
export async function advise(argv: AdviseArguments): Promise<ExitCode> {
  const model = argv.explain ? modelOf(argv) : undefined;
  const { run, baseline } = storedRuns(argv);
  const advice = adviceOn(run, baseline);
  const signal = interruptSignal(() => log('Interrupted: the advice follows without an explanation.'));
  const explained = model === undefined ? advice : await explainedAdvice(advice, run, { ...model, signal });
  if (argv.json) print(renderJson(explained));
  else print(adviceText(explained, { root: process.cwd(), colour: wantsColour(process.stdout) }));
  return signal.aborted ? exitCodes.interrupted : exitCodes.fine;
}

/** The run with its findings, and the one that it was judged against if that is in the store too. */
function storedRuns(argv: AdviseArguments): { run: Run; baseline: Run | undefined } {
  const { store, loaded } = openNamedStore(argv, 'read');
  using _closed = store;
  const run = withFindings(storedRun(store, argv.run), loaded.config);
  return { run, baseline: baselineOf(store, run) };
}

interface Model {
  readonly model: string;
  readonly baseUrl: string;
  readonly apiKey?: string;
}

/** The key comes from the environment alone: flags are seen by every user of the machine, and kept in histories. */
function modelOf(argv: AdviseArguments): Model {
  const { PERFKIT_MODEL, PERFKIT_MODEL_URL, PERFKIT_MODEL_KEY } = process.env;
  const apiKey =
    PERFKIT_MODEL_KEY === undefined || PERFKIT_MODEL_KEY === '' ? {} : { apiKey: PERFKIT_MODEL_KEY };
  return {
    model: given(
      argv.model ?? PERFKIT_MODEL,
      '--model',
      'PERFKIT_MODEL',
      'the name of a model that the server knows',
    ),
    baseUrl: given(
      argv['model-url'] ?? PERFKIT_MODEL_URL,
      '--model-url',
      'PERFKIT_MODEL_URL',
      'the address of an OpenAI-compatible server, such as http://127.0.0.1:11434/v1',
    ),
    ...apiKey,
  };
}

function given(value: string | undefined, flag: string, variable: string, what: string): string {
  if (value !== undefined && value.trim() !== '') return value;
  throw new UsageError('usage/model', `--explain needs ${flag}.`, {
    remedy: `Give ${what}, with ${flag} or in ${variable}.`,
  });
}

async function explainedAdvice(
  advice: Advice,
  run: Run,
  model: Model & { readonly signal: AbortSignal },
): Promise<Advice> {
  const rejected: Rejection[] = [];
  try {
    const explained = await explain(advice, run, {
      ...model,
      root: process.cwd(),
      onRejected: (rejection) => rejected.push(rejection),
    });
    tellRejected(rejected, explained);
    return explained;
  } catch (error) {
    if (!model.signal.aborted) {
      log('No explanation:');
      tellError(error);
    }
    return advice;
  }
}

function tellRejected(rejected: readonly Rejection[], { findings, explanation }: Advice): void {
  if (findings.length > 0 && explanation === undefined && rejected.length === 0) {
    log('No explanation: the model wrote no sentence.');
  }
  if (rejected.length === 0) return;
  const reasons = [...new Set(rejected.map(({ reason }) => reason))].join('; ');
  const count = rejected.length === 1 ? '1 sentence' : `${rejected.length} sentences`;
  log(
    `${explanation === undefined ? 'No explanation: ' : ''}${count} of the model rejected, as it ${reasons}.`,
  );
}
