import { readFileSync } from 'node:fs';

/**
 * A small file of the kernel's (`/proc`, `/sys`) as text without surrounding white space, or `undefined` where it
 * does not exist or may not be read: other platforms, other kernels, containers that hide it.
 */
export function procFile(path: string): string | undefined {
  try {
    return readFileSync(path, 'utf8').trim();
  } catch {
    return undefined;
  }
}
