import { join } from 'node:path';
import { procFile } from './proc-file.js';

/** Folders of the control groups that this process is in, its own first, then those around it as far as they show. */
export interface ControlGroups {
  /** Version 2, the unified hierarchy; empty where it is not mounted. */
  readonly unified: readonly string[];
  /** Version 1, by controller, such as `cpu` or `memory`: only controllers that version 2 does not have here. */
  readonly byController: ReadonlyMap<string, readonly string[]>;
}

interface Mount {
  /** The group that the mount shows as its root, and where it does. */
  readonly root: string;
  readonly point: string;
  readonly type: string;
  readonly options: readonly string[];
}

/**
 * Where the control groups of this process are, of both versions, also with both mounted and in a container that sees
 * but its own.
 *
 * @param root - Folder in which `proc` and `sys` are.
 * @returns `undefined` where there are none.
 *
 * Source: cgroups(7); /proc/self/mountinfo in proc_pid_mountinfo(5).
 */
export function controlGroups(root = ''): ControlGroups | undefined {
  const groups = procFile(`${root}/proc/self/cgroup`);
  const mounts = procFile(`${root}/proc/self/mountinfo`)?.split('\n').flatMap(mountOf);
  if (groups === undefined || mounts === undefined || mounts.length === 0) return undefined;
  let unified: readonly string[] = [];
  const byController = new Map<string, readonly string[]>();
  for (const line of groups.split('\n')) {
    const [, names, path] = /^\d+:([^:]*):(.*)$/.exec(line) ?? [];
    if (names === undefined || path === undefined) continue;
    const controllers = names === '' ? [] : names.split(',');
    const mount = mounts.find(({ type, options }) =>
      controllers.length === 0
        ? type === 'cgroup2'
        : type === 'cgroup' && controllers.every((name) => options.includes(name)),
    );
    if (mount === undefined) continue;
    const folders = foldersOf(mount, path).map((folder) => `${root}${folder}`);
    if (controllers.length === 0) unified = folders;
    for (const controller of controllers) byController.set(controller, folders);
  }
  return { unified, byController };
}

function mountOf(line: string): Mount[] {
  const [left = '', right = ''] = line.split(' - ');
  const [, , , root, point] = left.split(' ').map(unescaped);
  const [type, , options = ''] = right.split(' ');
  if (root === undefined || point === undefined || (type !== 'cgroup' && type !== 'cgroup2')) return [];
  return [{ root, point, type, options: options.split(',') }];
}

/** From the process's group up to the root of the mount. A group that the mount does not show is taken for its root. */
function foldersOf({ root, point }: Mount, path: string): string[] {
  const shown =
    root === '/' ? path : path === root || path.startsWith(`${root}/`) ? path.slice(root.length) : '';
  const parts = shown.split('/').filter((part) => part !== '');
  const known = parts.includes('..') ? [] : parts;
  return known.map((_, index) => join(point, ...known.slice(0, known.length - index))).concat(point);
}

/** White space and backslashes are written as three octal digits. */
function unescaped(text: string): string {
  return text.replace(/\\([0-7]{3})/g, (_, octal: string) => String.fromCharCode(Number.parseInt(octal, 8)));
}
