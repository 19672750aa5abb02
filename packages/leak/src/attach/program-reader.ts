import { type Held, heldResources } from '../held/read-held.js';
import { descriptorCapacity } from '../subject/capacity.js';
import { kindsOpen } from '../subject/open-by-kind.js';
import type { Capacity, OpenByKind } from '../subject/subject.js';
import { attachError } from './attach-error.js';
import type { ProtocolSession } from './protocol-session.js';
import { readingCode } from './reading-code.js';

/** What the inspector says of a value, or of what was thrown instead. */
interface Evaluated {
  readonly result?: { readonly objectId?: string; readonly value?: unknown };
  readonly exceptionDetails?: {
    readonly text?: string;
    readonly exception?: { readonly description?: string };
  };
}

/** Reads what another program holds. Collects nothing there. Rejects with `leak/attach` once the program is gone. */
export class ProgramReader {
  readonly #session: ProtocolSession;
  readonly #objectId: string;

  private constructor(session: ProtocolSession, objectId: string) {
    this.#session = session;
    this.#objectId = objectId;
  }

  /** @throws {LeakError} `leak/attach` if the program cannot run what reads it. */
  static async start(session: ProtocolSession): Promise<ProgramReader> {
    const command = { expression: readingCode, includeCommandLineAPI: true, objectGroup: 'perfkit-reading' };
    const { objectId } = resultOf(await session.post('Runtime.evaluate', command));
    return new ProgramReader(session, String(objectId));
  }

  async held(): Promise<Held> {
    const held = (await this.#call('held')) as { [Resource in keyof Held]: number | null };
    const values = heldResources.map((resource) => [resource, held[resource] ?? Number.NaN] as const);
    return Object.fromEntries(values) as Held;
  }

  async openByKind(): Promise<OpenByKind> {
    const { targets, handles } = (await this.#call('open')) as { targets: string[]; handles: string[] };
    return kindsOpen(targets, handles);
  }

  async capacity(): Promise<Capacity> {
    const { heap, limits } = (await this.#call('capacity')) as { heap: number; limits: string };
    return { heap, ...descriptorCapacity(limits) };
  }

  async #call(what: 'held' | 'open' | 'capacity'): Promise<unknown> {
    const answer = await this.#session.post('Runtime.callFunctionOn', {
      objectId: this.#objectId,
      functionDeclaration: `function () { return this.${what}(); }`,
      returnByValue: true,
    });
    return resultOf(answer).value;
  }
}

function resultOf(answer: unknown): NonNullable<Evaluated['result']> {
  const { result = {}, exceptionDetails } = answer as Evaluated;
  if (exceptionDetails === undefined) return result;
  const why = exceptionDetails.exception?.description ?? exceptionDetails.text ?? '';
  throw attachError(
    `What the process holds cannot be read there: ${why.slice(0, 200)}.`,
    'Attach to the main thread of a process of Node.js 20 or later.',
  );
}
