import { createHash } from 'node:crypto';
import { existsSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { root } from './pnpm.mjs';

const record = path.join(root, 'node_modules', '.perfkit-setup.json');

/** Whether the last finished install still fits the checkout and this Node. Reads a few small files. */
export function isInstalled() {
  if (!existsSync(record)) return false;
  if (members().some((folder) => !existsSync(path.join(folder, 'node_modules')))) return false;
  return JSON.parse(readFileSync(record, 'utf8')).fingerprint === fingerprint();
}

/** Records that an install has finished. */
export function rememberInstall() {
  writeFileSync(
    record,
    `${JSON.stringify({ node: process.version, fingerprint: fingerprint() }, null, 2)}\n`,
  );
}

/** All that an install depends on, as one text: the lockfile, every package.json, and what binaries are built for. */
function fingerprint() {
  const hash = createHash('sha256');
  hash.update(`${process.versions.node} ${process.versions.modules} ${process.platform} ${process.arch}`);
  const manifests = allMembers().map((folder) => path.join(folder, 'package.json'));
  for (const name of ['package.json', 'pnpm-lock.yaml', 'pnpm-workspace.yaml', '.npmrc']) {
    manifests.push(path.join(root, name));
  }
  for (const file of manifests) hash.update(`\0${path.relative(root, file)}\0`).update(readFileSync(file));
  return hash.digest('hex');
}

/** The workspace's packages, by folder. */
function allMembers() {
  return ['packages', 'apps', 'tooling']
    .flatMap((tier) => readdirSync(path.join(root, tier)).map((name) => path.join(root, tier, name)))
    .filter((folder) => existsSync(path.join(folder, 'package.json')));
}

/** Those that depend on something, and so have a `node_modules` once installed. */
function members() {
  return allMembers().filter((folder) => {
    const { dependencies, devDependencies } = JSON.parse(
      readFileSync(path.join(folder, 'package.json'), 'utf8'),
    );
    return Object.keys({ ...dependencies, ...devDependencies }).length > 0;
  });
}
