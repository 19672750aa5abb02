import { LeakError } from '../leak-error.js';

/** @throws {LeakError} `leak/option` unless it is one of the choices: programs without types may give anything. */
export function checkChoice(name: string, value: string, choices: readonly string[]): void {
  if (choices.includes(value)) return;
  throw new LeakError('leak/option', `The option "${name}" is ${String(value)}.`, {
    seen: value,
    remedy: `Give one of ${choices.map((choice) => `"${choice}"`).join(', ')}.`,
  });
}
