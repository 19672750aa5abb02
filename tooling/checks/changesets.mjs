/** Every changeset names published packages of this workspace with a kind of change, and says what changed. */
import { existsSync, readdirSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { fileURLToPath } from 'node:url';

const root = fileURLToPath(new URL('../..', import.meta.url));
const published = ['packages', 'apps']
  .flatMap((folder) => readdirSync(path.join(root, folder)).map((name) => path.join(root, folder, name)))
  .map((folder) => path.join(folder, 'package.json'))
  .filter(existsSync)
  .map((file) => JSON.parse(readFileSync(file, 'utf8')))
  .filter((manifest) => manifest.private !== true)
  .map((manifest) => manifest.name);

const files = readdirSync(path.join(root, '.changeset')).filter(
  (file) => file.endsWith('.md') && file !== 'README.md',
);
const problems = files.flatMap((file) =>
  problemsOf(readFileSync(path.join(root, '.changeset', file), 'utf8')).map(
    (problem) => `${file}: ${problem}`,
  ),
);

for (const problem of problems) process.stderr.write(`.changeset/${problem}\n`);
if (problems.length === 0) process.stdout.write(`${files.length} changesets, nothing found.\n`);
process.exitCode = problems.length === 0 ? 0 : 1;

function problemsOf(text) {
  const parts = /^---\n([\s\S]*?)\n?---\n([\s\S]*)$/.exec(text);
  if (parts === null) return ['has no "---" block at its start.'];
  const [, head, body] = parts;
  const problems = body.trim() === '' ? ['does not say what changed.'] : [];
  for (const line of head.split('\n').filter((each) => each.trim() !== '')) {
    const entry = /^["']?([^"']+)["']?: (major|minor|patch)$/.exec(line);
    if (entry === null) problems.push(`"${line}" is not "<package>": major, minor or patch.`);
    else if (!published.includes(entry[1])) problems.push(`${entry[1]} is no published package here.`);
  }
  return problems;
}
