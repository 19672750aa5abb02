import fc from 'fast-check';
import { expect, it } from 'vitest';
import { environmentKey } from '../src/index.js';

const stable = { cpuModel: 'Example CPU', cores: 8, os: 'linux', arch: 'x64', nodeMajor: 22 };

it('the environment key stays what it was: stored runs are found by it', () => {
  // printf '%s' '{"arch":"x64","cores":8,"cpuModel":"Example CPU","nodeMajor":22,"os":"linux"}' | sha256sum
  expect(environmentKey(stable)).toBe('62141ab1fba5c416c324a634');
});

it('the environment key looks at the five stable facts and at nothing else', () => {
  fc.assert(
    fc.property(fc.jsonValue(), (later) => {
      expect(environmentKey({ ...stable, later } as typeof stable)).toBe(environmentKey(stable));
    }),
  );
});

it.each([{ cpuModel: 'Another CPU' }, { cores: 4 }, { os: 'darwin' }, { arch: 'arm64' }, { nodeMajor: 24 }])(
  'the environment key differs for %j',
  (other) => {
    expect(environmentKey({ ...stable, ...other })).not.toBe(environmentKey(stable));
  },
);
