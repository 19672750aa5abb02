import type { Session } from 'node:inspector/promises';
import { setFlagsFromString } from 'node:v8';
import { answered } from './inspector.js';

/**
 * Has V8 compile the hot code of this thread anew, as functions that stay apart, until the returned function is called.
 *
 * V8's profilers give everything that the compiler inlined to the function that it was inlined into: of warm code they
 * would name the outermost loop alone. Beginning a precise coverage drops all optimised code; its counts are not used.
 * Where somebody collects coverage themselves it is left alone, and profiles of warm code are coarser.
 *
 * Cost: some 3 ms, and then a warm-up of the code that runs next.
 */
export async function suspendInlining(session: Session): Promise<() => void> {
  setFlagsFromString('--no-turbo-inlining');
  setFlagsFromString('--no-maglev-inlining');
  const restore = () => {
    setFlagsFromString('--turbo-inlining');
    setFlagsFromString('--maglev-inlining');
  };
  try {
    await answered(session.post('Profiler.enable'));
    if (process.env.NODE_V8_COVERAGE === undefined) {
      await answered(session.post('Profiler.startPreciseCoverage', { callCount: true, detailed: false }));
      await answered(session.post('Profiler.stopPreciseCoverage'));
    }
  } catch (error) {
    restore();
    throw error;
  }
  return restore;
}
