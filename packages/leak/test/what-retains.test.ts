import { EventEmitter } from 'node:events';
import { console as inspectorConsole, Session } from 'node:inspector';
import { setTimeout as pause } from 'node:timers/promises';
import { setFlagsFromString } from 'node:v8';
import { runInNewContext } from 'node:vm';
import { describe, expect, it } from 'vitest';
import { whatRetains } from '../src/index.js';

class Thing {
  readonly payload = new Array(10).fill(0);
}

const cache = new Map<string, unknown>();
const bus = new EventEmitter();

/** No time but for the fewest collections, and none for a snapshot, whose collections would hide what they missed. */
const QUICK = { settleMs: 1, snapshotMs: 1 };

/** Only the young generation: what is old stays. */
function scavenge(): void {
  setFlagsFromString('--expose-gc');
  const collect = runInNewContext('gc') as (options: { type: 'minor' }) => void;
  collect({ type: 'minor' });
}

describe('an object that nothing holds', () => {
  it('is collected, also where it is made by an async function or is a function', async () => {
    expect(await whatRetains(() => new Thing())).toBeUndefined();
    const later = async () => {
      const thing = new Thing();
      await pause(1);
      return thing;
    };
    expect(await whatRetains(later)).toBeUndefined();
    expect(await whatRetains(() => () => new Thing())).toBeUndefined();
  });

  it('is collected from the old generation, which a scavenge leaves alone', async () => {
    const old = () => {
      const thing = new Thing();
      for (let round = 0; round < 4; round += 1) scavenge();
      return thing;
    };
    const reference = new WeakRef(old());
    for (let round = 0; round < 4; round += 1) {
      await pause(1);
      scavenge();
    }
    expect(reference.deref()).toBeInstanceOf(Thing);
    expect(await whatRetains(old, QUICK)).toBeUndefined();
  });

  it('is collected after what finalisers let go of', async () => {
    const finalised: unknown[] = [];
    const registry = new FinalizationRegistry((held) => finalised.push(typeof held));
    const handedOn = () => {
      const thing = new Thing();
      let held: object = thing;
      for (let link = 0; link < 3; link += 1) {
        const next = { link };
        registry.register(next, held);
        held = next;
      }
      return thing;
    };
    expect(await whatRetains(handedOn, QUICK)).toBeUndefined();
    expect(finalised).toEqual(['object', 'object', 'object']);
  });

  it('is collected though the console of an open inspector was given it', async () => {
    const session = new Session();
    session.connect();
    const logged = () => {
      const thing = new Thing();
      inspectorConsole.log(thing);
      return thing;
    };
    expect(await whatRetains(logged, QUICK)).toBeUndefined();
    session.disconnect();
  });

  it('is collected when what holds it ends in the time that it has', async () => {
    const brief = () => {
      const thing = new Thing();
      setTimeout(() => thing, 150);
      return thing;
    };
    expect(await whatRetains(brief, { settleMs: 1000 })).toBeUndefined();
  });
});

describe('an object that is held', () => {
  it('is told with its class and the shortest path to this very object', async () => {
    const others = Array.from({ length: 1000 }, () => new Thing());
    const kept = await whatRetains(() => {
      const thing = new Thing();
      cache.set('kept', { inner: thing });
      return thing;
    });
    expect(kept).toMatchObject({ name: 'Thing', warnings: [] });
    expect(kept?.path.slice(-4)).toEqual([
      expect.stringMatching(/Map$/),
      'table: (array)',
      'Object',
      'inner: Thing',
    ]);
    expect(others).toHaveLength(1000);
  });

  it('is told with the listener that closes over it', async () => {
    const kept = await whatRetains(() => {
      const thing = new Thing();
      bus.on('message', () => thing);
      return thing;
    });
    expect(kept?.path.join(' › ')).toMatch(
      /EventEmitter › _events: Object › message: \(\) › context: system \/ Context › thing: Thing$/,
    );
  });

  it('by the function given has a path that begins there', async () => {
    const own = new Thing();
    const kept = await whatRetains(() => own);
    expect(kept?.path).toEqual(['the function given', 'context: system / Context', 'own: Thing']);
    function itself(): unknown {
      return itself;
    }
    expect(await whatRetains(itself)).toMatchObject({ name: 'Function', path: ['the function given'] });
  });

  it('has no path where a snapshot takes longer than there is time, and says so', async () => {
    const own = new Thing();
    const kept = await whatRetains(() => own, { snapshotMs: 1 });
    expect(kept).toMatchObject({ name: 'Thing', path: [] });
    expect(kept?.warnings).toEqual([
      {
        code: 'leak/no-path',
        message: expect.stringMatching(/^What holds it is not known: a heap snapshot takes about [\d.]+ s/),
      },
    ]);
  });

  it('has a path also where it is a proxy that refuses every question', async () => {
    const refuse = () => {
      throw new TypeError('no');
    };
    const proxy = new Proxy(new Thing(), {
      getPrototypeOf: refuse,
      getOwnPropertyDescriptor: refuse,
      get: (_target, key) => (key === 'then' ? undefined : refuse()),
    });
    const kept = await whatRetains(() => proxy);
    expect(kept).toMatchObject({ name: 'Object', warnings: [] });
    expect(kept?.path.slice(0, 2)).toEqual(['the function given', 'context: system / Context']);
  });
});

describe('what whatRetains cannot do', () => {
  it('is an error that says what to do', async () => {
    await expect(whatRetains(() => 1)).rejects.toMatchObject({ code: 'leak/no-object', seen: 'number' });
    await expect(whatRetains(() => null)).rejects.toMatchObject({ seen: 'null' });
    await expect(whatRetains(async () => 'text')).rejects.toMatchObject({ seen: 'string' });
    await expect(whatRetains(5 as never)).rejects.toMatchObject({ code: 'leak/not-a-function' });
    await expect(whatRetains(() => ({}), { settleMs: -1 })).rejects.toMatchObject({ code: 'leak/option' });
    const failing = () => {
      throw new RangeError('no more');
    };
    await expect(whatRetains(failing)).rejects.toThrow(RangeError);
  });

  it('ends with the signal', async () => {
    const own = new Thing();
    const signal = AbortSignal.timeout(50);
    await expect(whatRetains(() => own, { settleMs: 60_000, signal })).rejects.toMatchObject({
      name: 'TimeoutError',
    });
  });
});
