/** The five functions of the comparisons, as source text, so that each tool gets them in a file of its own. */
export const fiveFunctions = {
  'empty call': { body: '() => {}' },
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
 * A module that exports the functions by name, each called so many times in one operation: 105 against 100 is work that
 * is 5 % more.
 */
export function moduleOf(times) {
  const lines = Object.entries(fiveFunctions).map(([name, { head = '', body, asynchronous = false }]) => {
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
