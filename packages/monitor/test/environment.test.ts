import { environmentKey } from '@perf/schema';
import { describe, expect, it } from 'vitest';
import { checkMachine, clockStep, readEnvironment } from '../src/index.js';

describe('readEnvironment', () => {
  it('has a key that follows from the stable facts alone', () => {
    const { key, stable } = readEnvironment();
    expect(key).toBe(environmentKey(stable));
    expect(readEnvironment().key).toBe(key);
    expect(stable.nodeMajor).toBe(Number(process.versions.node.split('.')[0]));
  });

  it('gives every fact of the moment a value or a reason', () => {
    const { volatile } = readEnvironment();
    expect(Object.keys(volatile)).toEqual(
      expect.arrayContaining(['load1', 'governor', 'containerCpus', 'containerMemory', 'steal', 'node']),
    );
    for (const fact of Object.values(volatile)) expect('value' in fact || fact.unavailable !== '').toBe(true);
  });
});

describe('clockStep', () => {
  it('is a positive time below a millisecond', () => {
    expect(clockStep()).toBeGreaterThan(0);
    expect(clockStep()).toBeLessThan(1e6);
  });
});

describe('checkMachine', () => {
  it('looks at everything that spoils measurements, and says what to do where it does', async () => {
    const checks = await checkMachine(['--inspect', '--max-old-space-size=512']);
    expect(checks.map(({ name }) => name)).toEqual([
      'clock',
      'cores',
      'load',
      'governor',
      'steal',
      'container',
      'debugger',
      'node flags',
    ]);
    for (const { state, seen, remedy } of checks) {
      expect(seen).not.toBe('');
      expect(remedy !== undefined).toBe(state === 'spoils');
    }
    expect(checks.at(-1)).toMatchObject({ state: 'spoils', seen: '--inspect' });
  });

  it('leaves flags alone that do not change how code runs', async () => {
    const checks = await checkMachine(['--max-old-space-size=512']);
    expect(checks.at(-1)).toMatchObject({ state: 'good' });
  });
});
