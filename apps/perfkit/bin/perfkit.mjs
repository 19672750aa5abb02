#!/usr/bin/env node
// Answers --version without loading anything else; the rest is the built CLI's.
import { readFileSync } from 'node:fs';

const args = process.argv.slice(2);
if (args.length === 1 && (args[0] === '--version' || args[0] === '-v')) {
  const manifest = readFileSync(new URL('../package.json', import.meta.url), 'utf8');
  process.stdout.write(`${JSON.parse(manifest).version}\n`);
} else {
  try {
    await import('../dist/main.js');
  } catch (error) {
    if (error.code !== 'ERR_MODULE_NOT_FOUND' || !error.message.includes('dist/main.js')) throw error;
    process.stderr.write(
      'perfkit is not built in this checkout yet. Run "npm start" or "npx pnpm build" at its top.\n',
    );
    process.exitCode = 2;
  }
}
