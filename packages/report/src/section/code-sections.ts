import type { Measurement, Run } from '@perf/schema';
import { clip } from '../terminal/display-width.js';
import { visible } from '../visible.js';
import { formatQuantity } from '../words/quantity.js';
import { type Holders, holdersOf } from './by-probe.js';
import { cell, column, type Section, type SectionTable } from './section.js';

const mostRows = 25;

/** Where the time went, by function; nothing if nothing was profiled. */
export function hotFunctionsSection(run: Run): Section | undefined {
  const probes = holdersOf(run, ({ artifacts }) => (artifacts.hotFunctions?.length ?? 0) > 0);
  return codeSection(probes, hotTable, {
    id: 'hot',
    title: 'Hot functions',
    lead: 'CPU profiles, taken after the samples. Self is the time in the function, total also what it called. One process is one profile, without an interval: it shows where to look, not how much was won.',
  });
}

/** Where memory was allocated, by line; nothing if nothing was profiled. */
export function memorySection(run: Run): Section | undefined {
  const probes = holdersOf(run, ({ artifacts }) => (artifacts.allocationSites?.length ?? 0) > 0);
  return codeSection(probes, allocationTable, {
    id: 'memory',
    title: 'Memory: where it is allocated',
    lead: 'Sampled allocations, taken after the samples. One process is one profile, without an interval.',
  });
}

function codeSection(
  probes: readonly Holders[],
  table: (measurement: Measurement, open: boolean) => SectionTable,
  heading: Pick<Section, 'id' | 'title' | 'lead'>,
): Section | undefined {
  if (probes.length === 0) return undefined;
  return {
    ...heading,
    parts: probes.map(({ title, measurements }) => ({
      title,
      sentences: [],
      plots: [],
      tables: measurements.map((measurement, index) => table(measurement, index === 0 && probes.length <= 8)),
    })),
  };
}

function hotTable({ process, artifacts }: Measurement, open: boolean): SectionTable {
  return {
    caption: `Functions by time, process ${process.index}`,
    open,
    columns: [column('Function'), column('Where'), column('Self', true), column('Total', true)],
    rows: (artifacts.hotFunctions ?? [])
      .slice(0, mostRows)
      .map(({ function: name, file, line, self, total }) => [
        cell(functionName(name)),
        cell(siteText(file, line)),
        { text: formatQuantity(self, 'percent'), bar: self },
        cell(formatQuantity(total, 'percent')),
      ]),
  };
}

function allocationTable({ process, artifacts }: Measurement, open: boolean): SectionTable {
  return {
    caption: `Places by bytes allocated, process ${process.index}`,
    open,
    columns: [column('Where'), column('Function'), column('Per operation', true), column('Share', true)],
    rows: (artifacts.allocationSites ?? [])
      .slice(0, mostRows)
      .map(({ function: name, file, line, bytesPerOperation, share }) => [
        cell(siteText(file, line)),
        cell(functionName(name)),
        cell(formatQuantity(bytesPerOperation, 'bytes')),
        { text: formatQuantity(share, 'percent'), bar: share },
      ]),
  };
}

function functionName(name: string): string {
  return name === '' ? '(anonymous)' : clip(visible(name), 80);
}

/** A file by its package where it is installed, and its line. Long paths lose their middle. */
function siteText(file: string, line: number): string {
  return file === ''
    ? '(native)'
    : `${clip(visible(file.replace(/^file:\/\//, '').replace(/^.*\/node_modules\//, '')), 64)}:${line}`;
}
