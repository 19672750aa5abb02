import type { Dispatcher } from 'undici';

/** A request that failed, with the kind that it is counted under: `timeout` or `http <status>`. */
export class ExchangeError extends Error {
  override readonly name = 'ExchangeError';
  readonly code: string;

  constructor(code: string) {
    super(code);
    this.code = code;
  }
}

/** One request on its way: takes the response as it comes, keeps nothing of its body, and ends once. */
export class Exchange implements Dispatcher.DispatchHandler {
  /** When it times out, on the clock of `performance.now()` [ms]. */
  readonly timesOutAt: number;
  readonly #accept: (status: number) => boolean;
  readonly #onEnd: (exchange: Exchange, error?: Error) => void;
  #controller: Dispatcher.DispatchController | undefined;
  #status = 0;
  #ended = false;

  constructor(
    timesOutAt: number,
    accept: (status: number) => boolean,
    onEnd: (exchange: Exchange, error?: Error) => void,
  ) {
    this.timesOutAt = timesOutAt;
    this.#accept = accept;
    this.#onEnd = onEnd;
  }

  /** Gives the request up. One that still waits for a connection is ended when it gets it. */
  timeOut(): void {
    const error = new ExchangeError('timeout');
    this.#end(error);
    this.#controller?.abort(error);
  }

  onRequestStart(controller: Dispatcher.DispatchController): void {
    this.#controller = controller;
    if (this.#ended) controller.abort(new ExchangeError('timeout'));
  }

  onResponseStart(_controller: Dispatcher.DispatchController, status: number): void {
    this.#status = status;
  }

  /** Must be there for the body to be read. */
  onResponseData(): void {}

  onResponseEnd(): void {
    this.#end(this.#accept(this.#status) ? undefined : new ExchangeError(`http ${this.#status}`));
  }

  onResponseError(_controller: Dispatcher.DispatchController, error: Error): void {
    this.#end(error);
  }

  #end(error: Error | undefined): void {
    if (this.#ended) return;
    this.#ended = true;
    this.#onEnd(this, error);
  }
}
