const text = JSON.stringify(
  Array.from({ length: 40 }, (_, id) => ({ id, name: `item ${id}`, tags: ['a', 'b'] })),
);
const numbers = Array.from({ length: 1000 }, (_, index) => (index * 7919) % 1009);

/** What every program here measures: from nothing at all to a millisecond's tenth, synchronous and not. */
export const functions = {
  'empty call': () => undefined,
  'JSON.parse of 2 KB': () => JSON.parse(text),
  'sort of 1,000 numbers': () => numbers.slice().sort((a, b) => a - b),
  '100 Map inserts': () => {
    const map = new Map();
    for (let key = 0; key < 100; key += 1) map.set(key, key);
    return map;
  },
  'awaited resolved promise': async () => 1,
};
