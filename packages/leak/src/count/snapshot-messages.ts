import type { Pattern, SeriesCulprit, SeriesFindings } from './snapshot-series.js';
import type { LeastGrowth } from './sustained.js';

/** What the process that reads snapshots is asked. */
export type SnapshotQuestion =
  | { readonly ask: 'begin'; readonly least: LeastGrowth }
  /** It removes the file. */
  | { readonly ask: 'add'; readonly file: string; readonly iterations: number }
  | { readonly ask: 'culprit'; readonly containers: readonly number[]; readonly allow: readonly Pattern[] };

/** What it answers, in the order of the questions. */
export type SnapshotAnswer =
  /** The folder for the snapshots, which goes with the asking process. */
  | { readonly answer: 'begun'; readonly folder: string }
  | { readonly answer: 'findings'; readonly findings: SeriesFindings }
  | { readonly answer: 'culprit'; readonly culprit: SeriesCulprit }
  | { readonly answer: 'error'; readonly message: string };
