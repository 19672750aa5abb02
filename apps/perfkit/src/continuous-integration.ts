/** Whether this runs in continuous integration, as its services say: `CI` is set, and not to nothing, `0` or `false`. */
export function inContinuousIntegration({ CI = '' }: NodeJS.ProcessEnv = process.env): boolean {
  return !['', '0', 'false'].includes(CI.toLowerCase());
}
