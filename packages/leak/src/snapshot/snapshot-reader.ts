import { LeakError } from '../leak-error.js';

/** A heap snapshot as V8 lays it out: flat rows of numbers, which index the strings. */
export interface HeapSnapshot {
  readonly meta: SnapshotMeta;
  /** Rows of `meta.node_fields`, one after the other. */
  readonly nodes: Uint32Array;
  /** Rows of `meta.edge_fields`: those of the first node, then those of the second, and so on. */
  readonly edges: Uint32Array;
  readonly strings: readonly string[];
}

/** Names of the fields of a row, and of the kinds that numbers stand for. */
export interface SnapshotMeta {
  readonly node_fields: readonly string[];
  readonly node_types: readonly (string | readonly string[])[];
  readonly edge_fields: readonly string[];
  readonly edge_types: readonly (string | readonly string[])[];
}

interface SnapshotHeader {
  readonly meta: SnapshotMeta;
  readonly node_count: number;
  readonly edge_count: number;
}

const COMMA = 0x2c;
const CLOSE = 0x5d;
const ZERO = 0x30;
const NINE = 0x39;
/** Text kept while looking for the next section: longer than any of their names. */
const TAIL = 64;

type Section = 'header' | 'nodes' | 'to-edges' | 'edges' | 'to-strings' | 'strings';

/**
 * Reads a heap snapshot piece by piece as V8 writes it, without ever holding its whole text: numbers go straight into
 * typed arrays outside of the V8 heap. Only the table of strings is parsed as a whole.
 *
 * Relies on the order of V8's writer: header, nodes, edges, strings.
 */
export class SnapshotReader {
  #section: Section = 'header';
  #text = '';
  #header: SnapshotHeader | undefined;
  #numbers = new Uint32Array(0);
  #count = 0;
  #digits = 0;
  #nodes = new Uint32Array(0);
  #edges = new Uint32Array(0);
  readonly #strings: Uint8Array[] = [];

  /** Takes the next piece. @throws {LeakError} `leak/snapshot` if it is not what V8 writes. */
  write(chunk: Uint8Array): void {
    let at = 0;
    while (at < chunk.length) {
      if (this.#section === 'strings') {
        this.#strings.push(chunk.slice(at));
        return;
      }
      at =
        this.#section === 'nodes' || this.#section === 'edges'
          ? this.#readNumbers(chunk, at)
          : this.#skipTo(chunk, at);
    }
  }

  /** The snapshot, when all was written. @throws {LeakError} `leak/snapshot` if something is missing. */
  end(): HeapSnapshot {
    if (this.#header === undefined || this.#section !== 'strings') throw unreadable('it ends early');
    const text = Buffer.concat(this.#strings).toString('utf8');
    return {
      meta: this.#header.meta,
      nodes: this.#nodes,
      edges: this.#edges,
      strings: parse(`[${text.slice(0, text.lastIndexOf('}'))}`) as string[],
    };
  }

  /** Looks for the beginning of the next section, and keeps the text before the first one: the header. */
  #skipTo(chunk: Uint8Array, from: number): number {
    const name = this.#section === 'header' ? 'nodes' : this.#section === 'to-edges' ? 'edges' : 'strings';
    const mark = `"${name}":[`;
    const kept = this.#text.length;
    this.#text += Buffer.from(chunk.buffer, chunk.byteOffset + from, chunk.length - from).toString('latin1');
    const found = this.#text.indexOf(mark);
    if (found === -1) {
      if (this.#section !== 'header') this.#text = this.#text.slice(-TAIL);
      return chunk.length;
    }
    if (this.#section === 'header') this.#readHeader(this.#text.slice(0, found));
    else if (name === 'edges') this.#beginNumbers(this.#header?.edge_count, this.#header?.meta.edge_fields);
    this.#section = name;
    this.#text = '';
    return from + found + mark.length - kept;
  }

  #readHeader(text: string): void {
    const { snapshot } = parse(`${text.slice(0, text.lastIndexOf(','))}}`) as { snapshot?: SnapshotHeader };
    if (snapshot?.meta === undefined) throw unreadable('it has no header');
    this.#header = snapshot;
    this.#beginNumbers(snapshot.node_count, snapshot.meta.node_fields);
  }

  #beginNumbers(rows: number | undefined, fields: readonly string[] | undefined): void {
    this.#numbers = new Uint32Array((rows ?? 0) * (fields?.length ?? 0));
    this.#count = 0;
    this.#digits = 0;
  }

  #readNumbers(chunk: Uint8Array, from: number): number {
    let value = this.#digits;
    for (let at = from; at < chunk.length; at += 1) {
      const byte = chunk[at] as number;
      if (byte >= ZERO && byte <= NINE) {
        value = value * 10 + byte - ZERO;
      } else if (byte === COMMA || byte === CLOSE) {
        this.#numbers[this.#count] = value;
        this.#count += 1;
        value = 0;
        if (byte === CLOSE) {
          this.#endNumbers();
          return at + 1;
        }
      }
    }
    this.#digits = value;
    return chunk.length;
  }

  #endNumbers(): void {
    if (this.#count !== this.#numbers.length)
      throw unreadable(`it has ${this.#count} numbers in ${this.#section}`);
    if (this.#section === 'nodes') this.#nodes = this.#numbers;
    else this.#edges = this.#numbers;
    this.#section = this.#section === 'nodes' ? 'to-edges' : 'to-strings';
  }
}

function parse(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch (cause) {
    throw unreadable('a part of it is no JSON', cause);
  }
}

function unreadable(why: string, cause?: unknown): LeakError {
  return new LeakError('leak/snapshot', `The heap snapshot cannot be read: ${why}.`, {
    remedy: 'Leave snapshots out (snapshots: false), and tell us the version of Node.js.',
    cause,
  });
}
