import { fileURLToPath } from 'node:url';

/** Whose a frame is: the user's, a package's under node_modules, perfkit's own, or that of Node.js and V8. */
export type CodeOwner =
  | { readonly kind: 'user' }
  | { readonly kind: 'package'; readonly name: string }
  | { readonly kind: 'perfkit' }
  | { readonly kind: 'runtime' };

/** `node:fs`, `wasm://…`, `evalmachine.<anonymous>`, `<anonymous>`; a drive such as `C:` has one letter only. */
const notAFile = /^(?:[a-z][a-z0-9+.-]+:|evalmachine\.|[<([]|$)/i;
/** The last one counts: a package manager may nest them. */
const inPackage = /^.*[\\/]node_modules[\\/]((?:@[^\\/]+[\\/])?[^\\/]+)/s;

/**
 * Tells whose code a file is.
 *
 * @param file - Path or URL as the engine gives it; of any origin, never opened.
 */
export function ownerOf(file: string): CodeOwner {
  const path = pathOf(file);
  if (path === undefined || notAFile.test(path)) return { kind: 'runtime' };
  const name = inPackage.exec(path)?.[1]?.replaceAll('\\', '/');
  if (name === undefined) return { kind: 'user' };
  return name.startsWith('@perf/') || name === 'perfkit' ? { kind: 'perfkit' } : { kind: 'package', name };
}

/** The path in a `file:` URL, or the text itself; undefined for a URL of another form. */
export function pathOf(file: string): string | undefined {
  if (!file.startsWith('file:')) return file;
  try {
    return fileURLToPath(file);
  } catch {
    return undefined;
  }
}
