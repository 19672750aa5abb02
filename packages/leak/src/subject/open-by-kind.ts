import { readdirSync, readlinkSync } from 'node:fs';
import type { OpenByKind } from './subject.js';

/** What this process has open, by kind; descriptors where the system lists them in /proc. Cost: a system call each. */
export function openByKind(): OpenByKind {
  return kindsOpen(targets(), process.getActiveResourcesInfo());
}

/**
 * The same of any process.
 *
 * @param targets - What its descriptors lead to, as /proc says it.
 * @param handles - As `process.getActiveResourcesInfo()` says them.
 */
export function kindsOpen(targets: readonly string[], handles: readonly string[]): OpenByKind {
  // Sockets and pipes have a number each, which says nothing: `socket:[12345]`.
  return { fd: tally(targets.map((to) => to.replace(/:\[\d+\]$/, ''))), handle: tally(handles) };
}

function targets(): string[] {
  try {
    return readdirSync('/proc/self/fd').flatMap((fd) => {
      try {
        return [readlinkSync(`/proc/self/fd/${fd}`)];
      } catch {
        // The one that the listing itself had open.
        return [];
      }
    });
  } catch {
    return [];
  }
}

function tally(names: readonly string[]): Record<string, number> {
  const counts = new Map<string, number>();
  for (const name of names) counts.set(name, (counts.get(name) ?? 0) + 1);
  return Object.fromEntries(counts);
}
