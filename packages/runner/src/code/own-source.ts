import { createHash } from 'node:crypto';
import { readFileSync } from 'node:fs';
import type { ProbeId } from '@perf/schema';
import { blankTypes } from '../loading/blank-types.js';

/** What of a perf file makes a probe what it is. */
export interface OwnSource {
  /** Of the probe's functions and options, and of all of its file that is in no other probe; without imports. */
  readonly hash: string;
  /** Of the imports: they say which code is measured, not how. */
  readonly imports: string;
}

type Typescript = typeof import('typescript');
type Node = import('typescript').Node;
type CallExpression = import('typescript').CallExpression;

/** Stands for what belongs to another probe. */
const LEFT_OUT = Symbol('left out');
type Part = string | typeof LEFT_OUT;

/** Libraries whose benchmarks are calls with a name and a function. */
const LIBRARIES = ['tinybench', 'mitata', 'vitest'];
/** What those calls are called. */
const ADDING = ['add', 'bench'];

/**
 * Hashes the text that a probe owns, so that a changed benchmark is told from changed code.
 *
 * That is everything in its perf file but the imports, comments, white space, types, and what is written in place for
 * other probes: properties of `suite('…', { … })` and calls such as `bench.add('…', () => …)`. What cannot be told apart,
 * such as names that are computed, belongs to all probes of the file: a change there says of each that it changed.
 *
 * @param file - Absolute path.
 * @param cacheFolder - Of files whose types are already blanked.
 * @throws {RunnerError} `runner/not-erasable`; the system's error if it cannot be read.
 */
export async function ownSourceOf(
  file: string,
  probe: Pick<ProbeId, 'suite' | 'name'>,
  cacheFolder: string,
): Promise<OwnSource> {
  const written = readFileSync(file, 'utf8');
  const source = /\.[mc]?ts$/.test(file) ? await blankTypes(written, file, cacheFolder) : written;
  const { default: ts } = await import('typescript');
  const parsed = ts.createSourceFile(file, source, ts.ScriptTarget.ESNext, true, ts.ScriptKind.JS);
  const imports = parsed.statements.filter((statement) => ts.isImportDeclaration(statement));
  const others = imports.some(({ moduleSpecifier }) => LIBRARIES.includes(textOf(ts, moduleSpecifier) ?? ''));
  const isOthers = (node: Node) => isOfAnother(ts, node, probe, others);
  const own = parsed.statements
    .filter((statement) => !ts.isImportDeclaration(statement))
    .flatMap((statement) => partsOf(ts, statement, isOthers));
  return {
    hash: hashOf(joined(own)),
    imports: hashOf(joined(imports.flatMap((statement) => partsOf(ts, statement, () => false)))),
  };
}

function partsOf(ts: Typescript, node: Node, isOthers: (node: Node) => boolean): Part[] {
  if (ts.isJSDoc(node)) return [];
  if (isOthers(node)) return [LEFT_OUT];
  const children = node.getChildren();
  if (children.length > 0) return children.flatMap((child) => partsOf(ts, child, isOthers));
  const text = textOf(ts, node);
  return [text === undefined ? node.getText() : JSON.stringify(text)];
}

function isOfAnother(
  ts: Typescript,
  node: Node,
  probe: Pick<ProbeId, 'suite' | 'name'>,
  others: boolean,
): boolean {
  if (ts.isVariableStatement(node)) {
    const values = node.declarationList.declarations.map(({ initializer }) => initializer);
    return values.every((value) => value !== undefined && isOfAnother(ts, value, probe, others));
  }
  if (ts.isExportAssignment(node)) return isOfAnother(ts, node.expression, probe, others);
  if (ts.isCallExpression(node)) {
    const name = textOf(ts, node.arguments[0]);
    if (name === undefined) return false;
    if (isSuiteCall(ts, node)) return name !== probe.suite;
    return others && ts.isExpressionStatement(node.parent) && addsAnother(ts, node, probe.name);
  }
  if (!ts.isObjectLiteralElementLike(node) || node.name === undefined) return false;
  const call = node.parent.parent;
  if (!ts.isCallExpression(call) || !isSuiteCall(ts, call) || call.arguments[1] !== node.parent) return false;
  if (ts.isComputedPropertyName(node.name)) return false;
  return (textOf(ts, node.name) ?? node.name.getText()) !== probe.name;
}

function isSuiteCall(ts: Typescript, call: CallExpression): boolean {
  return calledName(ts, call) === 'suite' && call.arguments[1] !== undefined;
}

/** A statement `bench.add('other', () => …)`. Chains of them stay as they are. */
function addsAnother(ts: Typescript, call: CallExpression, name: string): boolean {
  const [first, second] = call.arguments;
  const isFunction = second !== undefined && (ts.isArrowFunction(second) || ts.isFunctionExpression(second));
  return ADDING.includes(calledName(ts, call) ?? '') && isFunction && textOf(ts, first) !== name;
}

function calledName(ts: Typescript, { expression }: CallExpression): string | undefined {
  if (ts.isIdentifier(expression)) return expression.text;
  return ts.isPropertyAccessExpression(expression) ? expression.name.text : undefined;
}

/** What a literal says, however it is quoted. */
function textOf(ts: Typescript, node: Node | undefined): string | undefined {
  return node !== undefined && (ts.isStringLiteral(node) || ts.isNoSubstitutionTemplateLiteral(node))
    ? node.text
    : undefined;
}

/** What is left out goes with the comma beside it, and a comma before a bracket that closes means nothing. */
function joined(parts: readonly Part[]): string[] {
  const kept: string[] = [];
  for (const [index, part] of parts.entries()) {
    if (part === LEFT_OUT) continue;
    if (part === ',' && parts[index - 1] === LEFT_OUT) continue;
    if (/^[)\]}]$/.test(part) && kept.at(-1) === ',') kept.pop();
    kept.push(part);
  }
  return kept;
}

function hashOf(parts: readonly string[]): string {
  return createHash('sha256').update(JSON.stringify(parts)).digest('hex');
}
