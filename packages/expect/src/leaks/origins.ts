import { createHook } from 'node:async_hooks';
import { relative } from 'node:path';
import { fileURLToPath } from 'node:url';
import { ownerOf } from '@perf/monitor';

/** Whose opening is noted, by the names that `async_hooks` gives them. Requests end by themselves. */
const KEPT_OPEN =
  /^(?:Timeout|Immediate|WORKER|MESSAGEPORT|STATWATCHER|(?:TCP|TCPSERVER|PIPE|PIPESERVER|UDP|TTY|PROCESS|SIGNAL|FSEVENT)WRAP)$/;
/** From so many on those that are closed are forgotten. */
const SWEEP_AT = 1000;

interface Opened {
  readonly kind: string;
  readonly place: string;
  readonly resource: WeakRef<{ hasRef?: () => boolean; _destroyed?: boolean }>;
}

/** Notes where handles are opened, as long as it is on. */
export class Origins {
  #opened: Opened[] = [];
  #sweepAt = SWEEP_AT;
  readonly #hook = createHook({
    init: (_id, type, _trigger, resource) => {
      if (KEPT_OPEN.test(type)) this.#note(type, resource);
    },
  }).enable();

  /**
   * Where those of a kind were opened that keep the event loop alive now: `Timeout × 3 at a.test.ts:10`.
   *
   * @param kinds - As `process.getActiveResourcesInfo()` names them.
   */
  placesOf(kinds: readonly string[]): string[] {
    this.#sweep();
    const wanted = new Map(kinds.map((kind) => [kind.toUpperCase().replace('TCPSOCKET', 'TCP'), kind]));
    const counts = new Map<string, number>();
    for (const { kind, place } of this.#opened) {
      const name = wanted.get(kind.toUpperCase());
      if (name === undefined || place === '') continue;
      const text = `${name} at ${place}`;
      counts.set(text, (counts.get(text) ?? 0) + 1);
    }
    return [...counts].map(([text, count]) => (count === 1 ? text : `${text}, ${count} times`));
  }

  stop(): void {
    this.#hook.disable();
    this.#opened = [];
  }

  #note(kind: string, resource: object): void {
    this.#opened.push({
      kind,
      place: callerOf(new Error('opened').stack ?? ''),
      resource: new WeakRef(resource),
    });
    if (this.#opened.length < this.#sweepAt) return;
    this.#sweep();
    this.#sweepAt = Math.max(SWEEP_AT, 2 * this.#opened.length);
  }

  #sweep(): void {
    this.#opened = this.#opened.filter(({ resource }) => {
      const handle = resource.deref();
      // A timer that has run still says that it keeps the loop alive.
      return handle?.hasRef?.() === true && handle._destroyed !== true;
    });
  }
}

const FRAME = /(?:\(|at (?:async )?)(file:\/\/\/[^()]+|\/[^()]+|[A-Za-z]:[\\/][^()]+):(\d+):\d+\)?$/;

/** The place nearest to the opening that is of no package, else the nearest. */
function callerOf(stack: string): string {
  const places = stack.split('\n').flatMap((line) => {
    const [, file, at] = FRAME.exec(line) ?? [];
    if (file === undefined) return [];
    const path = file.startsWith('file:') ? fileURLToPath(file) : file;
    return ownerOf(path) === undefined ? [`${relative(process.cwd(), path)}:${at}`] : [];
  });
  return places.find((place) => !/(?:^|[\\/])node_modules[\\/]/.test(place)) ?? places[0] ?? '';
}
