// The cases of PERFKIT_DATA/leaks: npm packages in a version that leaks and one that does not, and controls.
import { cpSync, existsSync, readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { npmInstall } from './leak-npm-install.mjs';

const repository = fileURLToPath(new URL('../../..', import.meta.url));
const data = process.env.PERFKIT_DATA ?? join(repository, '..', 'shared', 'data');

/** Names of the cases, or undefined where there are none. @param wanted - Names to keep; none for all. */
export function leakCases(wanted) {
  const folder = join(data, 'leaks');
  if (!existsSync(folder)) {
    console.error(`There are no leaks at ${data}. Set PERFKIT_DATA to the folder that holds leaks/.`);
    return undefined;
  }
  const names = readdirSync(folder).sort();
  const unknown = wanted.find((name) => !names.includes(name));
  if (unknown !== undefined) {
    console.error(`There is no case "${unknown}" at ${folder}. There are: ${names.join(', ')}.`);
    return undefined;
  }
  return wanted.length > 0 ? wanted : names;
}

/**
 * Installs a case below a folder.
 *
 * @returns One entry per version (`leaky` and `fixed`, or `control`): the case's name and folder, the file that
 * exports `iterate()` and perhaps `close()`, and the truth that the data names.
 */
export function installCase(name, work) {
  const folder = join(work, name);
  cpSync(join(data, 'leaks', name), folder, { recursive: true });
  npmInstall(folder);
  const { leak: truth } = JSON.parse(readFileSync(join(folder, 'package.json'), 'utf8'));
  return ['leaky', 'fixed', 'control'].flatMap((version) => {
    const module = join(folder, `${version}.mjs`);
    return existsSync(module) ? [{ name, folder, version, module, truth, leaks: version === 'leaky' }] : [];
  });
}
