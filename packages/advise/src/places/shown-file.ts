import { isAbsolute, relative, sep } from 'node:path';
import { pathOf } from './code-owner.js';

/**
 * A file of a document as people read it: relative to a folder if it lies in there, and from the package's name on if
 * it lies in a node_modules. Documents keep what the engine gave.
 *
 * @param file - Path or `file:` URL; of any origin, never opened. Not escaped.
 * @param root - Absolute path of the folder, such as the working directory; '' for none.
 */
export function shownFile(file: string, root: string): string {
  const path = pathOf(file) ?? file;
  const inside = isAbsolute(path) && root !== '' ? relative(root, path) : path;
  if (inside !== '' && !inside.startsWith(`..${sep}`) && inside !== '..' && !isAbsolute(inside))
    return inside;
  const packages = path.replaceAll('\\', '/').split('/node_modules/');
  return packages.length > 1 ? `node_modules/${packages.at(-1)}` : path;
}
