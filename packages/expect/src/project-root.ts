import { existsSync } from 'node:fs';
import { dirname, join } from 'node:path';

/**
 * The folder that perfkit would be started in to measure a file: the nearest one at or above it with a
 * `perf.config.yaml` or a history, else the nearest with a `package.json`, else the file's own. Looks no higher than
 * the repository.
 *
 * @param file - Absolute path.
 *
 * Cost: a few looks at the file system for each folder above.
 */
export function projectRoot(file: string): string {
  const above = foldersAbove(file);
  const having = (...names: string[]) =>
    above.find((folder) => names.some((name) => existsSync(join(folder, name))));
  return (
    having('perf.config.yaml', join('.perfkit', 'history.sqlite')) ?? having('package.json') ?? dirname(file)
  );
}

function foldersAbove(file: string): string[] {
  const folder = dirname(file);
  const top = folder === file || existsSync(join(folder, '.git'));
  return top ? [folder] : [folder, ...foldersAbove(folder)];
}
