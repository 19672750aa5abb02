import { performance } from 'node:perf_hooks';

/** Seconds between two lines where the terminal cannot rewrite one. */
const quietSeconds = 10;

/**
 * One line on stderr that keeps moving: the step, its seconds and the last thing heard of it.
 *
 * Where stderr is no terminal, a new line every ten seconds instead.
 *
 * @param {string} step - What is being done, such as `install`.
 * @returns {{ tell(text: string): void, note(text: string): void, end(text: string): void }}
 *   `tell` sets the last thing heard; `note` prints a line that stays; `end` closes the step.
 */
export function progress(step) {
  const started = performance.now();
  const terminal = process.stderr.isTTY === true && process.env.CI === undefined;
  const seconds = () => Math.round((performance.now() - started) / 1000);
  let heard = '';
  let printedAt = 0;

  const line = (text) => {
    const whole = `  ${step}  ${seconds()} s  ${text}`;
    return terminal ? whole.slice(0, (process.stderr.columns ?? 80) - 1) : whole;
  };
  const stays = (text) => process.stderr.write(`${terminal ? '\r\x1b[2K' : ''}${text}\n`);

  const timer = setInterval(() => {
    if (terminal) {
      process.stderr.write(`\r\x1b[2K${line(heard)}`);
    } else if (seconds() - printedAt >= quietSeconds) {
      printedAt = seconds();
      stays(line(heard));
    }
  }, 250);

  return {
    tell: (text) => {
      heard = text;
    },
    note: (text) => stays(`  ${step}  ${text}`),
    end: (text) => {
      clearInterval(timer);
      stays(line(text));
    },
  };
}
