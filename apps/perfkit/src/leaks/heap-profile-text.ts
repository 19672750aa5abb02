import { isAbsolute, relative } from 'node:path';
import type { HeapProfileDiff, HeapProfileKey, HeapProfileTop, HeapSite } from '@perf/leak';
import { type Column, formatQuantity, textTable, visible } from '@perf/report';
import { numbers, signed, WIDTH } from './table.js';

const ERRORS = '±: one standard error of the sampling.';

/** What allocated the memory of a heap profile, for people. */
export function heapProfileTopText({ by, bytes, samples, sites }: HeapProfileTop): string {
  const table = textTable(
    sitesColumn(by, sites),
    [
      numbers('bytes', sites, (site) => formatQuantity(site.bytes, 'bytes')),
      numbers('±', sites, errorText),
      numbers('share', sites, ({ share }) => formatQuantity(share, 'percent')),
      numbers('samples', sites, (site) => formatQuantity(site.samples, 'count')),
    ],
    WIDTH,
  );
  const all = `${formatQuantity(bytes, 'bytes')} by ${formatQuantity(samples, 'count')} samples`;
  return [all, '', ...(sites.length === 0 ? ['Nothing was sampled.'] : [...table, '', ERRORS])].join('\n');
}

/** What grew from one heap profile to another, for people. */
export function heapProfileDiffText({ by, bytes: { before, after }, sites }: HeapProfileDiff): string {
  const table = textTable(
    sitesColumn(by, sites),
    [
      numbers('before', sites, (site) => formatQuantity(site.before, 'bytes')),
      numbers('after', sites, (site) => formatQuantity(site.after, 'bytes')),
      numbers('change', sites, ({ change }) => signed(change)),
      numbers('±', sites, errorText),
    ],
    WIDTH,
  );
  return [
    `${formatQuantity(before, 'bytes')} to ${formatQuantity(after, 'bytes')}: ${signed(after - before)}`,
    '',
    ...(sites.length === 0 ? ['Nothing changed.'] : [...table, '', ERRORS]),
  ].join('\n');
}

function sitesColumn(by: HeapProfileKey, sites: readonly HeapSite[]): Column {
  const header = by === 'line' ? 'function at line' : by;
  return { header, align: 'left', cells: sites.map((site) => visible(siteText(site))) };
}

function siteText({ package: owner, function: name, file, line }: HeapSite): string {
  if (file === undefined) return owner;
  const place = file === '' ? owner : `${shown(file)}:${line}`;
  return name === undefined ? place : `${name}  ${place}`;
}

/** A path from here, where it leads down. */
function shown(file: string): string {
  const path = relative(process.cwd(), file);
  return isAbsolute(file) && !path.startsWith('..') && !isAbsolute(path) ? path : file;
}

function errorText({ errorBytes }: { readonly errorBytes?: number }): string {
  return errorBytes === undefined ? '' : formatQuantity(errorBytes, 'bytes');
}
