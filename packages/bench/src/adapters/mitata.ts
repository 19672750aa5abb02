export { B } from './mitata/b.js';
export { bench, flags, measure } from './mitata/bench.js';
export { $, do_not_optimize } from './mitata/do-not-optimize.js';
export { barplot, boxplot, compact, group, lineplot, summary } from './mitata/groups.js';
export { run } from './mitata/run.js';
