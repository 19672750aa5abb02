import { formatQuantity, visible } from '@perf/report';
import { type ProbeId, type ProbeNews, probeTitle } from '@perf/schema/core';

/** Without a terminal, a line at most this often [ms]. */
const LINE_EVERY_MS = 5000;

/**
 * How far a run is, with the time left: one line that is rewritten on a terminal, plain lines now and then
 * elsewhere and in CI.
 *
 * The time left is what the processes so far took in the mean, times those to come.
 */
export class Progress {
  readonly #stream: NodeJS.WriteStream;
  readonly #live: boolean;
  readonly #startedAt = Date.now();
  #total = 0;
  #skipped = 0;
  #done = 0;
  #lastLineAt = 0;
  #title = '';

  constructor(stream: NodeJS.WriteStream = process.stderr) {
    this.#stream = stream;
    this.#live = stream.isTTY === true && process.env.CI === undefined && process.env.TERM !== 'dumb';
  }

  /** @param skipped - Probes that are kept from being measured, to be told with every state. */
  planned(total: number, skipped = 0): void {
    this.#total = total;
    this.#skipped = skipped;
  }

  /** Makes the plan longer: what was measured did not decide yet. */
  more(processes: number): void {
    this.#total += processes;
  }

  /** @param doing - What begins, where it is not one of the processes planned. */
  starting(probe: ProbeId, doing?: string): void {
    this.#title = visible(probeTitle(probe));
    if (this.#live) this.#rewrite(`${doing ?? this.#state()}  ${this.#title}`);
  }

  /** Shows what the probe that runs tells of itself; on a terminal only, where it replaces what it told before. */
  news({ doing, figures }: ProbeNews): void {
    if (!this.#live) return;
    const shown = Object.entries(figures).map(
      ([name, { value, unit }]) => `${name} ${formatQuantity(value, unit)}`,
    );
    this.#rewrite(visible([this.#title, doing, ...shown].filter((part) => part !== undefined).join('  ')));
  }

  measured(): void {
    this.#done += 1;
    const now = Date.now();
    const due = now - this.#lastLineAt >= LINE_EVERY_MS || this.#done === this.#total;
    if (this.#live || !due) return;
    this.#lastLineAt = now;
    this.#stream.write(`${this.#state()}\n`);
  }

  /** Writes a lasting line; a live progress line below it starts anew. */
  say(line: string): void {
    this.end();
    this.#stream.write(`${visible(line)}\n`);
  }

  end(): void {
    if (this.#live) this.#rewrite('');
  }

  #state(): string {
    const elapsed = Date.now() - this.#startedAt;
    const left =
      this.#done === 0 ? '' : `, about ${seconds((elapsed / this.#done) * (this.#total - this.#done))} left`;
    const skipped =
      this.#skipped === 0 ? '' : `, ${this.#skipped} ${this.#skipped === 1 ? 'probe' : 'probes'} skipped`;
    return `measured ${this.#done} of ${this.#total} processes in ${seconds(elapsed)}${this.#done === this.#total ? '' : left}${skipped}`;
  }

  #rewrite(line: string): void {
    const width = Math.max(20, this.#stream.columns || 80) - 1;
    this.#stream.write(`\r\u001b[K${line.length > width ? `${line.slice(0, width - 1)}…` : line}`);
  }
}

function seconds(ms: number): string {
  const whole = Math.round(ms / 1000);
  return whole < 60 ? `${whole} s` : `${Math.floor(whole / 60)} min ${whole % 60} s`;
}
