import { cli } from './cli.js';
import { exitCodes } from './exit-codes.js';
import { allowReadersToLeave } from './terminal/readers-that-leave.js';

allowReadersToLeave();
try {
  process.exitCode = await cli(process.argv.slice(2));
} catch (error) {
  const { tellError } = await import('./terminal/tell-error.js');
  tellError(error);
  process.exitCode = exitCodes.usage;
}
