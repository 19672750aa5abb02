export type { AlertChange, AlertFilter, StoredAlert } from './alerts.js';
export type { BaselinePlace, BaselineRow } from './baselines.js';
export { exactJson } from './exact-json.js';
export type { RunFilter, RunRow } from './list-runs.js';
export type { StoreOptions } from './open-database.js';
export { openStore } from './open-store.js';
export type { Point, PointFilter, PointSeries } from './points.js';
export type { RunEnd, Store } from './store.js';
export { StoreError } from './store-error.js';
