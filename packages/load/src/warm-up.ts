import type { StageRun } from './models/model.js';
import { LoadRecorder } from './recording/load-recorder.js';
import { runStage } from './run-stages.js';
import type { LoadShape, StagePlan } from './shapes/load-shape.js';

/**
 * The load that a shape begins with, for a while: connections open, code gets optimised, caches fill. Counted nowhere.
 *
 * @param warmupMs - May be 0.
 */
export async function warmUp(
  { stages }: LoadShape,
  warmupMs: number,
  run: Omit<StageRun, 'stage'>,
): Promise<void> {
  const [first] = stages;
  if (first === undefined || warmupMs <= 0) return;
  const seconds = warmupMs / 1000;
  const plan: StagePlan =
    first.model === 'open'
      ? { ...first, seconds }
      : { model: 'closed', concurrency: first.concurrency, seconds };
  if (plan.model === 'open' && plan.rate * seconds < 1) return;
  const recorder = new LoadRecorder();
  const stage = recorder.begin();
  await runStage(plan, { ...run, stage });
  recorder.end(stage);
}
