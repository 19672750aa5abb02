/**
 * Checks the package in the current folder as npm would receive it: packed by pnpm, which applies
 * `publishConfig` and the catalog. The one tarball goes to publint, to attw and to the rules of this house.
 *
 * Run as the package script `check:package`, after a build. Ends non-zero on the first finding.
 */
import { execFileSync, spawnSync } from 'node:child_process';
import { existsSync, mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { fileURLToPath } from 'node:url';
import { houseRules } from './house-rules.mjs';

const name = JSON.parse(readFileSync('package.json', 'utf8')).name;
const bin = fileURLToPath(new URL('../../node_modules/.bin/', import.meta.url));
const folder = mkdtempSync(path.join(tmpdir(), 'perfkit-pack-'));
const shell = process.platform === 'win32';

try {
  const tarball = pack();
  const files = execFileSync('tar', ['-tzf', tarball], { encoding: 'utf8' }).trim().split('\n');
  const manifest = JSON.parse(
    execFileSync('tar', ['-xzOf', tarball, 'package/package.json'], { encoding: 'utf8' }),
  );

  const broken = houseRules({ files, manifest });
  for (const rule of broken) process.stderr.write(`${name}: ${rule}\n`);
  const passed = [
    broken.length === 0,
    check('publint', ['run', tarball, '--strict']),
    // A package without declarations, such as the CLI, has no types that could be wrong.
    !files.some((file) => file.endsWith('.d.ts')) ||
      check('attw', [tarball, '--profile', 'esm-only', '--no-emoji']),
  ];
  process.exitCode = passed.every(Boolean) ? 0 : 1;
  if (process.exitCode === 0) process.stdout.write(`${name}: ${files.length} files packed, nothing found.\n`);
} finally {
  rmSync(folder, { recursive: true, force: true });
}

function pack() {
  const packed = spawnSync('pnpm', ['pack', '--pack-destination', folder, '--json'], {
    encoding: 'utf8',
    shell,
  });
  if (packed.status !== 0) throw new Error(`pnpm pack failed.\n${packed.stdout}${packed.stderr}`);
  const { filename } = JSON.parse(packed.stdout);
  const tarball = path.resolve(folder, filename);
  if (!existsSync(tarball)) throw new Error(`pnpm pack wrote no ${tarball}.`);
  return tarball;
}

function check(tool, args) {
  const run = spawnSync(path.join(bin, tool), args, { encoding: 'utf8', shell });
  if (run.status === 0) return true;
  process.stderr.write(`${name}: ${tool} found something:\n${run.stdout}${run.stderr}`);
  return false;
}
