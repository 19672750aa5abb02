/**
 * The lines of a text that comes in chunks, without their newlines; a byte order mark is left out.
 *
 * Only a line feed ends one: readline also splits at U+2028, which JSON strings may hold.
 *
 * Cost: O(length) time, memory for the longest line.
 */
export async function* lines(chunks: AsyncIterable<string>): AsyncGenerator<string, void, void> {
  let begun: string[] = [];
  let first = true;
  for await (const chunk of chunks) {
    const text = first ? chunk.replace(/^\uFEFF/, '') : chunk;
    first = false;
    const parts = text.split('\n');
    for (const part of parts.slice(0, -1)) {
      yield [...begun, part].join('');
      begun = [];
    }
    begun.push(parts.at(-1) ?? '');
  }
  const last = begun.join('');
  if (last !== '') yield last;
}
