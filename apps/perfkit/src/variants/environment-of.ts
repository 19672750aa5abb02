import type { Environment, EnvironmentFact } from '@perf/schema';
import { environmentKey } from '@perf/schema/core';
import type { NodeBinary } from './prepared.js';

/**
 * The environment of a variant: the machine's, with the Node that its processes run on and the flags they get. Does
 * not mutate it.
 */
export function environmentOf(
  machine: Environment,
  {
    node,
    flags,
    env,
  }: { node?: NodeBinary | undefined; flags: readonly string[]; env: Readonly<Record<string, string>> },
): Environment {
  const facts: Record<string, EnvironmentFact> = {
    ...(node !== undefined && { node: { value: node.version }, v8: { value: node.v8 } }),
    ...(flags.length > 0 && { nodeFlags: { value: flags.join(' ') } }),
    ...(Object.keys(env).length > 0 && { variables: { value: Object.keys(env).join(' ') } }),
  };
  const nodeMajor = node === undefined ? machine.stable.nodeMajor : Number.parseInt(node.version, 10);
  const stable = { ...machine.stable, nodeMajor };
  return { key: environmentKey(stable), stable, volatile: { ...machine.volatile, ...facts } };
}
