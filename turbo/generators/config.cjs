const { execFileSync } = require('node:child_process');
const path = require('node:path');

/** The tiers of libraries; `boundaries` in turbo.json says what each may import. */
const tiers = ['core', 'feature'];

/**
 * `turbo gen package`: a new library in the style of this house, with a test, a README and a changeset.
 *
 * Without questions: `turbo gen package --args <name> <tier> "<what it is for>"`.
 *
 * @param {import('@turbo/gen').PlopTypes.NodePlopAPI} plop
 */
module.exports = function generators(plop) {
  plop.setGenerator('package', {
    description: 'A new library @perf/<name>',
    prompts: [
      {
        type: 'input',
        name: 'name',
        message: 'Name, without @perf/:',
        validate: (name) =>
          /^[a-z][a-z0-9]*(-[a-z0-9]+)*$/.test(name) || 'Lower-case words with dashes, please.',
      },
      { type: 'list', name: 'tier', message: 'Tier:', choices: tiers },
      {
        type: 'input',
        name: 'description',
        message: 'What is it for, in one sentence?',
        validate: (text) => /^[A-Z].*\.$/.test(text) || 'A sentence: a capital first, a full stop last.',
      },
    ],
    actions: [
      {
        type: 'addMany',
        destination: 'packages/{{ name }}',
        base: 'templates',
        templateFiles: 'templates/**',
        globOptions: { dot: true },
      },
      { type: 'add', path: '.changeset/new-{{ name }}.md', templateFile: 'templates-root/changeset.md.hbs' },
      ({ name }) => format(path.join(plop.getDestBasePath(), 'packages', name)),
      () => 'Next: pnpm install, then write src/, the test and the README; they say what is still missing.',
    ],
  });
};

/** Line breaks depend on how long the name is, so the formatter has the last word. */
function format(folder) {
  const biome = path.join(__dirname, '../../node_modules/@biomejs/biome/bin/biome');
  execFileSync(process.execPath, [biome, 'check', '--write', folder], { stdio: 'pipe' });
  return 'formatted';
}
