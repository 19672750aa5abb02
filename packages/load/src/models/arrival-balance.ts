/** A target is behind when more than this share of the arrivals is not served, and this many more are open. */
const BEHIND_SHARE = 0.1;
const BEHIND_COUNT = 5;
/** Standard errors that the mean response of two halves must lie apart to count as different. */
const APART = 3;

/** Operations of one half of a stage that ended, by when they were due [ms]. */
class Half {
  count = 0;
  #due = 0;
  #response = 0;
  #squares = 0;

  add(dueMs: number, responseMs: number): void {
    this.count += 1;
    this.#due += dueMs;
    this.#response += responseMs;
    this.#squares += responseMs * responseMs;
  }

  get meanDue(): number {
    return this.#due / this.count;
  }

  get meanResponse(): number {
    return this.#response / this.count;
  }

  /** Square of the standard error of the mean response; needs two operations. */
  get squaredError(): number {
    const variance = (this.#squares - this.#response * this.meanResponse) / (this.count - 1);
    return Math.max(0, variance) / this.count;
  }
}

/**
 * Holds what a target served against what arrived, in memory that does not grow.
 *
 * A target that keeps up answers those who came late in a stage as fast as those who came early, however long it takes
 * and however much answers differ: then everything due in the stage counts, also what ended after it. One that serves
 * μ of λ arrivals a second lets each later one wait longer, by λ / μ - 1 of the time between them: responses of the
 * second half against the first give μ back (a queue seen as a fluid; Newell 1982, "Applications of
 * Queueing Theory"). What ended within the stage is a lower bound whatever the order of service.
 */
export class ArrivalBalance {
  readonly #arrivals: number;
  readonly #stageMs: number;
  readonly #first: Half = new Half();
  readonly #second: Half = new Half();
  #successes = 0;
  #successesInStage = 0;
  #endedInHalf = 0;
  #endedInStage = 0;

  /**
   * @param arrivals - Due in the stage, at equal distances, at least 1.
   * @param stageMs - Its time [ms].
   */
  constructor(arrivals: number, stageMs: number) {
    this.#arrivals = arrivals;
    this.#stageMs = stageMs;
  }

  /**
   * An operation ended.
   *
   * @param dueMs - When it was due, since the stage began [ms].
   * @param endMs - When it ended, since then [ms].
   */
  ended(dueMs: number, endMs: number, success: boolean): void {
    const inStage = endMs <= this.#stageMs;
    (dueMs < this.#stageMs / 2 ? this.#first : this.#second).add(dueMs, endMs - dueMs);
    if (inStage) this.#endedInStage += 1;
    if (endMs <= this.#stageMs / 2) this.#endedInHalf += 1;
    if (!success) return;
    this.#successes += 1;
    if (inStage) this.#successesInStage += 1;
  }

  /** Successful operations a second: the rate of arrivals where the target kept up, not above what it served if not. */
  get throughput(): number {
    const served = Math.max(this.#successesInStage, this.#successes * this.#servedShare());
    return (served * 1000) / this.#stageMs;
  }

  /** Whether more were open at the end of the stage than halfway, and not just because each answer takes long. */
  get behind(): boolean {
    const inFirst = Math.ceil(this.#arrivals / 2);
    const inSecond = this.#arrivals - inFirst;
    const grown = inSecond - (this.#endedInStage - this.#endedInHalf);
    if (grown <= Math.max(BEHIND_SHARE * inSecond, BEHIND_COUNT)) return false;
    return this.#servedShare() < 1 - BEHIND_SHARE;
  }

  /** μ / λ, in [0, 1]: the share that ended at all, by what the trend of the response times leaves. */
  #servedShare(): number {
    const [first, second] = [this.#first, this.#second];
    const ended = (first.count + second.count) / this.#arrivals;
    // Of halves so small nothing is known but whether they ended.
    if (first.count < 2 || second.count < 2) return ended === 1 ? 1 : 0;
    const longer = Math.abs(second.meanResponse - first.meanResponse);
    if (longer <= APART * Math.sqrt(first.squaredError + second.squaredError)) return ended;
    const between = second.meanDue - first.meanDue;
    return (ended * between) / (between + longer);
  }
}
