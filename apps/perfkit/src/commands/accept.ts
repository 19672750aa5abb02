import { existsSync } from 'node:fs';
import { relative, resolve } from 'node:path';
import { visible } from '@perf/report';
import { probeTitle } from '@perf/schema';
import { openStore } from '@perf/store';
import { loadConfig, storePath } from '../config/load-config.js';
import { type ExitCode, exitCodes } from '../exit-codes.js';
import { log, print } from '../terminal/streams.js';
import { UsageError } from '../usage-error.js';
import { addWaiver, type Waiver } from '../waivers/waivers.js';
import type { StoredArguments } from './stored-run.js';

interface AcceptArguments extends StoredArguments {
  readonly probe?: string | undefined;
  readonly reason?: string | undefined;
  readonly until?: string | undefined;
  readonly metric?: string | undefined;
  readonly critical: boolean;
}

const SHOWN = 5;

/** `perfkit accept`: writes down that a regression of a probe is accepted, why, and until when. */
export async function accept(argv: AcceptArguments): Promise<ExitCode> {
  const cwd = process.cwd();
  const loaded = loadConfig(cwd, argv.config);
  const reason = (argv.reason ?? '').trim();
  if (reason === '') {
    throw new UsageError('usage/reason', 'A waiver needs a reason.', {
      remedy: 'Such as --reason "the new parser is slower, see issue 12".',
    });
  }
  const store = argv.store === undefined ? storePath(loaded) : resolve(cwd, argv.store);
  const waiver: Waiver = {
    probe: probeNamed(argv.probe ?? '', store),
    ...(argv.metric !== undefined && { metric: argv.metric }),
    reason,
    until: lastDay(argv.until),
    ...(argv.critical && { critical: true }),
  };
  const file = relative(cwd, addWaiver(loaded.folder, waiver));
  if (argv.json) print(JSON.stringify({ file, waiver }, null, 2));
  else {
    const much = argv.critical ? 'Regressions, critical ones too,' : 'Regressions that are not critical';
    print(
      `${much} of ${visible(waiver.probe)}${argv.metric === undefined ? '' : `, ${visible(argv.metric)},`} do not fail a run until ${waiver.until}; every report says so. Commit ${file}.`,
    );
  }
  return exitCodes.fine;
}

function lastDay(until: string | undefined): string {
  const today = new Date().toISOString().slice(0, 10);
  const isDay = /^\d{4}-\d{2}-\d{2}$/.test(until ?? '') && !Number.isNaN(Date.parse(until ?? ''));
  if (!isDay || new Date(until as string).toISOString().slice(0, 10) !== until) {
    throw new UsageError('usage/until', `--until ${until === undefined ? 'is missing' : `is "${until}"`}.`, {
      seen: until,
      remedy: `Give the last day of the waiver, such as --until ${today}.`,
    });
  }
  if (until < today) {
    throw new UsageError('usage/until', `--until ${until} is over already: today is ${today}, UTC.`, {
      seen: until,
      remedy: 'Give a day to come.',
    });
  }
  return until;
}

/** The one probe of the history that is meant; where there is none, what was typed, if that is a whole name. */
function probeNamed(asked: string, file: string): string {
  const wanted = asked.trim();
  const known = wanted === '' ? [] : titlesIn(file);
  const found = known.includes(wanted)
    ? [wanted]
    : known.filter((title) => title.toLowerCase().includes(wanted.toLowerCase()));
  if (found.length === 1) return found[0] as string;
  if (found.length === 0 && wanted.includes(' › ')) {
    if (known.length > 0) log(`No stored probe is called ${visible(wanted)}; it is written down as it is.`);
    return wanted;
  }
  const some = found.slice(0, SHOWN).map(visible).join(', ');
  throw new UsageError(
    'usage/probe',
    found.length > 1
      ? `${found.length} probes are called something like "${wanted}": ${some}${found.length > SHOWN ? ', …' : ''}.`
      : `No stored probe is called something like "${wanted}".`,
    {
      seen: asked,
      remedy: 'Give the whole "suite › name", as reports write it, with the parameters if it has any.',
    },
  );
}

function titlesIn(file: string): string[] {
  if (!existsSync(file)) return [];
  using store = openStore(file, { readonly: true });
  return [...new Set(store.points().map(({ probe }) => probeTitle(probe)))];
}
