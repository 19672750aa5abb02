import { readFileSync } from 'node:fs';
import { blankTypes } from '../loading/blank-types.js';
import { nameOf, ownsCode } from './function-name.js';

/** What runs of a file, token by token: comments, white space and types are no part of it. */
export interface Outline {
  readonly tokens: readonly Token[];
  /** Of the whole file, as V8 gets it [UTF-16 units]. */
  readonly length: number;
}

export interface Token {
  readonly text: string;
  /** From 1. */
  readonly line: number;
  /** Whose code it is. */
  readonly owner: Owner;
}

/**
 * - `function`: runs when the function does; `at` is an offset at which V8 counts that.
 * - `module`: runs when its module is loaded, and may change anything.
 * - `inert`: only makes names known, such as an import or the `export const f =` before a function.
 */
export type Owner =
  | { readonly kind: 'function'; readonly name: string; readonly at: number }
  | { readonly kind: 'module' }
  | { readonly kind: 'inert' };

type Typescript = typeof import('typescript');
type Node = import('typescript').Node;
type SourceFile = import('typescript').SourceFile;

/** The function that code stands in, and where V8 counts its calls. */
interface Around {
  readonly name: string;
  readonly entry: number;
  /** Whether code in it is counted by blocks at its own place; else only at the entry. */
  readonly blocks: boolean;
}

const MODULE = { kind: 'module' } as const;
const INERT = { kind: 'inert' } as const;

/**
 * Which code of a file belongs to which function. Offsets are those of the file as it is written.
 *
 * @param file - Absolute path of JavaScript or TypeScript.
 * @param cacheFolder - Of files whose types are already blanked.
 * @throws {RunnerError} `runner/not-erasable`; the system's error if it cannot be read.
 *
 * Cost: loads the compiler once; then a few milliseconds for a file of a thousand lines.
 */
export async function outlineOf(file: string, cacheFolder: string): Promise<Outline> {
  const written = readFileSync(file, 'utf8');
  const source = /\.[mc]?ts$/.test(file) ? await blankTypes(written, file, cacheFolder) : written;
  const { default: ts } = await import('typescript');
  const parsed = ts.createSourceFile(file, source, ts.ScriptTarget.ESNext, true, ts.ScriptKind.JS);
  const tokens = parsed.statements.flatMap((statement) => tokensOfStatement(ts, parsed, statement));
  return { tokens, length: source.length };
}

function tokensOfStatement(ts: Typescript, parsed: SourceFile, statement: Node): Token[] {
  const tokens: Token[] = [];
  const atModule = ownerAtModule(ts, parsed, statement);
  const visit = (node: Node, around: Around | undefined, evaluated?: number) => {
    if (ts.isJSDoc(node)) return;
    const children = node.getChildren(parsed);
    if (children.length === 0) {
      const start = node.getStart(parsed);
      const text = parsed.text.slice(start, node.getEnd());
      if (text === '') return;
      const { line } = parsed.getLineAndCharacterOfPosition(start);
      const inBody = around?.blocks === true && start > around.entry;
      const owner: Owner =
        around === undefined
          ? atModule
          : { kind: 'function', name: around.name, at: inBody ? (evaluated ?? start) : around.entry };
      tokens.push({ text, line: line + 1, owner });
      return;
    }
    const inner = aroundInside(ts, parsed, node, around);
    for (const child of children) visit(child, inner, evaluatedAt(ts, parsed, node, child) ?? evaluated);
  };
  visit(statement, undefined);
  return tokens;
}

/** What code directly in a statement of the module is: of a function that the statement names, inert, or the module's. */
function ownerAtModule(ts: Typescript, parsed: SourceFile, statement: Node): Owner {
  if (ts.isImportDeclaration(statement) || ts.isExportDeclaration(statement)) return INERT;
  const named = functionNamedBy(ts, statement);
  if (named === undefined) return MODULE;
  const { name, entry } = aroundInside(ts, parsed, named, undefined) as Around;
  return { kind: 'function', name, at: entry };
}

/** The function in `const f = () => …`, `export default function …` and `exports.f = function …`, and in nothing else. */
function functionNamedBy(ts: Typescript, statement: Node): Node | undefined {
  const isFunction = (node: Node | undefined): node is Node =>
    node !== undefined && (ts.isArrowFunction(node) || ts.isFunctionExpression(node));
  if (ts.isVariableStatement(statement)) {
    const [only, ...more] = statement.declarationList.declarations;
    return more.length === 0 &&
      only !== undefined &&
      ts.isIdentifier(only.name) &&
      isFunction(only.initializer)
      ? only.initializer
      : undefined;
  }
  if (ts.isExportAssignment(statement))
    return isFunction(statement.expression) ? statement.expression : undefined;
  if (!ts.isExpressionStatement(statement) || !ts.isBinaryExpression(statement.expression)) return undefined;
  const { operatorToken, right } = statement.expression;
  return operatorToken.kind === ts.SyntaxKind.EqualsToken && isFunction(right) ? right : undefined;
}

/** What is around the children of a node: the node itself if it is a function, else what is around it. */
function aroundInside(
  ts: Typescript,
  parsed: SourceFile,
  node: Node,
  around: Around | undefined,
): Around | undefined {
  if (ownsCode(ts, node)) {
    // The parameters may hold functions of their own; the arrow and the brace after them do not.
    const entry = ts.isArrowFunction(node)
      ? node.equalsGreaterThanToken.getStart(parsed)
      : node.body?.getStart(parsed);
    if (entry !== undefined) return { name: nameOf(ts, node, around?.name), entry, blocks: true };
  }
  if (ts.isPropertyDeclaration(node) && !isStatic(ts, node) && node.initializer !== undefined) {
    return { name: nameOf(ts, node, around?.name), entry: node.name.getStart(parsed), blocks: false };
  }
  // V8 counts all of a class as its fields, whatever is around it.
  if (around !== undefined && ts.isClassLike(node)) return { ...around, blocks: false };
  return around;
}

/**
 * Where V8 counts a part that is evaluated with what stands before it, while V8 counts it with what it guards:
 * the operators of `a ?? b` and `a ? b : c`, and the value of a `case`.
 */
function evaluatedAt(ts: Typescript, parsed: SourceFile, node: Node, child: Node): number | undefined {
  if (ts.isBinaryExpression(node) && child === node.operatorToken) return node.getStart(parsed);
  if (ts.isConditionalExpression(node) && (child === node.questionToken || child === node.colonToken))
    return node.getStart(parsed);
  const isLabel = ts.isCaseClause(node) && child.kind !== ts.SyntaxKind.SyntaxList;
  return isLabel ? node.parent.parent.getStart(parsed) : undefined;
}

function isStatic(ts: Typescript, node: import('typescript').PropertyDeclaration): boolean {
  return node.modifiers?.some(({ kind }) => kind === ts.SyntaxKind.StaticKeyword) ?? false;
}
