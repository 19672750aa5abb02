// How people use published packages, well and badly: cases of leak-kinds.mjs --libraries, which copies this file to where it has
// installed them.
import { createServer, get } from 'node:http';
import { fileURLToPath } from 'node:url';
import { isMainThread } from 'node:worker_threads';

/** Versions, by the name that the cases use. */
export const packages = {
  '@isaacs/ttlcache': '1.4.1',
  ajv: '6.12.6',
  'any-signal': '3.0.1',
  async: '3.2.6',
  axios: '0.21.4',
  bottleneck: '2.19.5',
  cheerio: '1.0.0',
  dataloader: '2.2.2',
  ejs: '3.1.10',
  eventemitter2: '6.4.9',
  express: '4.21.1',
  fastify: '4.28.1',
  'generic-pool': '3.9.0',
  got: '11.8.6',
  graphql: '16.9.0',
  handlebars: '4.7.8',
  i18next: '23.16.8',
  immer: '10.1.1',
  joi: '17.13.3',
  jsdom: '24.1.3',
  knex: '3.1.0',
  'lru-cache': '10.4.3',
  'lru-cache-6': 'npm:lru-cache@6.0.0',
  luxon: '3.5.0',
  mnemonist: '0.39.8',
  mobx: '6.13.5',
  moment: '2.30.1',
  'node-cache': '5.1.2',
  nunjucks: '3.2.4',
  'p-queue': '8.0.1',
  pino: '9.5.0',
  piscina: '4.7.0',
  pug: '3.0.3',
  'quick-lru': '7.0.0',
  rxjs: '7.8.1',
  sinon: '19.0.2',
  tmp: '0.2.3',
  undici: '6.21.0',
  winston: '3.17.0',
  ws: '8.18.0',
  xstate: '4.38.3',
  yargs: '17.7.2',
  zod: '3.23.8',
};

const load = (name) => import(name);

const use = async (name) => {
  const module = await load(name);
  return module.default ?? module;
};

/** More entries than a hunt can add. */
const MANY = 1_000_000;

const filling = (cache) => {
  let next = 0;
  return () => {
    next += 1;
    cache.set(`key ${next}`, { next });
  };
};

const server = (answer) => {
  const listening = createServer((_, response) => response.end(answer)).listen(0);
  return { url: () => `http://localhost:${listening.address().port}`, close: () => listening.close() };
};

export const leaking = {
  'ajv: a schema for each call': async () => {
    const Ajv = await use('ajv');
    const ajv = new Ajv();
    let next = 0;
    return () => ajv.compile({ type: 'object', properties: { [`p${next++}`]: { type: 'string' } } });
  },
  'any-signal: a signal that lives on': async () => {
    const module = await load('any-signal');
    const anySignal = module.anySignal ?? module.default;
    const { signal } = new AbortController();
    return () => anySignal([signal, new AbortController().signal]);
  },
  'axios: a cancel token for all': async () => {
    const axios = await use('axios');
    const { token } = axios.CancelToken.source();
    const adapter = (config) =>
      new Promise((resolve) => {
        config.cancelToken.promise.then(() => undefined);
        setImmediate(() => resolve({ data: 1, status: 200, headers: {}, config }));
      });
    return () => axios.get('http://service/', { cancelToken: token, adapter });
  },
  'bottleneck: a limiter for each key': async () => {
    const Bottleneck = await use('bottleneck');
    const group = new Bottleneck.Group({ maxConcurrent: 1, timeout: 3_600_000 });
    let next = 0;
    return () => group.key(`key ${next++}`).schedule(async () => 1);
  },
  'dataloader: one for all requests': async () => {
    const DataLoader = await use('dataloader');
    const loader = new DataLoader(async (keys) => keys.map((key) => ({ key })));
    let next = 0;
    return () => loader.load(next++);
  },
  'handlebars: a partial for each call': async () => {
    const handlebars = await use('handlebars');
    let next = 0;
    return () => handlebars.registerPartial(`partial ${next++}`, '{{x}}');
  },
  'i18next: a listener for each call': async () => {
    const i18next = await use('i18next');
    await i18next.init({ lng: 'en', resources: { en: { translation: { a: 'b' } } } });
    return () => {
      i18next.on('languageChanged', () => undefined);
      i18next.t('a');
    };
  },
  'jsdom: a listener on the window': async () => {
    const { JSDOM } = await use('jsdom');
    const { window } = new JSDOM('<p>x</p>');
    return () => {
      const element = window.document.createElement('div');
      window.addEventListener('resize', () => element);
    };
  },
  'p-queue: a signal that lives on': async () => {
    const Queue = await use('p-queue');
    const queue = new Queue({ concurrency: 2 });
    const { signal } = new AbortController();
    return () => queue.add(async () => 1, { signal });
  },
  'rxjs: subscribed and not unsubscribed': async () => {
    const { Subject } = await use('rxjs');
    const subject = new Subject();
    return () => {
      subject.subscribe(() => undefined);
      subject.next(1);
    };
  },
  'sinon: stubs that are not restored': async () => {
    const sinon = await use('sinon');
    return () => sinon.stub()();
  },
  'tmp: files that stay open': async () => {
    const tmp = await use('tmp');
    tmp.setGracefulCleanup();
    return () => tmp.fileSync();
  },
  'winston: a logger for each request': async () => {
    const winston = await use('winston');
    let next = 0;
    return () =>
      winston.loggers.get(`request ${next++}`, {
        transports: [new winston.transports.Console({ silent: true })],
      });
  },
};

