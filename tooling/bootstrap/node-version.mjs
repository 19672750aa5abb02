/**
 * Stops with a plain sentence where Node.js is too old, before anything newer than it is loaded.
 *
 * Import this module first. It imports nothing and uses no syntax that Node 14 lacks.
 */
const floor = [20, 19];
const [major, minor] = process.versions.node.split('.').map(Number);

if (major < floor[0] || (major === floor[0] && minor < floor[1])) {
  process.stderr.write(
    'perfkit needs Node.js ' +
      floor.join('.') +
      ' or newer; this is ' +
      process.versions.node +
      '.\n' +
      'Install a newer one (nodejs.org, or a version manager such as nvm or fnm) and give the command again.\n',
  );
  process.exit(1);
}
