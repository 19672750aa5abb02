const kept: unknown[] = new Array(2);
let turn = 0;

/** Where mitata keeps a value; files may keep one there themselves. */
export const $: { _: unknown } = { _: null };

/** Keeps a value where V8 cannot know it unused: in two places in turn, as a store that the next one replaces may go. */
export function do_not_optimize(value: unknown): void {
  turn ^= 1;
  kept[turn] = value;
}
