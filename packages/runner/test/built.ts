/** The built package: what starts processes is tested as it ships. */
export async function built(): Promise<typeof import('../src/index.js')> {
  return await import(new URL('../dist/index.js', import.meta.url).href);
}
