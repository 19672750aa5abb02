/**
 * What a published package of this workspace must look like beyond what publint and attw know.
 *
 * @param {{ files: string[], manifest: Record<string, any> }} tarball - Its entries (`package/…`) and its package.json.
 * @returns {string[]} One sentence per broken rule, with what to do.
 */
export function houseRules({ files, manifest }) {
  const broken = [];
  const rule = (holds, sentence) => {
    if (!holds) broken.push(sentence);
  };
  const dependencies = Object.entries({ ...manifest.dependencies, ...manifest.peerDependencies });

  rule(files.includes('package/README.md'), 'the tarball has no README.md: write one.');
  rule(files.includes('package/LICENSE'), 'the tarball has no LICENSE: pnpm copies the one at the root.');
  rule(
    !files.some((file) => /^package\/(src|test|node_modules)\//.test(file)),
    'the tarball has sources or tests: list only what users need in "files".',
  );
  rule(
    !JSON.stringify(manifest.exports ?? {}).includes('@perf/source'),
    'its exports still have "@perf/source": repeat them without it in "publishConfig".',
  );
  rule(
    dependencies.every(([, version]) => !/^(workspace|catalog|link|file):/.test(version)),
    'a dependency has no version that npm understands.',
  );
  rule(manifest.license === 'MIT', 'package.json names no license: MIT.');
  rule(manifest.type === 'module', 'package.json does not say "type": "module".');
  rule(
    manifest.engines?.node === '>=20.19',
    'package.json names no Node floor: "engines": { "node": ">=20.19" }.',
  );
  rule(manifest.private !== true, 'the package is private: it needs no check:package.');
  return broken;
}
