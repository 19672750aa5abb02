/** Something other than a function that can be put under load, such as a server over HTTP. */
export interface LoadTarget<Input> {
  /** Whether its work is done in other processes, so that a busy event loop here is the generator's. */
  readonly remote: boolean;
  /** Called once per process, after `setup`, with what it made. */
  readonly connect: (input: Input) => Connection | Promise<Connection>;
}

/** An open way to a target. */
export interface Connection {
  /** One operation: resolves when it has succeeded, rejects with an error that has a `code` when not. */
  call(): Promise<void>;
  /** Ends what is still open; called once. */
  close(): Promise<void>;
}
