// Ways to leak, and ways to grow that are none: one small program each. `LEAK_KIND` chooses the one that `iterate` is.

import { AsyncLocalStorage } from 'node:async_hooks';
import crypto from 'node:crypto';
import dgram from 'node:dgram';
import { EventEmitter } from 'node:events';
import fs from 'node:fs';
import http from 'node:http';
import net from 'node:net';
import { performance } from 'node:perf_hooks';
import { Readable } from 'node:stream';
import { setTimeout as pause } from 'node:timers/promises';
import vm from 'node:vm';
import { Worker } from 'node:worker_threads';
import zlib from 'node:zlib';

/** Each leaves something behind in every iteration, or in every tenth. */
export const leaking = {
  promiseRace: () => {
    const never = new Promise(() => {});
    return async () => {
      await Promise.race([never, Promise.resolve(1)]);
    };
  },
  promisePending: () => {
    const e = new EventEmitter().setMaxListeners(0);
    return () => {
      void new Promise((r) => e.once('x', r)).then(() => 1);
    };
  },
  intervals: () => () => {
    setInterval(() => {}, 1e6).unref();
  },
  workers: () => async () => {
    const w = new Worker('setInterval(()=>{},1e6)', { eval: true });
    await new Promise((r) => w.once('online', r));
    w.unref();
  },
  vmContexts: () => {
    const k = [];
    return () => {
      k.push(vm.createContext({}));
    };
  },
  vmScripts: () => {
    const k = [];
    let i = 0;
    return () => {
      k.push(new vm.Script(`(function(){return ${i++}})`));
    };
  },
  zlib: () => {
    const k = [];
    return () => {
      const g = zlib.createGzip();
      g.write('abc');
      k.push(g);
    };
  },
  fdOpen: () => () => {
    fs.openSync('/etc/hostname');
  },
  fdPromise: () => {
    const k = [];
    return async () => {
      k.push(await fs.promises.open('/etc/hostname'));
    };
  },
  watchers: () => () => {
    fs.watch('/tmp', () => {}).unref();
  },
  sockets: () => {
    const conns = [];
    let server;
    return async () => {
      server ??= await new Promise((r) => {
        const s = net
          .createServer((c) => {
            c.on('error', () => {});
          })
          .listen(0, '127.0.0.1', () => r(s));
      });
      const c = net.connect(server.address().port, '127.0.0.1');
      await new Promise((r) => c.once('connect', r));
      conns.push(c);
    };
  },
  udp: () => () => {
    const s = dgram.createSocket('udp4');
    s.bind(0);
  },
  als: () => {
    const als = new AsyncLocalStorage();
    const k = [];
    return () => {
      als.run({ big: new Array(50).fill(0) }, () => {
        k.push(Promise.resolve().then(() => als.getStore()));
      });
    };
  },
  marks: () => () => {
    performance.mark('m');
  },
  symbols: () => {
    const o = {};
    let i = 0;
    return () => {
      o[Symbol(`s${i++}`)] = 1;
    };
  },
  slices: () => {
    const k = [];
    return () => {
      k.push(Buffer.alloc(20000).subarray(0, 10));
    };
  },
  slicedStrings: () => {
    const k = [];
    let i = 0;
    return () => {
      const big = `line ${i++}`.padEnd(20000, 'x');
      k.push(big.slice(100, 130));
    };
  },
  errors: () => {
    const log = [];
    return () => {
      try {
        null.x;
      } catch (e) {
        log.push(e);
      }
    };
  },
  mapDates: () => {
    const m = new Map();
    let i = 0;
    return () => {
      m.set(i++, i * 1.5);
    };
  },
  weakmapLeak: () => {
    const key = {};
    const w = new WeakMap();
    w.set(key, []);
    globalThis.__key = key;
    return () => {
      w.get(key).push({});
    };
  },
  everyTen: () => {
    const k = [];
    let i = 0;
    return () => {
      if (i++ % 10 === 0) k.push({ i, a: [1, 2, 3] });
    };
  },
  slowEveryThird: () => {
    const k = [];
    let i = 0;
    return async () => {
      await pause(3);
      if (i++ % 3 === 0) k.push({ i });
    };
  },
  slow20: () => {
    const k = [];
    return async () => {
      await pause(20);
      k.push({});
    };
  },
  httpListeners: () => {
    let s;
    const agent = new http.Agent({ keepAlive: true });
    const hooks = [];
    return async () => {
      s ??= await new Promise((r) => {
        const x = http
          .createServer((q, a) => {
            hooks.push(() => q);
            a.end('ok');
          })
          .listen(0, '127.0.0.1', () => r(x));
      });
      await new Promise((r, j) =>
        http
          .get({ port: s.address().port, agent, host: '127.0.0.1' }, (m) => {
            m.resume();
            m.on('end', r);
          })
          .on('error', j),
      );
    };
  },
  bigBuffers: () => {
    const k = [];
    return () => {
      k.push(Buffer.alloc(1 << 20));
    };
  },
  classField: () => {
    class Session {
      constructor() {
        this.d = new Date();
      }
    }
    class Store {
      sessions = new Map();
    }
    const st = new Store();
    let i = 0;
    return () => {
      st.sessions.set(`s${i++}`, new Session());
    };
  },
  finreg: () => {
    const reg = new FinalizationRegistry(() => {});
    const g = {};
    globalThis.__g = g;
    return () => {
      reg.register(g, { x: 1 });
    };
  },
  generators: () => {
    const k = new Set();
    function* gen() {
      yield 1;
      yield 2;
    }
    return () => {
      const g = gen();
      g.next();
      k.add(g);
    };
  },
  domainStrings: () => {
    let _s = '';
    return () => {
      _s += 'x';
    };
  },
};

