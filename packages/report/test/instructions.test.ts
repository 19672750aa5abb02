import type { Comparison, InstructionCount, Run } from '@perf/schema';
import { describe, expect, test } from 'vitest';
import { renderHtml, renderMarkdown, renderText } from '../src/index.js';
import { instructionSentences } from '../src/words/instructions.js';
import { comparedOf, comparisonOf, getHit, plainRun } from './documents.js';

const probe = { ...getHit, params: {} };

function count(estimate: number, spread = 0.0001): InstructionCount {
  return {
    perOperation: { estimate, low: estimate * (1 - spread / 2), high: estimate * (1 + spread / 2) },
    counts: 2,
    operations: 65_536,
    tool: 'callgrind',
    version: 'valgrind-3.19.0',
    flags: ['--predictable'],
  };
}

function compared(a: InstructionCount, b: InstructionCount): Comparison {
  const [low, high] = [b.perOperation.low / a.perOperation.high, b.perOperation.high / a.perOperation.low];
  const ratio = b.perOperation.estimate / a.perOperation.estimate;
  return comparisonOf([comparedOf()], { instructions: [{ probe, a, b, ratio, low, high }] });
}

describe('instructions', () => {
  test.each([
    [
      count(100_000),
      count(105_000),
      '105k instructions per operation, 5.0 % more than before (100k before; counts within 0.01 % of each other, callgrind)',
    ],
    [count(100_000), count(100_100), 'as many as before'],
    [count(100_000, 0.1), count(102_000, 0.1), 'which its counts do not tell from what it was before'],
  ])('of two versions are set against each other', (a, b, said) => {
    expect(instructionSentences(undefined, compared(a, b))[0]).toContain(said);
  });

  test('of one version are stated, or why there are none', () => {
    const run: Run = plainRun({
      instructions: [
        { probe, ...count(2_490) },
        { probe, unavailable: 'It was interrupted.' },
      ],
    });
    expect(instructionSentences(run, undefined)).toEqual([
      'cache › get, hit executes 2.49k instructions per operation (counts within 0.01 % of each other, callgrind).',
      'cache › get, hit was not counted: It was interrupted.',
    ]);
  });

  test('stand in the text, the Markdown and the page, with what they are not', () => {
    const comparison = compared(count(100_000), count(105_000));
    for (const render of [renderText, renderMarkdown, renderHtml]) {
      expect(render({ comparison })).toContain('105k instructions per operation');
      expect(render({ comparison: comparisonOf([comparedOf()]) })).not.toContain('nstructions');
    }
    expect(renderText({ comparison })).toContain('no measure of speed');
  });
});
