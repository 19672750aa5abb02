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

/** Kinds with what each gained, most first: `Timeout × 240`. */
export function kindsOf(opened: OpenByKind, resource: HeldResource): string[] {
  if (resource !== 'fd' && resource !== 'handle') return [];
  return Object.entries(opened[resource])
    .sort(([, a], [, b]) => b - a)
    .map(([kind, count]) => `${kind} × ${count}`);
}
