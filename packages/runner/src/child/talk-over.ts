import type { PairNews, PairStep } from '../lockstep/messages.js';
import type { Talk } from '../lockstep/take-part.js';
import { contentOf, type Envelope } from '../protocol.js';

/** The talk with the parent over IPC: what it says in messages with the task's token, one at a time, in order. */
export function talkOver(token: string): Talk {
  const steps: PairStep[] = [];
  let waiting: ((step: PairStep) => void) | undefined;
  process.on('message', (message) => {
    const step = contentOf(message, token) as PairStep | undefined;
    if (step === undefined) return;
    if (waiting === undefined) steps.push(step);
    else waiting(step);
    waiting = undefined;
  });
  return {
    say: (news) => process.send?.({ token, content: news } satisfies Envelope<PairNews>),
    heard: () =>
      new Promise((resolve) => {
        const step = steps.shift();
        if (step === undefined) waiting = resolve;
        else resolve(step);
      }),
  };
}
