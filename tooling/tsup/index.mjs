import { defineConfig } from 'tsup';

/**
 * How every published package is built: ESM for the Node floor, one file per entry, declarations beside it.
 *
 * PERFKIT_DECLARATIONS=off leaves the declarations out: type checks read sources, so only a package needs them.
 *
 * @param {import('tsup').Options} [options] - What a package adds, such as more `entry` files.
 */
export function perfPackage({ dts = true, ...options } = {}) {
  return defineConfig({
    entry: ['src/index.ts'],
    format: 'esm',
    target: 'node20.19',
    dts: process.env.PERFKIT_DECLARATIONS === 'off' ? false : dts,
    sourcemap: true,
    clean: true,
    splitting: true,
    treeshake: true,
    silent: true,
    ...options,
  });
}
