import { ownerOf } from './code-owner.js';
import type { Cost, Profile } from './profile.js';

/** The place that a cost, or its growth, is most likely due to. */
export interface GrowthPlace {
  readonly cost: Cost;
  /** Share of the growth (of the whole cost, where there is no profile from before) that the place accounts for, > 0. */
  readonly share: number;
  /** Whether it is the place itself, or it together with what it called. */
  readonly counted: 'own' | 'whole';
  /** The package it belongs to; absent for the user's own code. */
  readonly package?: string;
}

/** A place that accounts for this much is the cause of most of it. */
const MOST = 0.5;
/** Callers hold all that their callees cost: among places within this of the greatest, the deepest one is named. */
const NEARLY_ALL = 0.8;
/** Below a tenth a place is one of many, and naming it would mislead. */
const WORTH_NAMING = 0.1;

/**
 * Finds the function that a regression is due to: the user's function whose own cost grew most if that is most of the
 * growth; else (the cost is in Node.js, V8 or a package) the deepest of the user's functions that still holds nearly
 * all of it with what it called; else a package's function.
 *
 * Versions of the code are matched by function and name of file, since lines move and folders differ.
 *
 * @param after - Profile of the regressed run, in ns or bytes per operation.
 * @param before - Profile of its baseline, in the same unit; without costs if there is none.
 * @param growth - What the probe's figure grew by, or the figure itself without a profile from before; > 0.
 * @returns Undefined if no place accounts for a tenth.
 *
 * Cost: O(places).
 */
export function growthPlace(after: Profile, before: Profile, growth: number): GrowthPlace | undefined {
  if (!(growth > 0)) return undefined;
  const earlier = grouped(before.costs);
  const grown = [...grouped(after.costs)].map(([key, group]) => {
    const was = earlier.get(key);
    return {
      ...group,
      own: group.own - (was?.own ?? 0),
      whole: group.whole - (was?.whole ?? 0),
      below: group.whole - group.own,
      now: group.whole,
    };
  });
  const users = grown.filter(({ cost }) => ownerOf(cost.file).kind === 'user');
  const ownMost = greatest(users, ({ own }) => own);
  if (ownMost !== undefined && ownMost.own >= MOST * growth) return placeOf(ownMost, 'own', growth);
  const most = Math.max(0, ...users.map(({ whole }) => whole));
  const holders = users.filter(({ whole }) => whole > 0 && whole >= NEARLY_ALL * most);
  // A callee costs no more than its caller. What it grew by says less: samples come and go between the two.
  const [deepest] = holders.toSorted(
    (a, b) => Number(isProbeFile(a)) - Number(isProbeFile(b)) || a.now - b.now || a.below - b.below,
  );
  if (deepest !== undefined && deepest.whole >= MOST * growth) return placeOf(deepest, 'whole', growth);
  const others = grown.filter(({ cost }) => ownerOf(cost.file).kind === 'package');
  const candidates = [...(ownMost === undefined ? [] : [ownMost]), ...others];
  const best = greatest(candidates, ({ own }) => own);
  return best !== undefined && best.own >= WORTH_NAMING * growth ? placeOf(best, 'own', growth) : undefined;
}

/** The probe's own file calls what is measured, and is the cause only where nothing else is. */
function isProbeFile({ cost }: Group): boolean {
  return /\.perf\.[cm]?[jt]s$/.test(cost.file);
}

interface Group {
  /** Its costliest place. */
  readonly cost: Cost;
  readonly own: number;
  readonly whole: number;
}

function grouped(costs: readonly Cost[]): Map<string, Group> {
  const groups = new Map<string, Group>();
  for (const cost of costs) {
    const key = JSON.stringify([cost.function, cost.file.split(/[\\/]/).at(-1), ownerOf(cost.file)]);
    const known = groups.get(key);
    groups.set(key, {
      cost: known === undefined || cost.own > known.cost.own ? cost : known.cost,
      own: (known?.own ?? 0) + cost.own,
      whole: Math.max(known?.whole ?? 0, cost.whole),
    });
  }
  return groups;
}

function greatest<Item>(items: readonly Item[], by: (item: Item) => number): Item | undefined {
  return items.toSorted((a, b) => by(b) - by(a))[0];
}

function placeOf(group: Group, counted: 'own' | 'whole', growth: number): GrowthPlace {
  const owner = ownerOf(group.cost.file);
  // Profiles are samples, taken apart from the timing: a share can come out above the whole.
  const share = Math.min(1, group[counted] / growth);
  const found = { cost: group.cost, share, counted };
  return owner.kind === 'package' ? { ...found, package: owner.name } : found;
}
