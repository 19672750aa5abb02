// A process that reads heap snapshots for another one, whose heap and memory stay as they are.
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { describeError } from '@perf/schema/core';
import { readSnapshot } from '../snapshot/read-snapshot.js';
import { snapshotNodes } from '../snapshot/snapshot-nodes.js';
import type { SnapshotAnswer, SnapshotQuestion } from './snapshot-messages.js';
import { SnapshotSeries } from './snapshot-series.js';

let series = new SnapshotSeries({ count: 0, bytes: 0 }, 'root');
let last: Promise<unknown> = Promise.resolve();

process.on('message', (question: SnapshotQuestion) => {
  last = last.then(async () => process.send?.(await answerTo(question)));
});

async function answerTo(question: SnapshotQuestion): Promise<SnapshotAnswer> {
  try {
    if (question.ask === 'begin') {
      series = new SnapshotSeries(question.least, question.running);
      const folder = mkdtempSync(join(tmpdir(), 'perfkit-snapshots-'));
      process.on('disconnect', () => rmSync(folder, { recursive: true, force: true }));
      return { answer: 'begun', folder };
    }
    if (question.ask === 'owners') return { answer: 'owners', owners: series.owners(question.containers) };
    if (question.ask === 'culprit') return { answer: 'culprit', culprit: series.culprit(question.question) };
    const nodes = snapshotNodes(await readSnapshot(question.file));
    rmSync(question.file, { force: true });
    return { answer: 'findings', findings: series.add(nodes, question.iterations) };
  } catch (error) {
    return { answer: 'error', message: describeError(error) };
  }
}
