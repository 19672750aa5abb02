/**
 * Text from outside as it stands in a column: escaped as inside a JSON string.
 *
 * SQLite's text functions stop at a NUL character, and UTF-8 has no place for half a surrogate pair: two names that
 * differ only there would become one. Ordinary names stay as they are. One to one: equal columns, equal texts.
 */
export function toColumn(text: string): string {
  return JSON.stringify(text).slice(1, -1);
}

/** The text that `toColumn` was given. */
export function fromColumn(column: string): string {
  return JSON.parse(`"${column}"`) as string;
}
