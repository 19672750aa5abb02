import deepmerge from 'deepmerge';
import { parse, YAMLParseError } from 'yaml';
import { z } from 'zod';

/** What a role may use up. A role may set some and inherit the rest. */
export interface Limits {
  readonly maxTurns?: number;
  readonly maxTokens?: number;
  /** [s] */
  readonly timeoutSeconds?: number;
}

/** What a role may do with a tool: patterns of what it is allowed, by action. */
export type Permissions = Readonly<Record<string, readonly string[]>>;

/** One role file as it was written. */
export interface Role {
  readonly name: string;
  readonly description: string;
  /** Roles that this one adds to; where their limits disagree, the later one wins. */
  readonly extends?: readonly string[];
  readonly capabilities?: readonly string[];
  readonly tools?: Readonly<Record<string, Permissions>>;
  readonly limits?: Limits;
  readonly prompt?: string;
}

/** A role with all that it inherits. */
export interface ComposedRole extends Required<Omit<Role, 'extends'>> {
  readonly limits: Required<Limits>;
  /** The roles it was made of, the most general first, itself last. */
  readonly lineage: readonly string[];
}

/** Roles that cannot be used: `syntax`, `shape`, `duplicate`, `unknown-parent`, `cycle` or `incomplete`. */
export class RoleError extends Error {
  override readonly name = 'RoleError';
  readonly code: 'syntax' | 'shape' | 'duplicate' | 'unknown-parent' | 'cycle' | 'incomplete';

  constructor(code: RoleError['code'], message: string, options?: ErrorOptions) {
    super(message, options);
    this.code = code;
  }
}

const names = z.array(z.string().regex(/^[a-z][a-z0-9-]*$/));
const count = z.int().positive();
const roleSchema: z.ZodType<Role> = z.strictObject({
  name: z.string().regex(/^[a-z][a-z0-9-]*$/),
  description: z.string().min(1),
  extends: names.exactOptional(),
  capabilities: names.exactOptional(),
  tools: z.record(z.string(), z.record(z.string(), z.array(z.string()))).exactOptional(),
  limits: z
    .strictObject({
      maxTurns: count.exactOptional(),
      maxTokens: count.exactOptional(),
      timeoutSeconds: count.exactOptional(),
    })
    .exactOptional(),
  prompt: z.string().exactOptional(),
});

/**
 * Reads a role file.
 *
 * @param text - YAML.
 * @param file - Its name, for messages.
 * @throws {RoleError} `syntax` with line and column, or `shape` with the path of each wrong field.
 */
export function parseRole(text: string, file: string): Role {
  let value: unknown;
  try {
    value = parse(text);
  } catch (error) {
    if (!(error instanceof YAMLParseError)) throw error;
    throw new RoleError('syntax', `${file}: ${error.message}`, { cause: error });
  }
  const read = roleSchema.safeParse(value);
  if (!read.success) throw new RoleError('shape', `${file}: ${z.prettifyError(read.error)}`);
  return read.data;
}

/**
 * Composes every role with those it extends.
 *
 * Capabilities and permissions add up, a limit is the one set last, prompts joined from the general to the special.
 * A role that is reached on two ways counts once.
 *
 * @returns Composed roles by name, in the order given.
 * @throws {RoleError} `duplicate`, `unknown-parent`, `cycle`, or `incomplete` if a limit is set nowhere.
 */
export function composeRoles(roles: readonly Role[]): Map<string, ComposedRole> {
  const byName = new Map<string, Role>();
  for (const role of roles) {
    if (byName.has(role.name)) throw new RoleError('duplicate', `Two roles are named "${role.name}".`);
    byName.set(role.name, role);
  }
  return new Map(roles.map(({ name }) => [name, compose(lineageOf(name, byName))]));
}

/** A role's ancestors, each once and after its own, then the role. */
function lineageOf(name: string, byName: ReadonlyMap<string, Role>): Role[] {
  const lineage = new Set<Role>();
  const visit = (role: Role, path: readonly string[]): void => {
    if (path.includes(role.name)) {
      const cycle = [...path.slice(path.indexOf(role.name)), role.name].join(' → ');
      throw new RoleError('cycle', `Roles extend each other: ${cycle}.`);
    }
    if (lineage.has(role)) return;
    for (const parent of role.extends ?? []) {
      const found = byName.get(parent);
      if (found === undefined) {
        const known = [...byName.keys()].join(', ');
        throw new RoleError(
          'unknown-parent',
          `"${role.name}" extends "${parent}", which is none of ${known}.`,
        );
      }
      visit(found, [...path, role.name]);
    }
    lineage.add(role);
  };
  visit(byName.get(name) as Role, []);
  return [...lineage];
}

function compose(lineage: readonly Role[]): ComposedRole {
  const merged = deepmerge.all<Role>([...lineage], {
    arrayMerge: (above: string[], below: string[]) => [...new Set([...above, ...below])],
  });
  const { name, description, capabilities = [], tools = {}, limits = {} } = merged;
  const { maxTurns, maxTokens, timeoutSeconds } = limits;
  if (maxTurns === undefined || maxTokens === undefined || timeoutSeconds === undefined) {
    throw new RoleError('incomplete', `"${name}" needs the limits maxTurns, maxTokens and timeoutSeconds.`);
  }
  return {
    name,
    description,
    capabilities,
    tools,
    limits: { maxTurns, maxTokens, timeoutSeconds },
    prompt: lineage.flatMap(({ prompt }) => (prompt === undefined ? [] : [prompt.trim()])).join('\n\n'),
    lineage: lineage.map((role) => role.name),
  };
}
