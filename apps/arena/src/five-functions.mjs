/** The five functions of the comparisons, as source text, so that each tool gets them in a file of its own. */
export const fiveFunctions = {
  // So many calls that the end of the loop around them, which the processor guesses wrong, does not count.
  'empty call': { body: '() => {}', leastCalls: 2000 },
  'JSON.parse, 2 KB': {
    head: "const text = JSON.stringify(Array.from({ length: 20 }, (_, id) => ({ id, name: 'item ' + id, tags: ['a', 'b', 'c'], price: id * 1.5, nested: { x: id, y: [id, id + 1] } })));",
    body: '() => JSON.parse(text)',
  },
  'sort of 1,000 numbers': {
    head: 'let seed = 1; const numbers = Array.from({ length: 1000 }, () => (seed = (seed * 16807) % 2147483647) / 2147483647);',
    body: '() => numbers.slice().sort((x, y) => x - y)',
  },
  'Map inserts': {
    body: '() => { const map = new Map(); for (let key = 0; key < 100; key++) map.set(key, key); return map; }',
  },
  'awaited resolved promise': { body: 'async () => { await Promise.resolve(); }', asynchronous: true },
};

/**
 * How often each function is called in one operation, and in one that is so many percent more work, as nearly as few
 * calls allow: by one of 20 or of 33.
 */
export function callsOf(name, percent) {
  const fewer = Math.max(Math.round(100 / percent), fiveFunctions[name].leastCalls ?? 0);
  return { fewer, more: Math.round(fewer * (1 + percent / 100)) };
}

/** A module that exports the functions by name, each called `timesOf(name)` times in one operation. */
export function moduleOf(timesOf) {
  const lines = Object.entries(fiveFunctions).map(([name, { head = '', body, asynchronous = false }]) => {
    const times = timesOf(name);
    const one = `const fn = ${body};`;
    const many =
      times === 1
        ? 'return fn;'
        : asynchronous
          ? `return async () => { for (let time = 0; time < ${times}; time++) await fn(); };`
          : `return () => { let last; for (let time = 0; time < ${times}; time++) last = fn(); return last; };`;
    return `  ${JSON.stringify(name)}: (() => { ${head} ${one} ${many} })(),`;
  });
  return `export const functions = {\n${lines.join('\n')}\n};\n`;
}
