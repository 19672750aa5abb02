import { visible } from '../visible.js';

// What GitHub's Markdown gives a meaning to in running text and tables: CommonMark's punctuation, tables' bars,
// strikethrough, entities and tags. `@`, `#` and the addresses that link by themselves need more than a backslash.
const punctuation = /[\\`*_[\]<>|~!&$]/g;
/** What starts an automatic link, a mention, an issue or a commit. */
const links = [
  // `@name` pings a person or a team.
  [/@/g, '@\u200b'],
  // `#1` and `GH-1` link to issues, in this repository or, after a name, in another.
  [/#(?=\d)/g, '#\u200b'],
  [/\b(gh)-(?=\d)/gi, '$1\u200b-'],
  // `https://`, `www.` and mail addresses link; so do `http:` and `ftp:`.
  [/:(?=\/\/)/g, ':\u200b'],
  [/\bwww\./gi, 'www\u200b.'],
  [/\b(mailto|xmpp):/gi, '$1\u200b:'],
  // Seven digits and more of a commit link to it.
  [/\b([0-9a-f]{4})(?=[0-9a-f]{3,36}\b)/gi, '$1\u200b'],
] as const;

/**
 * Text from outside as GitHub's Markdown shows it: nothing in it formats, links, pings, embeds or ends its line.
 *
 * Characters with a meaning are written as entities, which cannot combine with what stands around them. A zero-width
 * space breaks up what would link by itself; `visible` has written out those of the text. Cost: O(length).
 */
export function markdownText(text: string): string {
  const broken = links.reduce(
    (kept, [pattern, replacement]) => kept.replace(pattern, replacement),
    visible(text),
  );
  return (
    broken
      .replace(punctuation, (character) => `&#${character.charCodeAt(0)};`)
      // Marks at the start of a line make lists and headings.
      .replace(/^(\s*)([-+#=])/, (_, space: string, mark: string) => `${space}&#${mark.charCodeAt(0)};`)
      .replace(/^(\s*\d+)([.)])/, (_, number: string, mark: string) => `${number}&#${mark.charCodeAt(0)};`)
  );
}
