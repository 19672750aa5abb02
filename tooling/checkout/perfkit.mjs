#!/usr/bin/env node
/**
 * `pnpm perfkit …`: the CLI of this checkout, in the folder where the command was given.
 *
 * It is found by its path. Were it a dependency of the workspace's root, turbo would count it, and all that it
 * imports, as a dependency of every package: no tier rule could hold and every change would empty the cache.
 */
await import(new URL('../../apps/perfkit/bin/perfkit.mjs', import.meta.url).href);
