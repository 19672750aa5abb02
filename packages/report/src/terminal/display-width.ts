const graphemes = new Intl.Segmenter('en', { granularity: 'grapheme' });
const drawnAsEmoji =
  /^(?:\p{Emoji_Presentation}|\p{Extended_Pictographic}\u{FE0F}|\p{Regional_Indicator}{2})/u;
const onlyMarks = /^[\p{Mn}\p{Me}]+$/u;
/** Scripts that terminals draw two columns wide, and the full-width forms. */
const wide =
  /^[\p{Script=Han}\p{Script=Hiragana}\p{Script=Katakana}\p{Script=Hangul}\p{Script=Bopomofo}\p{Script=Yi}\u{3000}-\u{303e}\u{ff01}-\u{ff60}\u{ffe0}-\u{ffe6}]/u;

/**
 * Splitting a text into graphemes takes time and memory in the square of its length; no line shows more than this.
 */
const LONGEST = 2000;

/** Columns that a text takes in a terminal. Control characters must be gone (see `visible`). */
export function displayWidth(text: string): number {
  if (text.length > LONGEST) return text.length;
  let columns = 0;
  for (const { segment } of graphemes.segment(text)) columns += graphemeWidth(segment);
  return columns;
}

/**
 * A text that takes at most `columns`, with `…` in its middle if something had to go: beginnings tell probes apart,
 * and ends hold their parameters.
 */
export function clip(text: string, columns: number): string {
  if (text.length <= columns && displayWidth(text) <= columns) return text;
  if (text.length > LONGEST)
    return clip(`${text.slice(0, LONGEST / 2)}…${text.slice(-LONGEST / 4)}`, columns);
  const parts = [...graphemes.segment(text)].map(({ segment }) => segment);
  if (parts.reduce((sum, part) => sum + graphemeWidth(part), 0) <= columns) return text;
  const tailRoom = Math.floor((columns - 1) * 0.4);
  const head = taken(parts, columns - 1 - tailRoom);
  const tail = taken(parts.toReversed(), tailRoom).toReversed();
  return `${head.join('')}…${tail.join('')}`;
}

/** A text padded with spaces to `columns`; longer ones stay as they are. */
export function pad(text: string, columns: number, side: 'left' | 'right'): string {
  const space = ' '.repeat(Math.max(0, columns - displayWidth(text)));
  return side === 'left' ? `${text}${space}` : `${space}${text}`;
}

function taken(parts: readonly string[], columns: number): string[] {
  const kept: string[] = [];
  let room = columns;
  for (const part of parts) {
    room -= graphemeWidth(part);
    if (room < 0) break;
    kept.push(part);
  }
  return kept;
}

function graphemeWidth(grapheme: string): number {
  if (onlyMarks.test(grapheme)) return 0;
  return drawnAsEmoji.test(grapheme) || wide.test(grapheme) ? 2 : 1;
}
