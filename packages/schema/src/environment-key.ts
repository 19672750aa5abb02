import { contentId } from './content-id.js';
import type { StableEnvironment } from './environment.js';

/** The key under which figures may be compared: 24 hexadecimal digits over the stable facts. */
export function environmentKey({ cpuModel, cores, os, arch, nodeMajor, profile }: StableEnvironment): string {
  return contentId({ cpuModel, cores, os, arch, nodeMajor, profile });
}
