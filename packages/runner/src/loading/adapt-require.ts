import { Module } from 'node:module';
import { fileURLToPath } from 'node:url';
import { ADAPTER } from './own-modules.js';
import type { Tool } from './tool-of.js';

/** The part of Node's loader of CommonJS that every `require` goes through. */
interface Loader {
  _resolveFilename(
    request: string,
    parent: { filename?: string | null } | null | undefined,
    ...rest: unknown[]
  ): string;
}

/** Gives modules of the project that require a tool perfkit's adapter of it, as the hooks do for those that import it. */
export function adaptRequire(tool: Tool): void {
  const adapter = fileURLToPath(import.meta.resolve(`${ADAPTER}${tool}`));
  const loader = Module as unknown as Loader;
  const original = loader._resolveFilename;
  loader._resolveFilename = function resolveAdapter(request, parent, ...rest) {
    const installed = /[\\/]node_modules[\\/]/.test(parent?.filename ?? '');
    return request === tool && !installed ? adapter : original.call(this, request, parent, ...rest);
  };
}
