/** What the process ends with. Part of the interface: scripts and CI rely on it. */
export const exitCodes = {
  fine: 0,
  regression: 1,
  usage: 2,
  probeFailed: 3,
  undecided: 4,
  interrupted: 130,
} as const;

export type ExitCode = (typeof exitCodes)[keyof typeof exitCodes];
