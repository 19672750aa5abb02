import type { AdviceFinding } from '@perf/schema';
import type { Cost } from './profile.js';

/** A place as advice holds it: the file as the engine gave it, without a line or name that it did not give. */
export function placeOf({
  file,
  line,
  function: name,
}: Pick<Cost, 'file' | 'line' | 'function'>): NonNullable<AdviceFinding['place']> {
  return { file, ...(line > 0 && { line }), ...(name !== '' && { function: name }) };
}
