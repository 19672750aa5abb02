/**
 * Every package names exactly one tier. `turbo boundaries` applies the rules of a tag to the packages that have it,
 * so a package without one would be free to import anything.
 */
import { existsSync, readdirSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { fileURLToPath } from 'node:url';

const root = fileURLToPath(new URL('../..', import.meta.url));
const tiers = Object.keys(JSON.parse(readFileSync(path.join(root, 'turbo.json'), 'utf8')).boundaries.tags);

const untagged = ['packages', 'apps', 'tooling']
  .flatMap((folder) => readdirSync(path.join(root, folder)).map((name) => path.join(folder, name)))
  .filter((folder) => existsSync(path.join(root, folder, 'package.json')))
  .filter((folder) => tiersOf(folder).length !== 1);

for (const folder of untagged) {
  process.stderr.write(`${folder}/turbo.json: give "tags" one of the tiers ${tiers.join(', ')}.\n`);
}
process.exitCode = untagged.length === 0 ? 0 : 1;

function tiersOf(folder) {
  const file = path.join(root, folder, 'turbo.json');
  if (!existsSync(file)) return [];
  const { tags = [] } = JSON.parse(readFileSync(file, 'utf8'));
  return tags.filter((tag) => tiers.includes(tag));
}
