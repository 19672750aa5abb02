/** Kinds that are told apart; what comes after them counts as `other`. */
const MOST_KINDS = 50;
const OTHER = 'other';

/** Failures by kind, in bounded memory. */
export class ErrorCounts {
  readonly #counts = new Map<string, number>();
  #total = 0;

  get total(): number {
    return this.#total;
  }

  add(kind: string, count = 1): void {
    const known = this.#counts.has(kind) || this.#counts.size < MOST_KINDS ? kind : OTHER;
    this.#counts.set(known, (this.#counts.get(known) ?? 0) + count);
    this.#total += count;
  }

  addAll(others: ErrorCounts): void {
    for (const [kind, count] of others.#counts) this.add(kind, count);
  }

  /** A record of its own, most first; a kind of the name `__proto__` is a field like any other. */
  toRecord(): Record<string, number> {
    return Object.fromEntries([...this.#counts].sort(([, a], [, b]) => b - a));
  }
}
