import type { Inspector } from '../subject/subject.js';

/** Names that libraries give to the most entries of a cache, as they are or as a private field. */
const LIMIT = /^(max(imum)?_?(size|length|count|keys|entries|items|elements|objects)?|limit|capacity)$/i;
/** Where it is kept when it is not a field of its own. */
const OPTIONS = /^(options|opts|config|settings)$/i;

/** How many a container may hold, as the object that it belongs to tells. */
export interface Limit {
  /** The property that says so. */
  readonly name: string;
  readonly size: number;
  /** Id of the object that has it. */
  readonly owner: number;
}

interface Property {
  readonly name: string;
  readonly value?: { readonly type: string; readonly value?: unknown; readonly objectId?: string };
}

const GROUP = 'perfkit-limits';

/**
 * The limit that the owners of a container set, as fields or in their options: a number not below its size. Calls no code of
 * the program.
 *
 * @param owners - Ids in heap snapshots, nearest first.
 * @returns `undefined` where none tells, or where what looks like one is passed already. Rejects with what the inspector
 * refuses.
 */
export async function limitOf(
  inspector: Inspector,
  owners: readonly number[],
  size: number,
): Promise<Limit | undefined> {
  try {
    for (const owner of owners) {
      const told = await toldBy(inspector, owner);
      if (told.some((limit) => limit.size < size)) return undefined;
      const [least] = told.sort((a, b) => a.size - b.size);
      if (least !== undefined) return least;
    }
    return undefined;
  } finally {
    await inspector.post('Runtime.releaseObjectGroup', { objectGroup: GROUP });
  }
}

async function toldBy(inspector: Inspector, owner: number): Promise<Limit[]> {
  const { result } = (await inspector.post('HeapProfiler.getObjectByHeapObjectId', {
    objectId: String(owner),
    objectGroup: GROUP,
  })) as { result: { objectId?: string } };
  if (result.objectId === undefined) return [];
  const fields = await fieldsOf(inspector, result.objectId);
  const limits = limitsIn(fields, owner);
  for (const { name, value } of fields) {
    if (value?.objectId === undefined || !OPTIONS.test(bare(name))) continue;
    limits.push(...limitsIn(await fieldsOf(inspector, value.objectId), owner));
  }
  return limits;
}

async function fieldsOf(inspector: Inspector, objectId: string): Promise<Property[]> {
  const { result, privateProperties = [] } = (await inspector.post('Runtime.getProperties', {
    objectId,
    ownProperties: true,
  })) as { result: Property[]; privateProperties?: Property[] };
  return [...result, ...privateProperties];
}

/** 0 and below stand for no limit. */
function limitsIn(fields: readonly Property[], owner: number): Limit[] {
  return fields.flatMap(({ name, value }) => {
    const size = value?.value;
    const isLimit = LIMIT.test(bare(name)) && typeof size === 'number' && Number.isInteger(size) && size > 0;
    return isLimit ? [{ name, size, owner }] : [];
  });
}

/** `max` of `#max`, `_max` and `Symbol(max)`. */
function bare(name: string): string {
  return name.replace(/^Symbol\((.*)\)$/, '$1').replace(/^[#_$]+/, '');
}
