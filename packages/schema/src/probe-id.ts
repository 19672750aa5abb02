import { canonicalJson } from './content-id.js';

/** A value that a probe can be varied over. */
export type ParamValue = string | number | boolean;
/** One point of a probe's parameter space, by parameter name. */
export type Params = Readonly<Record<string, ParamValue>>;

/** Which probe a figure belongs to. Two figures with equal ids measure the same thing. */
export interface ProbeId {
  readonly suite: string;
  readonly name: string;
  readonly kind: string;
  readonly params: Params;
}

/** A probe's id as one string, equal for equal ids whatever the order of their parameters. */
export function probeKey({ suite, name, kind, params }: ProbeId): string {
  return canonicalJson([suite, name, kind, params]);
}

/** A probe's id for people: `cache › get, hit (size=10)`. Not escaped; `kind` is left out. */
export function probeTitle({ suite, name, params }: ProbeId): string {
  const point = Object.entries(params).map(([key, value]) => `${key}=${value}`);
  return `${suite} › ${name}${point.length === 0 ? '' : ` (${point.join(', ')})`}`;
}
