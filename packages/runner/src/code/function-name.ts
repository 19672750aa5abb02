type Typescript = typeof import('typescript');
type Node = import('typescript').Node;
type FunctionLikeDeclaration = import('typescript').FunctionLikeDeclaration;

/** Whether code in a node runs only when the node is called. */
export function ownsCode(ts: Typescript, node: Node): node is FunctionLikeDeclaration {
  return (
    ts.isFunctionDeclaration(node) ||
    ts.isFunctionExpression(node) ||
    ts.isArrowFunction(node) ||
    ts.isMethodDeclaration(node) ||
    ts.isConstructorDeclaration(node) ||
    ts.isGetAccessorDeclaration(node) ||
    ts.isSetAccessorDeclaration(node)
  );
}

/**
 * What people call a function or field: `parse`, `Cache.get`, `Cache.constructor`. One without a name, such as a callback,
 * is called after the function around it.
 */
export function nameOf(ts: Typescript, node: Node, around: string | undefined): string {
  const own = ownName(ts, node);
  if (own === undefined) return around ?? '(anonymous)';
  const owner = node.parent;
  const className = ts.isClassLike(owner) ? (owner.name?.getText() ?? givenName(ts, owner)) : undefined;
  return className === undefined ? own : `${className}.${own}`;
}

function ownName(ts: Typescript, node: Node): string | undefined {
  if (ts.isConstructorDeclaration(node)) return 'constructor';
  if ((ownsCode(ts, node) || ts.isPropertyDeclaration(node)) && node.name !== undefined)
    return node.name.getText();
  return givenName(ts, node);
}

/** The name of what a nameless function or class is assigned to. */
function givenName(ts: Typescript, { parent }: Node): string | undefined {
  if (ts.isVariableDeclaration(parent) || ts.isPropertyAssignment(parent) || ts.isPropertyDeclaration(parent))
    return parent.name.getText();
  if (ts.isBinaryExpression(parent) && parent.operatorToken.kind === ts.SyntaxKind.EqualsToken)
    return parent.left.getText().replace(/^module\.exports\.|^exports\.|^this\./, '');
  return undefined;
}