/** Each keeps a bounded amount. */
export const clean = {
  noop: () => () => {},
  randomKeys: () => {
    const m = new Map();
    return () => {
      const k = Math.floor(Math.random() * 20000);
      m.set(k, { k });
    };
  },
  randomKeysSlow: () => {
    const m = new Map();
    return async () => {
      await pause(2);
      const k = Math.floor(Math.random() * 300);
      m.set(k, { k });
    };
  },
  lru: () => {
    const m = new Map();
    let i = 0;
    return () => {
      m.set(i, { i });
      i++;
      if (m.size > 5000) m.delete(m.keys().next().value);
    };
  },
  lruSlow: () => {
    const m = new Map();
    let i = 0;
    return async () => {
      await pause(1);
      m.set(i, { i });
      i++;
      if (m.size > 200) m.delete(m.keys().next().value);
    };
  },
  ttl: () => {
    const m = new Map();
    let i = 0;
    return async () => {
      const k = i++;
      m.set(k, { k });
      setTimeout(() => m.delete(k), 20);
      await pause(1);
    };
  },
  weakCache: () => {
    const m = new Map();
    let i = 0;
    const reg = new FinalizationRegistry((k) => m.delete(k));
    return () => {
      const o = { i: i++ };
      m.set(o.i, new WeakRef(o));
      reg.register(o, o.i);
    };
  },
  ring: () => {
    const r = new Array(1000);
    let i = 0;
    return () => {
      r[i++ % 1000] = { i };
    };
  },
  regex: () => {
    let i = 0;
    return () => new RegExp(`a${i++}`).test('b');
  },
  newFunction: () => {
    let i = 0;
    return () => new Function(`return ${i++}`)();
  },
  vm: () => () => vm.runInNewContext('1+1'),
  zlibOk: () => () => zlib.gzipSync('hello world'.repeat(100)),
  workersOk: () => async () => {
    const w = new Worker('1', { eval: true });
    await new Promise((r) => w.once('exit', r));
  },
  fsOk: () => async () => {
    const h = await fs.promises.open('/etc/hostname');
    await h.readFile();
    await h.close();
  },
  http: () => {
    let s;
    const agent = new http.Agent({ keepAlive: true });
    return async () => {
      s ??= await new Promise((r) => {
        const x = http
          .createServer((_q, a) => {
            a.end('ok');
          })
          .listen(0, '127.0.0.1', () => r(x));
      });
      await new Promise((r, j) =>
        http
          .get({ port: s.address().port, agent, host: '127.0.0.1' }, (m) => {
            m.resume();
            m.on('end', r);
          })
          .on('error', j),
      );
    };
  },
  httpNoKeep: () => {
    let s;
    return async () => {
      s ??= await new Promise((r) => {
        const x = http
          .createServer((_q, a) => {
            a.end('ok');
          })
          .listen(0, '127.0.0.1', () => r(x));
      });
      await new Promise((r, j) =>
        http
          .get({ port: s.address().port, agent: false, host: '127.0.0.1' }, (m) => {
            m.resume();
            m.on('end', r);
          })
          .on('error', j),
      );
    };
  },
  streams: () => async () => {
    let n = 0;
    for await (const c of Readable.from(['a', 'b', 'c'])) n += c.length;
    return n;
  },
  bigAlloc: () => () => Buffer.alloc(1 << 20).length,
  sort: () => () => Array.from({ length: 1000 }, () => Math.random()).sort(),
  json: () => {
    const o = { a: [...Array(200).keys()].map((i) => ({ i, s: `x${i}` })) };
    return () => JSON.parse(JSON.stringify(o)).a.length;
  },
  memoDecay: () => {
    const m = new Map();
    return () => {
      const k = Math.floor(Math.exp(Math.random() * 10));
      m.get(k) ?? m.set(k, { k });
    };
  },
  crypto: () => () => crypto.createHash('sha256').update('x').digest('hex'),
  abort: () => async () => {
    const c = new AbortController();
    c.signal.addEventListener('abort', () => {});
    await Promise.resolve();
  },
  strings: () => {
    let i = 0;
    const o = {};
    return () => {
      o[`k${i++ % 500}`] = i;
    };
  },
  consoleLog: () => () => {
    console.info({ x: 1 });
  },
};

const kind = process.env.LEAK_KIND ?? '';
export const iterate = (leaking[kind] ?? clean[kind])?.();
