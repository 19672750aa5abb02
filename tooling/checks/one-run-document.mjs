/** Reads stdin to its end and checks that it is one perf/run@1 document with measurements, and nothing else. */
import { text } from 'node:stream/consumers';
import { readDocument } from '../../packages/schema/dist/index.js';

const run = readDocument('run', JSON.parse(await text(process.stdin)));
const failed = run.measurements.filter(({ status }) => status !== 'ok');
if (run.status !== 'complete') throw new Error(`The run is ${run.status}.`);
if (run.measurements.length === 0) throw new Error('The run measured nothing.');
if (failed.length > 0) throw new Error(`${failed.length} measurements failed: ${failed[0].error?.message}`);
process.stderr.write(`One run with ${run.measurements.length} measurements, all ok.\n`);
