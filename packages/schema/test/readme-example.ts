import { describeError, readDocument } from '@perf/schema';

/** The probes of a run in the words of a person, or why the text is no run. */
export function probesOf(text: string): string {
  try {
    const run = readDocument('run', JSON.parse(text));
    return run.measurements.map(({ probe, status }) => `${probe.name}: ${status}`).join('\n');
  } catch (error) {
    return describeError(error);
  }
}
