import { existsSync, renameSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { type Compared, type Comparison, type ProbeId, probeTitle } from '@perf/schema';
import { parseDocument } from 'yaml';
import { z } from 'zod';
import { readText } from '../config/load-config.js';
import { parseYaml } from '../config/parse-config.js';

export const WAIVERS_NAME = 'perf.waivers.yaml';

const waiversSchema = z.strictObject({
  waivers: z.array(
    z.strictObject({
      /** `suite › name` of the probe, with its parameters if it has any. */
      probe: z.string().min(1),
      /** Absent: every metric that is judged. */
      metric: z.string().min(1).optional(),
      reason: z.string().trim().min(1),
      /** The last day on which it counts, UTC. */
      until: z.iso.date(),
      /** Whether it counts for critical regressions too. */
      critical: z.boolean().optional(),
    }),
  ),
});

/** A regression that people live with for a while. */
export type Waiver = z.infer<typeof waiversSchema>['waivers'][number];

/**
 * The waivers beside a configuration; none where there is no such file.
 *
 * @param folder - Of the configuration.
 * @throws {UsageError} `config/unreadable`, `config/syntax` or `config/invalid`, with file, line, column and remedy.
 */
export function loadWaivers(folder: string): readonly Waiver[] {
  const file = join(folder, WAIVERS_NAME);
  return existsSync(file) ? parseYaml(readText(file, WAIVERS_NAME), WAIVERS_NAME, waiversSchema).waivers : [];
}

const HEADER = `# Regressions that are accepted for a while. "perfkit accept" adds to it; people may edit it. It belongs in git.
waivers: []
`;

/**
 * Adds a waiver to the file beside a configuration, in place of an older one of the same probe and metric. Comments and
 * the order of the others stay. The file is replaced as a whole, so that nothing is lost half way.
 *
 * @returns Path of the file.
 * @throws as `loadWaivers`; {Error} of the file system.
 */
export function addWaiver(folder: string, waiver: Waiver): string {
  const file = join(folder, WAIVERS_NAME);
  const known = loadWaivers(folder);
  const document = parseDocument(existsSync(file) ? readText(file, WAIVERS_NAME) : HEADER);
  const at = known.findIndex(({ probe, metric }) => probe === waiver.probe && metric === waiver.metric);
  if (at === -1) document.addIn(['waivers'], document.createNode(waiver));
  else document.setIn(['waivers', at], document.createNode(waiver));
  const list = document.getIn(['waivers']);
  // An empty list is written in one line; one with something in it is easier to read and to merge in several.
  if (typeof list === 'object' && list !== null && 'flow' in list) list.flow = false;
  const beside = `${file}.${process.pid}.tmp`;
  writeFileSync(beside, document.toString({ lineWidth: 0 }));
  renameSync(beside, file);
  return file;
}

/**
 * A comparison in which every regression that somebody accepted says so: whether that holds still, and for how long. It
 * changes no verdict.
 *
 * @param today - ISO 8601 date, UTC.
 */
export function withWaivers(comparison: Comparison, waivers: readonly Waiver[], today: string): Comparison {
  if (waivers.length === 0) return comparison;
  return {
    ...comparison,
    comparisons: comparison.comparisons.map((compared) => {
      const waiver = compared.verdict === 'regressed' ? waiverOf(compared, waivers, today) : undefined;
      return waiver === undefined ? compared : { ...compared, waiver };
    }),
  };
}

function waiverOf(
  { probe, metric, severity }: Compared,
  waivers: readonly Waiver[],
  today: string,
): Compared['waiver'] {
  const found = waivers
    .filter((waiver) => isOf(waiver, probe) && (waiver.metric === undefined || waiver.metric === metric))
    // Of several the one that says most about it, and that lasts longest.
    .sort(
      (a, b) =>
        Number(b.metric !== undefined) - Number(a.metric !== undefined) || (a.until < b.until ? 1 : -1),
    )[0];
  if (found === undefined) return undefined;
  const { reason, until, critical = false } = found;
  return { reason, until, holds: until >= today && (severity !== 'critical' || critical) };
}

function isOf({ probe }: Waiver, { suite, name, ...rest }: ProbeId): boolean {
  return probe === probeTitle({ suite, name, ...rest }) || probe === `${suite} › ${name}`;
}
