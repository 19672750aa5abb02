import { visible } from '../visible.js';

/** An XML element: its attributes in order, and what it holds. */
export interface XmlElement {
  readonly name: string;
  readonly attributes: Readonly<Record<string, string>>;
  readonly children?: readonly XmlElement[];
  /** Lines of text, in place of children. */
  readonly lines?: readonly string[];
}

const entities = new Map([
  ['&', '&amp;'],
  ['<', '&lt;'],
  ['>', '&gt;'],
  ['"', '&quot;'],
  ["'", '&apos;'],
]);

/**
 * Text from outside as XML 1.0: what it forbids even as a reference (controls, lone surrogates, U+FFFE and U+FFFF) is
 * written out, like everything else that acts instead of showing. Cost: O(length).
 */
export function xmlText(text: string): string {
  return visible(text)
    .replaceAll('\uFFFE', '\\ufffe')
    .replaceAll('\uFFFF', '\\uffff')
    .replace(/[&<>"']/g, (character) => entities.get(character) as string);
}

/** An element as indented XML. @param depth - How far it is in, in steps of two spaces. */
export function xml({ name, attributes, children = [], lines }: XmlElement, depth = 0): string {
  const indent = '  '.repeat(depth);
  const opening = `${indent}<${name}${Object.entries(attributes)
    .map(([key, value]) => ` ${key}="${xmlText(value)}"`)
    .join('')}`;
  if (lines !== undefined) return `${opening}>${lines.map(xmlText).join('\n')}</${name}>\n`;
  if (children.length === 0) return `${opening}/>\n`;
  return `${opening}>\n${children.map((child) => xml(child, depth + 1)).join('')}${indent}</${name}>\n`;
}
