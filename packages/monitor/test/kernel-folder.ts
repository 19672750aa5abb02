import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { onTestFinished } from 'vitest';
import type { FigureName } from '../src/figure.js';
import { Readings } from '../src/readings.js';
import type { OpenSource } from '../src/source.js';

/** A folder with files as the kernel has them in `proc` and `sys`; gone after the test. */
export interface KernelFolder {
  readonly root: string;
  /** Writes files in place: whoever has one open sees what is new. */
  write(files: Readonly<Record<string, string>>): void;
}

export function kernelFolder(files: Readonly<Record<string, string>>): KernelFolder {
  const root = mkdtempSync(join(tmpdir(), 'perfkit-kernel-'));
  onTestFinished(() => rmSync(root, { recursive: true, force: true }));
  const write = (more: Readonly<Record<string, string>>) => {
    for (const [path, text] of Object.entries(more)) {
      mkdirSync(dirname(join(root, path)), { recursive: true });
      writeFileSync(join(root, path), text);
    }
  };
  write(files);
  return { root, write };
}

/** What one source reads next, by name: values, or reasons why there are none. */
export function reader(open: OpenSource, root: string): () => Partial<Record<FigureName, number | string>> {
  const readings = new Readings([open(root)]);
  onTestFinished(() => readings.close());
  return () => {
    readings.next();
    return Object.fromEntries(
      readings.figures.map(({ name }, index) => {
        const value = readings.values[index] ?? Number.NaN;
        return [name, Number.isNaN(value) ? readings.reason(index) : value];
      }),
    );
  };
}
