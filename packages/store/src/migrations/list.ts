import type { Migration } from '../migrate.js';
import { history } from './0001-history.js';
import { alerts } from './0002-alerts.js';

/** Every change of the tables, in order: the nth makes version n. One that was released is never edited. */
export const migrations: readonly Migration[] = [history, alerts];
