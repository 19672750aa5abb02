/** One request. */
export interface HttpRequest {
  /** Absolute, or a path such as `/health` of the `url` that `setup` made. */
  readonly url: string | URL;
  /** Resolved against `url`. */
  readonly path?: string;
  /** Default GET, or POST with a body. */
  readonly method?: string;
  readonly headers?: Readonly<Record<string, string>>;
  readonly body?: string | Uint8Array;
}

export interface HttpOptions {
  /** From the start of a request, the wait for a connection included, to the end of its response [ms]; default 10,000. */
  readonly timeoutMs?: number;
  /** Connections to a server at most; by default as many as there are calls in flight, so that none waits for another. */
  readonly connections?: number;
  /** Whether a status is a success; default: below 400. Redirects are not followed. */
  readonly accept?: (status: number) => boolean;
}
