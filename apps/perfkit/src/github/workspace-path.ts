import { isAbsolute, relative, resolve, sep } from 'node:path';
import { fileURLToPath } from 'node:url';

/**
 * A place's file as GitHub knows it: relative to the workspace, with `/`. `undefined` if it is not one of the
 * repository's own, such as a dependency or a module of Node's.
 *
 * @param file - A path or URL as the engine gives it; a relative one is taken from `folder`.
 * @param folder - Where relative paths start, absolute.
 * @param workspace - Top of the checkout, absolute.
 */
export function workspacePath(file: string, folder: string, workspace: string): string | undefined {
  if (/^[a-z][a-z\d+.-]+:/i.test(file) && !file.startsWith('file:')) return undefined;
  let path: string;
  try {
    path = file.startsWith('file:') ? fileURLToPath(file) : file;
  } catch {
    return undefined;
  }
  const within = relative(workspace, resolve(folder, path));
  const parts = within.split(sep);
  if (within === '' || isAbsolute(within) || parts[0] === '..' || parts.includes('node_modules')) {
    return undefined;
  }
  return parts.join('/');
}
