import { describe, expect, it } from 'vitest';
import {
  fails,
  type Measurement,
  only,
  type Probe,
  type ProbeContext,
  SuiteError,
  skip,
  suite,
} from '../src/index.js';

const plain: Probe = {
  kind: 'bench',
  params: {},
  tags: ['slow'],
  measure: () => Promise.reject(new Error('not to be measured')),
};

describe('only, skip and fails', () => {
  it('mark a copy and leave the probe as it was', () => {
    expect(only(plain)).toMatchObject({ kind: 'bench', mode: 'only', tags: ['slow'] });
    expect(skip(plain)).toMatchObject({ mode: 'skip' });
    expect(fails(plain)).toMatchObject({ fails: true });
    expect(plain).not.toHaveProperty('mode');
    expect(plain).not.toHaveProperty('fails');
  });

  it('add up, and of skip and only the outer one holds', () => {
    expect(skip(fails(only(plain)))).toMatchObject({ mode: 'skip', fails: true });
    expect(only(fails(skip(plain)))).toMatchObject({ mode: 'only', fails: true });
  });

  it('mark a probe that is an instance of a class, whose methods keep their object', async () => {
    class Counting implements Probe {
      readonly #kind = 'counting';
      get kind(): string {
        return this.#kind;
      }
      readonly params = {};
      async measure(context: ProbeContext): Promise<Measurement> {
        throw new Error(`${this.#kind} ${context.processIndex}`);
      }
      async profile(): Promise<never> {
        throw new Error(`profile of ${this.#kind}`);
      }
    }
    const marked = only(new Counting());
    expect(marked.kind).toBe('counting');
    await expect(marked.measure({ processIndex: 4 } as ProbeContext)).rejects.toThrow('counting 4');
    await expect(marked.profile?.({} as ProbeContext)).rejects.toThrow('profile of counting');
    expect(suite('s', { one: marked }).probes.one).toMatchObject({ mode: 'only' });
  });

  it.each([only, skip, fails])('%o refuses a bare function, and says what to write', (mark) => {
    const given = (() => 1) as unknown as Probe;
    expect(() => mark(given)).toThrow(expect.objectContaining({ code: 'suite/probe' }));
    expect(() => mark(given)).toThrow(`${mark.name}() marks a probe.`);
  });
});

describe('tags', () => {
  it.each([['slow'], [['']], [[7]], [['x'.repeat(101)]]])('%o is no list of words', (tags) => {
    const probe = { ...plain, tags: tags as string[] };
    expect(() => suite('cache', { get: probe })).toThrow(SuiteError);
    expect(() => suite('cache', { get: probe })).toThrow('The tags of "get" are no list of words.');
  });

  it('may be any words, none too', () => {
    const probes = { get: { ...plain, tags: ['slow', 'Datenbank ä', 'a:b'] }, set: { ...plain, tags: [] } };
    expect(suite('cache', probes).probes.get?.tags).toEqual(['slow', 'Datenbank ä', 'a:b']);
  });
});
