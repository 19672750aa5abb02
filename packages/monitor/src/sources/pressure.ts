import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { counter, type Figure, type FigureScope, gauge } from '../figure.js';
import { controlGroups } from '../machine/control-groups.js';
import type { KernelFile } from '../machine/kernel-file.js';
import type { OpenSource, Source } from '../source.js';
import { absent } from './absent.js';
import { kernelSource } from './kernel-source.js';

/** What can be short. */
export const pressedResources = ['Cpu', 'Memory', 'Io'] as const;
export type PressedResource = (typeof pressedResources)[number];

const SOME = Buffer.from('some avg10=');
const FULL = Buffer.from('full avg10=');
const TOTAL = Buffer.from('total=');

/**
 * Share of the last ten seconds in which `some` or all (`full`) that wanted to run had to wait for CPU, memory or
 * storage, and for how long [ns] they did since the last reading: of the machine.
 *
 * Source: /proc/pressure; see Documentation/accounting/psi of Linux, since 4.20.
 */
export function machinePressure(resource: PressedResource): OpenSource {
  return (root) =>
    stall(`${root}/proc/pressure/${resource.toLowerCase()}`, figuresOf('pressure', resource, 'machine'));
}

/** The same of this process's control group, from `*.pressure` of version 2. The root alone has no type. */
export function groupPressure(resource: PressedResource): OpenSource {
  return (root) => {
    const figures = figuresOf('groupPressure', resource, 'group');
    const [own] = controlGroups(root)?.unified ?? [];
    if (own === undefined) {
      return absent(figures, 'needs control groups of version 2, which are not mounted here');
    }
    if (!existsSync(join(own, 'cgroup.type'))) {
      return absent(figures, 'is that of the machine: this process is in the root control group');
    }
    return stall(join(own, `${resource.toLowerCase()}.pressure`), figures);
  };
}

function figuresOf(
  prefix: 'pressure' | 'groupPressure',
  resource: PressedResource,
  scope: FigureScope,
): Figure[] {
  return (['Some', 'Full'] as const).flatMap((part) => {
    const otherwise = `this kernel gives no "${part.toLowerCase()}" pressure of ${resource.toLowerCase()}`;
    return [
      gauge(`${prefix}${resource}${part}Avg10`, 'ratio', scope, otherwise),
      counter(`${prefix}${resource}${part}Time`, 'ns', scope, otherwise),
    ];
  });
}

function stall(path: string, figures: readonly Figure[]): Source {
  return kernelSource(path, figures, (file, into, at) => {
    line(file, SOME, into, at);
    line(file, FULL, into, at + 2);
  });
}

/** Averages are percent, totals microseconds. */
function line(file: KernelFile, beginning: Buffer, into: Float64Array, at: number): void {
  const there = file.behind(beginning);
  into[at] = there ? file.decimal() / 100 : Number.NaN;
  into[at + 1] = there && file.behind(TOTAL) ? file.integer() * 1000 : Number.NaN;
}
