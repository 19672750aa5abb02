export { readEnvironment } from './environment.js';
export { clockStep } from './machine/clock.js';
export type { CheckState, MachineCheck } from './machine-checks.js';
export { checkMachine } from './machine-checks.js';
export type { Resources } from './source.js';
export type { Watch } from './watch.js';
export { watch } from './watch.js';
