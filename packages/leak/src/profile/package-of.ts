/** The last one counts: package managers nest them. Names from a profile may be of any length and hold line breaks. */
const IN_PACKAGE = /^.*[\\/]node_modules[\\/]((?:@[^\\/]+[\\/])?[^\\/]+)[\\/]/s;

/**
 * The npm package that a function's file is in, by its path: `(program)` where that is in no `node_modules`, `node`, or
 * `(unknown)`. Nothing is read: the file may be another machine's.
 *
 * @param file - Path or URL as the engine gives it; empty where it has none.
 */
export function packageOf(file: string): string {
  if (file === '') return '(unknown)';
  if (file.startsWith('node:')) return 'node';
  return IN_PACKAGE.exec(file)?.[1]?.replace('\\', '/') ?? '(program)';
}
