import { readdir, readFile } from 'node:fs/promises';
import { bench, suite } from '@perf/bench';
import { leak, memory } from '@perf/leak';
import { constant, load, scale } from '@perf/load';
import { composeRoles, parseRole, type Role } from '../src/composition.ts';
import { listOf } from './cycle.ts';

const folder = new URL('../roles/', import.meta.url);

async function roleFiles(): Promise<{ file: string; text: string }[]> {
  const files = (await readdir(folder)).sort();
  return Promise.all(
    files.map(async (file) => ({ file, text: await readFile(new URL(file, folder), 'utf8') })),
  );
}

/** Roles that each extend the one before and add to all that can be added to. */
function ladder(depth: number): Role[] {
  return listOf(depth, (index) => ({
    name: `role-${index}`,
    description: `Step ${index} of the ladder.`,
    extends: index === 0 ? [] : [`role-${index - 1}`],
    capabilities: [`capability-${index}`, 'report'],
    tools: { files: { read: [`area-${index}/**`] }, [`tool-${index}`]: { use: ['*'] } },
    limits: { maxTurns: 10 + index, maxTokens: 1_000, timeoutSeconds: 60 },
    prompt: `Follow rule ${index}.`,
  }));
}

export default suite('composition', {
  // V8 takes its time to optimise a whole YAML parser.
  'parse and validate a file': bench(({ text, file }) => parseRole(text, file), {
    warmupMs: 1000,
    setup: async () => ({
      file: 'developer.yaml',
      text: await readFile(new URL('developer.yaml', folder), 'utf8'),
    }),
  }),

  // Composes every role of the ladder, so the work grows with the square of its depth.
  'compose a ladder of 16': bench((roles) => composeRoles(roles), { setup: () => ladder(16) }),

  'parse and compose all role files': bench(
    (files) => composeRoles(files.map(({ file, text }) => parseRole(text, file))),
    { setup: roleFiles, warmupMs: 1000 },
  ),

  'memory of composing a ladder of 16': memory((roles) => composeRoles(roles), { setup: () => ladder(16) }),

  'composed roles are let go': leak((roles) => composeRoles(roles), { setup: () => ladder(16) }),

  // Composing never waits: one thread does all of it, and more callers only wait longer.
  'compose, 1 to 100 at once': load(async (roles) => composeRoles(roles), scale({ secondsEach: 0.7 }), {
    setup: () => ladder(8),
  }),

  'compose, 10 at once': load(
    async (roles) => composeRoles(roles),
    constant({ concurrency: 10, seconds: 4 }),
    {
      setup: () => ladder(8),
      thresholds: { errorRate: 0 },
    },
  ),
});
