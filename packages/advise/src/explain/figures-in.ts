/** A figure in a text, with its unit where one follows it. */
export interface Figure {
  readonly value: number;
  readonly unit: string | undefined;
}

/** Units as people and models write them, by how perfkit does. */
const units: ReadonlyMap<string, string> = new Map(
  Object.entries({
    '%': ['%', 'percent'],
    '×': ['×', 'x'],
    ns: ['ns', 'nanosecond', 'nanoseconds'],
    µs: ['µs', 'us', 'microsecond', 'microseconds'],
    ms: ['ms', 'millisecond', 'milliseconds'],
    s: ['s', 'second', 'seconds'],
    B: ['b', 'byte', 'bytes'],
    kB: ['kb', 'kilobyte', 'kilobytes'],
    MB: ['mb', 'megabyte', 'megabytes'],
    GB: ['gb', 'gigabyte', 'gigabytes'],
    KiB: ['kib', 'kibibyte', 'kibibytes'],
    MiB: ['mib', 'mebibyte', 'mebibytes'],
    GiB: ['gib', 'gibibyte', 'gibibytes'],
    '/s': ['/s'],
  }).flatMap(([unit, written]) => written.map((text) => [text.normalize('NFKC'), unit] as const)),
);

/** Whether a word is a unit. */
export function isUnit(word: string): boolean {
  return units.has(word.toLowerCase().normalize('NFKC'));
}

/** Words that are figures. One is left out: it mostly is no count. */
const words: ReadonlyMap<string, number> = new Map([
  ...['two', 'three', 'four', 'five', 'six', 'seven', 'eight', 'nine', 'ten', 'eleven', 'twelve'].map(
    (word, index) => [word, index + 2] as const,
  ),
  ...['twenty', 'thirty', 'forty', 'fifty', 'sixty', 'seventy', 'eighty', 'ninety', 'hundred'].map(
    (word, index) => [word, (index + 2) * 10] as const,
  ),
  ['twice', 2],
  ['double', 2],
  ['triple', 3],
  ['half', 0.5],
  ['dozen', 12],
  ['thousand', 1e3],
  ['million', 1e6],
  ['billion', 1e9],
]);

const digits = /(\d+(?:[.,]\d+)*(?:e[+-]?\d+)?)(?:[\s-]?(%|×|\/s|\p{L}+))?/giu;
const letters = /\p{L}+/gu;
const endings = /(?:fold|d|s)$/;

/**
 * Every figure in a text: in digits of any script form (full width, superscript), and spelt out.
 *
 * `1,234.5` counts as 1234.5, `1,5` as 1.5. Names such as p99 hold figures too.
 */
export function figuresIn(text: string): Figure[] {
  const plain = text.normalize('NFKC');
  const written = [...plain.matchAll(digits)].map(([, number = '', unit]) => ({
    value: numberOf(number),
    unit: units.get((unit ?? '').toLowerCase()),
  }));
  const spelt = [...plain.toLowerCase().matchAll(letters)].flatMap(([word]) => {
    const value = words.get(word) ?? words.get(word.replace(endings, ''));
    return value === undefined ? [] : [{ value, unit: undefined }];
  });
  return [...written, ...spelt];
}

function numberOf(number: string): number {
  if (/^\d{1,3}(?:,\d{3})+(?:\.\d+)?$/.test(number)) return Number(number.replaceAll(',', ''));
  return Number(number.replace(',', '.'));
}
