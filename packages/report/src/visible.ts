// Controls (ANSI escapes start with one), formats (bidi overrides, zero-width characters), line and paragraph
// separators, lone surrogates. A zero-width joiner inside an emoji is the one that stays: it is what makes it one.
const unseen =
  /(?!(?<=\p{Extended_Pictographic}|\p{Emoji_Modifier}|\u{FE0F})\u200D(?=\p{Extended_Pictographic}))[\p{Cc}\p{Cf}\p{Cs}\p{Zl}\p{Zp}]/gu;
const shortNames = new Map([
  ['\n', '\\n'],
  ['\r', '\\r'],
  ['\t', '\\t'],
]);

/**
 * Text from outside on one line, with every character that acts instead of showing written out: `\n`, `\u001b`, `\u202e`.
 *
 * What is left can neither move the cursor, change colours, reorder the line nor hide. HTML is not escaped here: that
 * happens where text becomes HTML. Cost: O(length).
 */
export function visible(text: string): string {
  return text.replace(unseen, (character) => {
    const short = shortNames.get(character);
    if (short !== undefined) return short;
    const hex = (character.codePointAt(0) as number).toString(16);
    return hex.length > 4 ? `\\u{${hex}}` : `\\u${hex.padStart(4, '0')}`;
  });
}

/** The same for text of several lines, such as a stack: the lines stay lines, and tabs become two spaces. */
export function visibleLines(text: string): string[] {
  return text
    .trimEnd()
    .split(/\r\n|\r|\n/)
    .map((line) => visible(line.replaceAll('\t', '  ')));
}
