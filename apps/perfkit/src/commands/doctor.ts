import { checkMachine, type MachineCheck, readEnvironment } from '@perf/monitor';
import { visible } from '@perf/report';
import pc from 'picocolors';
import { type ExitCode, exitCodes } from '../exit-codes.js';
import { instructionCheck } from '../instructions/instruction-check.js';
import { print, wantsColour } from '../terminal/streams.js';

/** `perfkit doctor`: what here will spoil a measurement, and what to do about each. Ends with 0 whatever it finds. */
export async function doctor(argv: { json: boolean }): Promise<ExitCode> {
  const checks = [...(await checkMachine()), await instructionCheck()];
  if (argv.json) print(JSON.stringify({ environment: readEnvironment(), checks }, null, 2));
  else print(textOf(checks, pc.createColors(wantsColour(process.stdout))));
  return exitCodes.fine;
}

function textOf(checks: readonly MachineCheck[], colours: ReturnType<typeof pc.createColors>): string {
  const marks = {
    good: colours.green('good   '),
    spoils: colours.yellow('spoils '),
    unknown: colours.dim('unknown'),
  };
  const lines = checks.flatMap(({ name, state, seen, remedy }) => [
    `${marks[state]}  ${name.padEnd(10)}  ${visible(seen)}`,
    ...(remedy === undefined ? [] : [`${' '.repeat(21)}${visible(remedy)}`]),
  ]);
  const spoiling = checks.filter(({ state }) => state === 'spoils').length;
  const verdict =
    spoiling === 0
      ? 'Nothing seen here that would spoil a measurement.'
      : `${spoiling} of ${checks.length} would spoil a measurement.`;
  return [verdict, '', ...lines].join('\n');
}
