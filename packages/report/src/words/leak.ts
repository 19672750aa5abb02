import { type Culprit, type LeakSummary, probeKey, type Unit } from '@perf/schema';
import { clip } from '../terminal/display-width.js';
import { visible } from '../visible.js';
import { counted } from './counted.js';
import { formatInterval, formatQuantity } from './quantity.js';
import { nameIn } from './sentence.js';

const order = ['leaking', 'undecided', 'saturating', 'steady'] as const;
const resources = {
  heap: 'heap',
  external: 'memory outside the heap',
  rss: 'resident memory',
  fd: 'file descriptors',
  handle: 'handles',
} as const;

/** Leaking first, steady last. Returns a new array; stable. */
export function leaksWorstFirst(leaks: readonly LeakSummary[]): LeakSummary[] {
  return leaks.toSorted((a, b) => order.indexOf(a.verdict) - order.indexOf(b.verdict));
}

/** A resource for people. */
export function resourceName(resource: LeakSummary['resource']): string {
  return resources[resource];
}

/** Bytes, or numbers of descriptors and handles. */
export function resourceUnit(resource: string): Unit {
  return resource === 'fd' || resource === 'handle' ? 'count' : 'bytes';
}

/** `1.02 KiB per iteration (0.98 to 1.05 KiB, 5 processes)`. */
export function growthText({ resource, bytesPerIteration, processes }: LeakSummary): string {
  const { estimate, range } = formatInterval(bytesPerIteration, resourceUnit(resource));
  return `${estimate} per iteration (${range}, ${counted(processes, 'process')})`;
}

/** Whether a probe leaks, by how much and where: `cache › churn leaks heap: 1.02 KiB per iteration (…). …` */
export function leakSentence(leak: LeakSummary): string {
  const { probe, resource, verdict, sensitivityBytes } = leak;
  const what = resourceName(resource);
  const least = `${formatQuantity(sensitivityBytes, resourceUnit(resource))} per iteration`;
  const said = {
    leaking: `leaks ${what}: ${growthText(leak)}.${exhaustionText(leak)}`,
    saturating: `grows in ${what} ${endText(leak)}: ${growthText(leak)}.`,
    steady: `is steady in ${what}: ${growthText(leak)}; it could have seen ${least}.`,
    undecided: `is undecided in ${what}: ${growthText(leak)}; it could have seen ${least}. More iterations, more processes or a quieter machine would decide.`,
  }[verdict];
  const held = leak.culprit === undefined ? '' : ` ${culpritText(leak.culprit)}`;
  return `${nameIn(probe)} ${said}${held}`;
}

/** ` 4.05 GiB are full after 13,000,000 more iterations.` */
export function exhaustionText({
  resource,
  exhaustion,
}: Pick<LeakSummary, 'resource' | 'exhaustion'>): string {
  if (exhaustion === undefined) return '';
  const limit = formatQuantity(exhaustion.budget, resourceUnit(resource));
  return ` ${limit} are full after ${formatQuantity(exhaustion.iterations, 'count')} more iterations.`;
}

/**
 * How growth ended or will: `and then stops, with 500 entries of Map`, `until there are 500 entries of Map, which #max sets,
 * after 200 more iterations`.
 */
export function endText({ fullAt }: Pick<LeakSummary, 'fullAt'>): string {
  if (fullAt === undefined) return 'and then stops';
  const { name, of, size, limit, iterations } = fullAt;
  const full = `${formatQuantity(size, 'count')} ${visible(of)} of ${clip(visible(name), 80)}`;
  if (limit === undefined) return `and then stops, with ${full}`;
  const after =
    iterations === undefined ? '' : `, after ${formatQuantity(iterations, 'count')} more iterations`;
  return `until there are ${full}, which ${clip(visible(limit), 80)} sets${after}`;
}

/** Steps of a path to tell: its first ones in the program, and its last. */
const FIRST_HOLDERS = 3;
const LAST_HOLDERS = 6;
/** How a path gets from a root into the program: the engine's, and much the same for all. */
const ENGINE_STEP =
  /^(\(|Node \/|\[\]: Node \/|\w+: Node \/|system \/|native_to_javascript: Module|Generator$|extension: Generator|parameters_and_registers|current_microtask|\(\)$|context: system \/ Context$|previous: system \/ Context$|Object$)/;

/** V8's own steps between two of the program's. */
const BETWEEN = /^(context|previous): system \/ Context$|^table: \(array\)$/;
/** The module that a path leads through, by its file, as Node.js, Vite and heap snapshots name it. */
const MODULE_STEP = /^(.*[\\/].*): (Module|ModuleWrap|EvaluatedModuleNode)$/;

/**
 * Of a retaining path what the program knows: from the last module on, or from the first step that is not the engine's,
 * without the engine's steps between.
 */
export function ownSteps(path: readonly string[]): readonly string[] {
  const module = path.findLastIndex((step) => MODULE_STEP.test(step));
  const rest = path.slice(module + 1);
  const from = rest.findIndex((step) => !ENGINE_STEP.test(step));
  const own = rest.slice(Math.max(0, from)).filter((step) => !BETWEEN.test(step));
  return module === -1 ? own : [(path[module] as string).replace(MODULE_STEP, '$1'), ...own];
}

/** What holds on to it: `Held by Map › Array, made at cache.js:10.` */
export function culpritText({ path, site }: Culprit): string {
  const own = ownSteps(path);
  const isLong = own.length > FIRST_HOLDERS + LAST_HOLDERS;
  const steps = isLong ? [...own.slice(0, FIRST_HOLDERS), '…', ...own.slice(-LAST_HOLDERS)] : own;
  const start = own.length < path.length ? '… › ' : '';
  const held = path.length === 0 ? '' : `Held by ${start}${clip(visible(steps.join(' › ')), 320)}`;
  const made =
    site === undefined
      ? ''
      : `made at ${clip(visible(site.file), 160)}:${site.line}${site.package === undefined ? '' : ` (${visible(site.package)})`}`;
  if (held === '') return made === '' ? '' : `It was ${made}.`;
  return `${held}${made === '' ? '' : `, ${made}`}.`;
}

/** A sentence for each leak; of a probe's steady resources only the first is told in full. Keeps the order. */
export function leakSentences(leaks: readonly LeakSummary[]): string[] {
  const steady = new Map<string, LeakSummary[]>();
  for (const leak of leaks) {
    if (leak.verdict !== 'steady') continue;
    const key = probeKey(leak.probe);
    steady.set(key, [...(steady.get(key) ?? []), leak]);
  }
  return leaks.flatMap((leak) => {
    if (leak.verdict !== 'steady') return [leakSentence(leak)];
    const [first, ...others] = steady.get(probeKey(leak.probe)) ?? [];
    if (first !== leak) return [];
    const also = others.map(({ resource }) => resourceName(resource)).join(', ');
    return [`${leakSentence(leak)}${also === '' ? '' : ` Steady too: ${also}.`}`];
  });
}