export const clean = {
  '@isaacs/ttlcache: far from its limit': async () => {
    const Cache = await use('@isaacs/ttlcache');
    return filling(new Cache({ max: MANY, ttl: 3_600_000 }));
  },
  'lru-cache 10: far from its limit': async () => {
    const { LRUCache } = await load('lru-cache');
    return filling(new LRUCache({ max: MANY }));
  },
  'lru-cache 10: far from its size': async () => {
    const { LRUCache } = await load('lru-cache');
    return filling(new LRUCache({ maxSize: MANY, sizeCalculation: () => 1 }));
  },
  'lru-cache 6: far from its limit': async () => {
    const Cache = await use('lru-cache-6');
    return filling(new Cache({ max: MANY }));
  },
  'mnemonist: far from its capacity': async () => {
    const { LRUMap } = await use('mnemonist');
    return filling(new LRUMap(MANY));
  },
  'node-cache: far from its limit': async () => {
    const Cache = await use('node-cache');
    return filling(new Cache({ maxKeys: MANY }));
  },
  'quick-lru: far from its limit': async () => {
    const Cache = await use('quick-lru');
    return filling(new Cache({ maxSize: MANY }));
  },
  async: async () => {
    const async = await use('async');
    const queue = async.queue((_, done) => setImmediate(done), 2);
    return () => queue.pushAsync({});
  },
  cheerio: async () => {
    const cheerio = await load('cheerio');
    return () => cheerio.load('<p>a<b>c</b></p>')('b').text();
  },
  'ejs: a new template each time': async () => {
    const ejs = await use('ejs');
    let next = 0;
    return () => ejs.render(`a <%= x %> ${next++}`, { x: 1 });
  },
  'eventemitter2: on, emit, off': async () => {
    const { EventEmitter2 } = await use('eventemitter2');
    const emitter = new EventEmitter2({ wildcard: true });
    let next = 0;
    return () => {
      const room = `room.${next++}`;
      const listener = () => undefined;
      emitter.on(room, listener);
      emitter.emit(room);
      emitter.off(room, listener);
    };
  },
  express: async () => {
    const express = await use('express');
    const app = express();
    app.get('/', (_, response) => response.json({ a: 1 }));
    const listening = app.listen(0);
    const { port } = listening.address();
    const iterate = () =>
      new Promise((resolve, reject) => {
        get({ port, agent: false }, (response) => response.resume().on('end', resolve)).on('error', reject);
      });
    return { iterate, close: () => listening.close() };
  },
  fastify: async () => {
    const fastify = await use('fastify');
    const app = fastify();
    app.get('/', async () => ({ a: 1 }));
    return () => app.inject('/');
  },
  'fetch: a signal that lives on': async () => {
    const { url, close } = server('x');
    const { signal } = new AbortController();
    return { iterate: async () => (await fetch(url(), { signal })).text(), close };
  },
  'generic-pool: acquired and released': async () => {
    const { createPool } = await use('generic-pool');
    const pool = createPool({ create: async () => ({}), destroy: async () => undefined }, { max: 50 });
    return async () => {
      for (const one of await Promise.all(Array.from({ length: 50 }, () => pool.acquire())))
        pool.release(one);
    };
  },
  got: async () => {
    const got = await use('got');
    const { url, close } = server('x');
    return { iterate: () => got(url()).text(), close };
  },
  graphql: async () => {
    const { buildSchema, execute, parse, validate } = await use('graphql');
    const schema = buildSchema('type Query { a: Int }');
    let next = 0;
    return () => {
      const document = parse(`{ x${next++}: a }`);
      validate(schema, document);
      return execute({ schema, document, rootValue: { a: 1 } });
    };
  },
  'handlebars: fifty templates': async () => {
    const handlebars = await use('handlebars');
    let next = 0;
    return () => handlebars.compile(`{{x}} ${next++ % 50}`)({ x: 1 });
  },
  immer: async () => {
    const { produce } = await load('immer');
    let state = { values: [1, 2, 3] };
    return () => {
      state = produce(state, (draft) => {
        draft.values[0] += 1;
      });
    };
  },
  joi: async () => {
    const joi = await use('joi');
    return () => joi.object({ a: joi.string().required() }).validate({ a: 'x' });
  },
  'jsdom: opened and closed': async () => {
    const { JSDOM } = await use('jsdom');
    return () => {
      const { window } = new JSDOM('<p>x</p>');
      window.document.querySelector('p');
      window.close();
    };
  },
  knex: async () => {
    const knex = (await use('knex'))({ client: 'pg' });
    let next = 0;
    return () => knex('t').where({ a: next++ }).toString();
  },
  'luxon: twelve languages': async () => {
    const { DateTime } = await load('luxon');
    const languages = ['en', 'de', 'fr', 'it', 'es', 'pt', 'nl', 'sv', 'da', 'fi', 'pl', 'cs'];
    let next = 0;
    return () =>
      DateTime.now()
        .setLocale(languages[next++ % 12])
        .toLocaleString(DateTime.DATE_FULL);
  },
  'mobx: a reaction that is disposed': async () => {
    const { autorun, observable } = await load('mobx');
    const state = observable({ a: 1 });
    return () => {
      const dispose = autorun(() => state.a);
      state.a += 1;
      dispose();
    };
  },
  moment: async () => {
    const moment = await use('moment');
    return () => moment().add(1, 'd').format('LLL');
  },
  'nunjucks: a new template each time': async () => {
    const nunjucks = await use('nunjucks');
    let next = 0;
    return () => nunjucks.renderString(`a {{ x }} ${next++}`, { x: 1 });
  },
  'pino: a child each time': async () => {
    const pino = await use('pino');
    const log = pino({}, { write: () => undefined });
    let next = 0;
    return () => log.child({ next: next++ }).info('x');
  },
  piscina: async () => {
    const Piscina = await use('piscina');
    const pool = new Piscina({ filename: fileURLToPath(import.meta.url), name: 'double', maxThreads: 1 });
    return { iterate: () => pool.run(1), close: () => pool.destroy() };
  },
  pug: async () => {
    const pug = await use('pug');
    return () => pug.render('p= x', { x: 1 });
  },
  'rxjs: take(1)': async () => {
    const { Subject, take } = await use('rxjs');
    const subject = new Subject();
    return () => {
      subject.pipe(take(1)).subscribe(() => undefined);
      subject.next(1);
    };
  },
  undici: async () => {
    const { request } = await use('undici');
    const { url, close } = server('x');
    return { iterate: async () => (await request(url())).body.text(), close };
  },
  'winston: a child each time': async () => {
    const winston = await use('winston');
    const log = winston.createLogger({ transports: [new winston.transports.Console({ silent: true })] });
    let next = 0;
    return () => log.child({ next: next++ }).info('x');
  },
  ws: async () => {
    const { WebSocket, WebSocketServer } = await load('ws');
    const sockets = new WebSocketServer({ port: 0 });
    sockets.on('connection', (socket) => socket.on('message', (message) => socket.send(message)));
    const { port } = sockets.address();
    const iterate = async () => {
      const socket = new WebSocket(`ws://localhost:${port}`);
      await new Promise((resolve) => socket.once('open', resolve));
      socket.send('x');
      await new Promise((resolve) => socket.once('message', resolve));
      socket.close();
      await new Promise((resolve) => socket.once('close', resolve));
    };
    return { iterate, close: () => sockets.close() };
  },
  'xstate: started and stopped': async () => {
    const { createMachine, interpret } = await load('xstate');
    const states = { x: { on: { GO: 'y' } }, y: {} };
    const machine = createMachine({ id: 'a', initial: 'x', predictableActionArguments: true, states });
    return () => {
      const service = interpret(machine).start();
      service.send('GO');
      service.stop();
    };
  },
  yargs: async () => {
    const yargs = await use('yargs');
    return () => yargs(['--a', '1']).exitProcess(false).parse();
  },
  zod: async () => {
    const { z } = await load('zod');
    return () => z.object({ a: z.string() }).parse({ a: 'x' });
  },
};

/** What piscina runs. */
export const double = (value) => 2 * value;

const wanted = process.env.LEAK_KIND ?? '';
const made = isMainThread ? await (leaking[wanted] ?? clean[wanted])?.() : undefined;
export const iterate = typeof made === 'function' ? made : made?.iterate;
export const close = made?.close;
