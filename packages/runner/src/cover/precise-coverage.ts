import { Session } from 'node:inspector';
import { runInThisContext } from 'node:vm';
import { RunnerError } from '../runner-error.js';
import type { CoveredScript } from './coverage.js';
import { type ReportedScript, scriptsOf } from './reported-scripts.js';

const SENTINEL = 'perfkit:sentinel';

/** V8's precise coverage of this thread. */
export interface PreciseCoverage {
  /** Call it when everything is loaded: what is executed from then on counts apart. */
  endLoading(): void;
  /**
   * Ends it and gives what was executed.
   *
   * @throws {RunnerError} `runner/coverage-lost` if the measured code ended it before, by a profiler of its own: then what
   * was not counted may still have run.
   */
  take(): CoveredScript[];
}

/**
 * Starts V8's precise coverage with counts of blocks, for all that this thread compiles from now on.
 *
 * It keeps V8 from optimising as it otherwise would: nothing may be measured in this process.
 */
export function startPreciseCoverage(): PreciseCoverage {
  const session = new Session();
  session.connect();
  post(session, 'Profiler.enable');
  post(session, 'Profiler.startPreciseCoverage', { callCount: true, detailed: true });
  /** Taking sets every count back to 0. */
  const taken = () =>
    (post(session, 'Profiler.takePreciseCoverage') as { readonly result: ReportedScript[] }).result;
  let loading: ReportedScript[] = [];
  return {
    endLoading: () => {
      loading = taken();
    },
    take: () => {
      // Compiled only now: without counts of its blocks, coverage is no longer on.
      runInThisContext('(function sentinel(value) { if (value) return 1; return 2; })(0)', {
        filename: SENTINEL,
      });
      const running = taken();
      session.disconnect();
      checkSentinel(running);
      return scriptsOf(loading, running);
    },
  };
}

function checkSentinel(reported: readonly ReportedScript[]): void {
  const sentinel = reported.find(({ url }) => url === SENTINEL);
  const counted = sentinel?.functions.find(({ functionName }) => functionName === 'sentinel');
  if (counted?.isBlockCoverage === true && counted.ranges.length > 1) return;
  throw new RunnerError('runner/coverage-lost', 'The measured code ended the counting of what it executes.', {
    remedy: 'It uses the profiler of node:inspector itself; leave that out of the perf file.',
  });
}

/** Within its own thread the inspector answers at once. */
function post(session: Session, method: string, params: object = {}): unknown {
  let answer: unknown;
  let refusal: Error | null = null;
  session.post(method, params, (error, result) => {
    refusal = error;
    answer = result;
  });
  if (refusal !== null) throw refusal;
  return answer;
}
