import { collection, perCollection } from '../collection.js';
import { type Group, isGroup, type Leaf, type Mark } from './node.js';
import { register } from './register.js';

const place: () => { current: Group } = perCollection(() => ({ current: beginFile() }));

/** The group that is being described, at first the file's own. */
export function currentGroup(): Group {
  return place().current;
}

export function append(child: Group | Leaf): void {
  collection().touch();
  currentGroup().children.push(child);
}

/** A group within the current one. */
export function groupOf(name: string | undefined, mark: Mark, body: () => unknown, parent?: Group): Group {
  const hooks = { beforeAll: [], beforeEach: [], afterEach: [], afterAll: [] };
  return { name, mark, parent, body, children: [], hooks };
}

/** Bodies of groups are run when the file has been read, as Vitest does. */
function beginFile(): Group {
  const file = groupOf(undefined, undefined, () => undefined);
  collection().atEnd(async () => {
    await describeAll(file);
    register(file);
  });
  return file;
}

/** Runs the bodies of groups one after the other, each before those of its own children. */
async function describeAll(group: Group): Promise<void> {
  place().current = group;
  await group.body();
  for (const child of group.children) if (isGroup(child)) await describeAll(child);
}
