/**
 * The command line with `--a-flag --jitless` written as `--a-flag=--jitless`: its parser would take what looks like a
 * flag for one of its own.
 */
export function joinedFlags(args: readonly string[]): string[] {
  const joined: string[] = [];
  for (const arg of args) {
    const before = joined.at(-1);
    if (/^--[ab]-flag$/.test(before ?? '') && arg.startsWith('-'))
      joined[joined.length - 1] = `${before}=${arg}`;
    else joined.push(arg);
  }
  return joined;
}
