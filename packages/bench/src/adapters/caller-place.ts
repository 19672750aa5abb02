import type { PerfError } from '@perf/schema/core';

/** Where this module is: once built, all of the adapters are in one folder. */
const here = new URL('.', import.meta.url).href;

/** The place in the benchmark file that called into an adapter, with line and column from 1; undefined if unknown. */
export function callerPlace(): PerfError['place'] {
  for (const line of (new Error('place').stack ?? '').split('\n')) {
    const [, file, row, column] = /(file:\/\/[^\s)]+?):(\d+):(\d+)\)?$/.exec(line) ?? [];
    if (file === undefined || file.startsWith(here)) continue;
    return { file: decodeURI(new URL(file).pathname), line: Number(row), column: Number(column) };
  }
  return undefined;
}
