import type { HeldResource } from '../held/read-held.js';
import type { OpenByKind } from '../subject/subject.js';

/** What there is more of, by kind. */
export function more(before: OpenByKind, after: OpenByKind): OpenByKind {
  const gained = (earlier: Readonly<Record<string, number>>, later: Readonly<Record<string, number>>) =>
    Object.fromEntries(
      Object.entries(later)
        .map(([kind, count]) => [kind, count - (earlier[kind] ?? 0)] as const)
        .filter(([, gain]) => gain > 0),
    );
  return { fd: gained(before.fd, after.fd), handle: gained(before.handle, after.handle) };
}

/** Kinds to tell apart; of more of them, files of a folder are told together. */
const MOST_KINDS = 8;

/** Kinds with what each gained, most first: `Timeout × 240`, `/tmp/uploads/* × 12`. */
export function kindsOf(opened: OpenByKind, resource: HeldResource): string[] {
  if (resource !== 'fd' && resource !== 'handle') return [];
  const kinds = Object.entries(opened[resource]);
  return (kinds.length > MOST_KINDS ? byFolder(kinds) : kinds)
    .sort(([, a], [, b]) => b - a)
    .map(([kind, count]) => `${kind} × ${count}`);
}

function byFolder(kinds: readonly (readonly [string, number])[]): [string, number][] {
  const folders = new Map<string, number>();
  for (const [kind, count] of kinds) {
    const folder = kind.replace(/\/[^/]+$/, '/*');
    folders.set(folder, (folders.get(folder) ?? 0) + count);
  }
  return [...folders];
}
