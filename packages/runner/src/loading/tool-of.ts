import { readFileSync } from 'node:fs';
import { dirname, resolve } from 'node:path';
import { sourceFile } from './source-file.js';

/** What a module imports or requires by a name that is written out. */
const IMPORTS = /\b(?:from|import|require)\s*\(?\s*(['"])([^'"\n]+)\1/g;
/** Where probes come from: a file that has them from here is a perf file of ours. */
const OURS = /^@perf\/(?:bench|leak|load|schema)(?:\/core)?$/;
const TOOLS = /^(?:@perf\/bench\/)?(tinybench|mitata|vitest)(?:\/src\/main\.mjs)?$/;
/** Modules that are looked into at most: those that set benchmarks up are near the file that is measured. */
const MOST_MODULES = 100;

/** A benchmark tool whose files perfkit measures unchanged. */
export type Tool = 'tinybench' | 'mitata' | 'vitest';

/**
 * The tool that a benchmark file is written for, from what it and the modules of its project import; undefined for a
 * perf file of ours. What is nearer to the file decides, and of one distance, an import of ours does.
 *
 * Cost: for a file of ours, one reading of it.
 */
export function toolOf(file: string): Tool | undefined {
  const seen = new Set([file]);
  let level = [file];
  while (level.length > 0 && seen.size <= MOST_MODULES) {
    const imports = level.map((path) => ({ path, specifiers: importsOf(path) }));
    const specifiers = imports.flatMap((module) => module.specifiers);
    if (specifiers.some((specifier) => OURS.test(specifier))) return undefined;
    const tool = specifiers.map((specifier) => TOOLS.exec(specifier)?.[1]).find((name) => name !== undefined);
    if (tool !== undefined) return tool as Tool;
    level = imports
      .flatMap(({ path, specifiers }) => nextTo(path, specifiers))
      .filter((path) => !seen.has(path));
    for (const path of level) seen.add(path);
  }
  return undefined;
}

function importsOf(path: string): string[] {
  return [...readFileSync(path, 'utf8').matchAll(IMPORTS)].map(([, , specifier = '']) => specifier);
}

function nextTo(path: string, specifiers: readonly string[]): string[] {
  return specifiers
    .filter((specifier) => /^\.{0,2}\//.test(specifier))
    .map((specifier) => sourceFile(resolve(dirname(path), specifier)))
    .filter((found) => found !== undefined && /\.[mc]?[jt]s$/.test(found)) as string[];
}
