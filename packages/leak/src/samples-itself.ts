/** Why probes of this package get no heap profile beside their CPU profile. */
export const SAMPLES_ITSELF =
  'It samples allocations itself, which V8 does for one at a time; its report names the sites.';
