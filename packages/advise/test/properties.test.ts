import fc from 'fast-check';
import { expect, it } from 'vitest';
import { whyRejected } from '../src/explain/check-sentence.js';
import { promptFor } from '../src/explain/prompt.js';
import { advise } from '../src/index.js';
import { measureAgain } from '../src/verify-command.js';
import { compared, comparisonOf, getHit, runOf, times } from './documents.js';

const anyName = fc.string({ unit: 'binary', minLength: 1, maxLength: 80 });

it('whatever a probe is called, its command is one line without a character that a shell reads in quotes', () => {
  fc.assert(
    fc.property(anyName, anyName, (suite, name) => {
      expect(measureAgain({ ...getHit, suite, name })).toMatch(
        /^perfkit run(?: --only "[^"$`\\!%\p{C}\n]+")?$/u,
      );
    }),
  );
});

it('whatever a probe is called, a finding is one line of JSON for the model, and shows all that it holds', () => {
  fc.assert(
    fc.property(anyName, (name) => {
      const probe = { ...getHit, name, params: {} };
      const comparison = comparisonOf([compared({ ratio: 5, verdict: 'regressed', probe })]);
      const { user, lines } = promptFor(advise(runOf(times(7, { probe }), { comparison })), 3, '');
      expect(lines).toHaveLength(1);
      expect(user).not.toMatch(/[\p{Cc}\p{Cf}\p{Cs}\p{Zl}\p{Zp}]/u);
      const json = user
        .replace(/^\[1\] /, '')
        .replace(/(?<!\\)((?:\\\\)*)\\u\{([0-9a-f]+)\}/g, (_all, before: string, hex: string) => {
          return `${before}${String.fromCodePoint(Number.parseInt(hex, 16))}`;
        });
      expect(JSON.parse(json)).toMatchObject({ probe: `cache › ${name}` });
    }),
  );
});

it('a figure that the evidence does not hold is never let through', () => {
  fc.assert(
    fc.property(
      fc.double({ min: 0, max: 1e15, noNaN: true }),
      fc.double({ min: 0, max: 1e6, noNaN: true }),
      (a, b) => {
        const [said, known] = [a.toFixed(2), b.toFixed(2)];
        const line = `[1] {"observed":"${known} ms"}`;
        const reason = whyRejected({ text: `It takes ${said} ms now.`, cites: [1] }, [line]);
        expect(reason === undefined).toBe(said === known);
      },
    ),
  );
});
