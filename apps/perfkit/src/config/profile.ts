import { didYouMean } from '../closest.js';
import { UsageError } from '../usage-error.js';
import type { Config } from './config.js';

/** The other thing that the word may mean. */
const PROFILING = 'To see where time and memory go, write --profiling.';

/**
 * A configuration with the efforts of one of its profiles in place of its own. Does not mutate it.
 *
 * @throws {UsageError} `usage/profile` if it has no such profile.
 */
export function withProfile(config: Config, name: string | undefined): Config {
  if (name === undefined) return config;
  const profiles = config.profiles ?? {};
  const profile = Object.hasOwn(profiles, name) ? profiles[name] : undefined;
  if (profile === undefined) {
    const known = Object.keys(profiles);
    throw new UsageError('usage/profile', `The configuration has no profile "${name}".`, {
      seen: name,
      remedy:
        known.length === 0
          ? `Add it below "profiles" in perf.config.yaml. ${PROFILING}`
          : `Profiles: ${known.join(', ')}.${didYouMean(name, known)} ${PROFILING}`,
    });
  }
  return { ...config, ...profile, kinds: { ...config.kinds, ...profile.kinds } };
}
