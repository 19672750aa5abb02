import type { MachineCheck } from '@perf/monitor';
import { instructionCounter } from '@perf/runner';

/** Whether `--instructions` works on this machine. That it does not spoils nothing. */
export async function instructionCheck(): Promise<MachineCheck> {
  const counter = await instructionCounter();
  if ('unavailable' in counter)
    return {
      name: 'counting',
      state: 'unknown',
      seen: `--instructions cannot count: ${counter.unavailable}`,
    };
  const how = counter.tool === 'perf' ? '' : ', many times slower than the code itself';
  return {
    name: 'counting',
    state: 'good',
    seen: `--instructions counts with ${counter.tool} (${counter.version})${how}`,
  };
}
