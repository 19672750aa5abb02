import { environmentKey, type Run, type Summary } from '@perf/schema';
import { describe, expect, it } from 'vitest';
import { renderMarkdown, renderText } from '../src/index.js';

const stable = { cpuModel: 'Test CPU', cores: 4, os: 'linux', arch: 'x64', nodeMajor: 20 };
const probeOf = (name: string) => ({ suite: 'demo', name, kind: 'bench', params: {} });
const summaryOf = (name: string, metric: string, estimate: number): Summary => ({
  probe: probeOf(name),
  metric,
  unit: 'ns',
  better: 'lower',
  estimate,
  low: estimate * 0.9,
  high: estimate * 1.1,
  confidence: 0.95,
  processes: 7,
  judged: metric === 'time',
});
const run: Run = {
  schema: 'perf/run@1',
  id: '0123456789abcdef',
  tool: { name: 'perfkit', version: '0.1.0' },
  startedAt: '2026-01-01T00:00:00.000Z',
  status: 'complete',
  seed: 1,
  environment: { key: environmentKey(stable), stable, volatile: {} },
  source: {},
  measurements: [],
  summaries: [
    summaryOf('short', 'time', 9),
    summaryOf('short', 'empty_call', 2.4),
    summaryOf('short', 'empty_await', 31),
    summaryOf('long', 'time', 90_000),
    summaryOf('long', 'empty_call', 2.4),
    summaryOf('long', 'empty_await', 31),
  ],
  warmUps: [
    { probe: probeOf('short'), classes: { flat: 0, 'warm-up': 7, 'slow-down': 0, 'no-steady-state': 0 } },
    { probe: probeOf('long'), classes: { flat: 1, 'warm-up': 4, 'slow-down': 0, 'no-steady-state': 2 } },
  ],
};

describe('how the measuring went, in a report', () => {
  it('says what calling itself costs, beside what a short function takes', () => {
    const lines = renderText({ run }).split('\n');
    expect(lines.find((line) => line.includes('short takes'))).toMatch(
      / Empty there: a call 2\.4 ns, an await 31(\.0)? ns\.$/,
    );
    expect(lines.find((line) => line.includes('long takes'))).not.toContain('Empty there');
  });

  it('says how processes warmed up where they did not all do so in the same way', () => {
    const sentence =
      'demo › long: of 7 processes 1 as fast from the start, 4 warmed up, 2 never became steady.';
    expect(renderText({ run })).toContain(sentence);
    expect(renderText({ run })).not.toContain('demo › short: of');
    expect(renderMarkdown({ run })).toContain('2 never became steady');
  });
});
