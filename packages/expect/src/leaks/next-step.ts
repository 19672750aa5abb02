import { containerIn } from './path-lines.js';

interface Rule {
  readonly holds: (path: readonly string[]) => boolean;
  readonly say: (path: readonly string[]) => string;
}

const has =
  (pattern: RegExp) =>
  (path: readonly string[]): boolean =>
    path.some((step) => pattern.test(step));

/** What to do about an object by the path that holds it. The first that holds is told. */
const rules: readonly Rule[] = [
  {
    holds: has(/^(?:calls|results|instances|settledResults|invocationCallOrder): Array$/),
    say: () =>
      'a spy keeps what it was called with and what it returned: clear it (vi.clearAllMocks()), or use none here',
  },
  {
    holds: has(/^_events: |^kEvents: |: Listener$/),
    say: () =>
      'remove the listener where the work ends: off(name, listener), or add it by once() or with { signal }',
  },
  {
    holds: has(/(?:^|: )(?:TimersList|Timeout|Immediate)$/),
    say: () => 'end the timer where the work ends: clearTimeout() or clearInterval()',
  },
  {
    holds: (path) => path[0] === 'the function given' && path.length <= 3,
    say: () => 'the function itself holds it in a variable outside: make the object inside of it',
  },
  {
    holds: (path) => containerIn(path) !== undefined,
    say: (path) => `remove from "${containerIn(path)}" what was added when the work is done, or bound it`,
  },
  { holds: () => true, say: () => 'let go of it where the work ends, at the last step that is yours' },
];

/** What to do next about what a retaining path holds. */
export function nextStep(path: readonly string[]): string {
  return (rules.find(({ holds }) => holds(path)) as Rule).say(path);
}

/** What to do next about memory that V8's heap does not hold. */
export function nativeStep(resource: 'external' | 'rss'): string {
  return resource === 'external'
    ? 'let go of the buffers that each call allocates, or use one again'
    : 'look for an addon or a library that allocates outside of V8, and free what each call takes there';
}

/** What to do next about what is open still, by its kinds. */
export function closingStep(kinds: readonly string[]): string {
  const isTimer = (kind: string) => /^(?:Timeout|Immediate)\b/.test(kind);
  const steps = [
    ...(kinds.some(isTimer) ? ['end timers: clearTimeout(), clearInterval()'] : []),
    ...(kinds.every(isTimer)
      ? []
      : ['close what was opened, also when the work fails: close(), destroy() or kill()']),
  ];
  return steps.join('; ');
}
