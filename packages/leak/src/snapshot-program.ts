import { fileURLToPath } from 'node:url';

/** The program of `count/snapshot-process.ts`, as built; the path is right from `src` and from `dist`. */
export const snapshotProgram: string = fileURLToPath(new URL('../dist/snapshot-process.js', import.meta.url));
