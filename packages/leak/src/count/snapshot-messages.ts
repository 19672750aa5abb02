import type { Running } from '../snapshot/retainers.js';
import type { CulpritQuestion, SeriesCulprit, SeriesFindings } from './snapshot-series.js';
import type { LeastGrowth } from './sustained.js';

/** What the process that reads snapshots is asked. */
export type SnapshotQuestion =
  | { readonly ask: 'begin'; readonly least: LeastGrowth; readonly running: Running }
  /** It removes the file. */
  | { readonly ask: 'add'; readonly file: string; readonly iterations: number }
  | { readonly ask: 'owners'; readonly containers: readonly number[] }
  | { readonly ask: 'culprit'; readonly question: CulpritQuestion };

/** What it answers, in the order of the questions. */
export type SnapshotAnswer =
  /** The folder for the snapshots, which goes with the asking process. */
  | { readonly answer: 'begun'; readonly folder: string }
  | { readonly answer: 'findings'; readonly findings: SeriesFindings }
  | { readonly answer: 'owners'; readonly owners: readonly (readonly number[])[] }
  | { readonly answer: 'culprit'; readonly culprit: SeriesCulprit }
  | { readonly answer: 'error'; readonly message: string };
