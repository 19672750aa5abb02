import { readEnvironment } from '@perf/monitor';
import { renderJson, visible } from '@perf/report';
import { type Severity, severities, type Trend } from '@perf/schema';
import { trendOf } from '@perf/stats';
import { type Store, StoreError } from '@perf/store';
import { percentSchema } from '../config/quantities.js';
import { type ExitCode, exitCodes } from '../exit-codes.js';
import { afterTelling, newsOf, type ToldAlert } from '../notify/news.js';
import { post, type Webhook, type WebhookFormat, webhookOf } from '../notify/webhook.js';
import { selectionOf } from '../selection.js';
import { readSource } from '../source.js';
import { log, print } from '../terminal/streams.js';
import { plainSeries } from '../trends/plain-series.js';
import { sinceOf } from '../trends/since.js';
import { type StoredTrend, trendFromStore } from '../trends/trend-from-store.js';
import { alertText, isActive, trendText } from '../trends/trend-text.js';
import { checkWhole, UsageError } from '../usage-error.js';
import { openNamedStore, type StoredArguments } from './stored-run.js';

interface TrendArguments extends StoredArguments {
  readonly probe?: string | undefined;
  readonly only?: string | undefined;
  readonly metric?: string | undefined;
  readonly branch?: string | undefined;
  readonly environment?: string | undefined;
  readonly last?: number | undefined;
  readonly seed?: number | undefined;
  readonly leastChange?: string | undefined;
  readonly series?: string | undefined;
  readonly acknowledge?: string | undefined;
  readonly accept?: string | undefined;
  readonly note?: string | undefined;
  readonly since?: string | undefined;
  readonly failOn: Severity | 'never';
  readonly webhook?: string | undefined;
  readonly webhookFormat?: WebhookFormat | undefined;
}

/** `perfkit trend`: series by commit with their changes and alerts; or a person's word on an alert. */
export async function trend(argv: TrendArguments): Promise<ExitCode> {
  checkFlags(argv);
  if (argv.series !== undefined) return plain(argv.series, argv);
  if (argv.acknowledge !== undefined || argv.accept !== undefined) return answer(argv);
  const selection = selectionOf({ only: argv.only ?? argv.probe });
  const { store, loaded, readonly } = openToJudge(argv);
  using _closed = store;
  const branch = argv.branch ?? (await readSource(loaded.folder)).branch ?? '';
  const webhook = webhookOf(argv.webhook ?? process.env.PERFKIT_WEBHOOK, argv.webhookFormat);
  const since = sinceOf(argv.since, Date.now());
  const leastChange = leastChangeOf(argv.leastChange);
  const usual = argv.last === undefined && argv.seed === undefined && leastChange === undefined;
  const found = trendFromStore(store, loaded.config, {
    ...placeIn(store, argv, branch),
    ...(argv.metric !== undefined && { metric: argv.metric }),
    ...(argv.last !== undefined && { last: argv.last }),
    ...(argv.seed !== undefined && { seed: argv.seed }),
    ...(leastChange !== undefined && { leastChange }),
    ...(since !== undefined && { since }),
    select: selection.select,
    at: new Date().toISOString(),
    record: usual && !readonly,
  });
  if (found.series.length === 0) throw nothingFound(store, argv, selection.given);
  present(found, argv.json);
  if (webhook !== undefined) await tell(webhook, found, { store, readonly });
  const failing = severities.slice(severities.indexOf(argv.failOn as Severity));
  // A level that rose from 0 has no ratio, and no severity: it counts as the worst.
  const fails = found.alerts.some(
    (alert) => isActive(alert) && failing.includes(alert.severity ?? 'critical'),
  );
  return argv.failOn !== 'never' && fails ? exitCodes.regression : exitCodes.fine;
}

/** Posts what nobody was told yet, and remembers that they were. */
async function tell(
  webhook: Webhook,
  trend: StoredTrend,
  { store, readonly }: { store: Store; readonly: boolean },
): Promise<void> {
  if (readonly) {
    throw new UsageError('usage/webhook', 'What was told cannot be remembered: the history is read-only.', {
      remedy: 'Make the store writable, or leave out --webhook.',
    });
  }
  const news = newsOf(trend);
  if (news === undefined) return;
  await post(webhook, news);
  store.reviseAlerts<ToldAlert>((known) => known.map((alert) => afterTelling(alert, news)));
  log(`Told ${webhook.url.host}: ${news.alerts.length} ${news.alerts.length === 1 ? 'alert' : 'alerts'}.`);
}

function plain(file: string, { json, seed, leastChange: given }: TrendArguments): ExitCode {
  const leastChange = leastChangeOf(given);
  const options = { ...(seed !== undefined && { seed }), ...(leastChange !== undefined && { leastChange }) };
  present(trendOf([plainSeries(file)], options), json);
  return exitCodes.fine;
}

/** @throws {UsageError} `usage/least-change`. */
function leastChangeOf(text: string | undefined): number | undefined {
  if (text === undefined) return undefined;
  const parsed = percentSchema.safeParse(text);
  if (parsed.success) return parsed.data;
  throw new UsageError('usage/least-change', `--least-change is "${text}".`, {
    seen: text,
    remedy: 'Give a percentage such as 2%.',
  });
}

function present(found: Trend, json: boolean): void {
  print(json ? renderJson(found) : trendText(found));
}

/** Notes what a person decided. */
function answer(argv: TrendArguments): ExitCode {
  const { store } = openNamedStore(argv, 'change');
  using _closed = store;
  const changed = store.changeAlert((argv.acknowledge ?? argv.accept) as string, {
    state: argv.accept === undefined ? 'acknowledged' : 'accepted',
    note: argv.note as string,
    changedAt: new Date().toISOString(),
  });
  print(argv.json ? JSON.stringify(changed, null, 2) : alertText(changed));
  return exitCodes.fine;
}

/** A store that cannot be written to can still be looked at; its alerts stay as they are. */
function openToJudge(argv: TrendArguments): ReturnType<typeof openNamedStore> & { readonly: boolean } {
  try {
    return { ...openNamedStore(argv, 'change'), readonly: false };
  } catch (error) {
    const locked = error instanceof StoreError && /^store\/(no-access|read-only)$/.test(error.code);
    if (!locked) throw error;
    log('The history cannot be written to: alerts are shown as they were stored.');
    return { ...openNamedStore(argv, 'read'), readonly: true };
  }
}

/**
 * The branch and the environment to look at: those named, else those of here. Where nothing is stored of here, as of
 * imported runs, all of them are shown, which is said on stderr.
 */
function placeIn(
  store: Store,
  argv: TrendArguments,
  branch: string,
): { branch?: string; environment?: string } {
  const runs = store.listRuns();
  const ofBranch = runs.filter((run) => run.branch === branch);
  const anyBranch = argv.branch === undefined && ofBranch.length === 0 && runs.length > 0;
  if (anyBranch)
    log(
      `No run of ${branch === '' ? 'work outside a branch' : `branch ${branch}`} is stored; all are shown.`,
    );
  const near = anyBranch ? runs : ofBranch;
  const environment = argv.environment ?? readEnvironment().key;
  const asked = near.find((run) => run.environment.startsWith(environment))?.environment;
  if (asked === undefined && argv.environment === undefined && near.length > 0) {
    log('No run of this environment is stored; those of others are shown, each by itself.');
  }
  const everywhere = argv.environment === undefined && asked === undefined;
  return {
    ...(!anyBranch && { branch }),
    ...(!everywhere && { environment: asked ?? environment }),
  };
}

function checkFlags(argv: TrendArguments): void {
  checkWhole('last', argv.last, 1, 5_000);
  checkWhole('seed', argv.seed, 0, Number.MAX_SAFE_INTEGER);
  if (
    argv.series !== undefined &&
    (argv.failOn !== 'never' ||
      [argv.acknowledge, argv.accept, argv.webhook, argv.since].some((flag) => flag !== undefined))
  ) {
    throw new UsageError('usage/series', 'Plain numbers have no alerts.', {
      remedy: 'Leave out --fail-on, --webhook, --since, --acknowledge and --accept, or --series.',
    });
  }
  if (argv.only !== undefined && argv.probe !== undefined) {
    throw new UsageError('usage/only', 'The probe is named twice.', { remedy: 'Leave out --only.' });
  }
  if (argv.acknowledge !== undefined && argv.accept !== undefined) {
    throw new UsageError('usage/alert', 'An alert is either acknowledged or accepted.', {
      remedy: 'Acknowledge what will be repaired; accept what stays.',
    });
  }
  const answered = argv.acknowledge !== undefined || argv.accept !== undefined;
  if (answered && (argv.note ?? '').trim() === '') {
    throw new UsageError('usage/note', 'An answer to an alert needs a reason.', {
      remedy: 'Such as --note "known, see issue 12".',
    });
  }
  if (!answered && argv.note !== undefined) {
    throw new UsageError('usage/note', 'A note belongs to an answer.', {
      remedy: 'Name the alert with --acknowledge or --accept.',
    });
  }
}

function nothingFound(store: Store, argv: TrendArguments, selected: boolean): UsageError {
  const runs = store.listRuns();
  const branches = [...new Set(runs.map(({ branch }) => branch))]
    .slice(0, 5)
    .map((name) => visible(name || '(none)'));
  const narrowed =
    selected || [argv.branch, argv.environment, argv.metric].some((flag) => flag !== undefined);
  return new UsageError('usage/no-series', 'No judged metric is stored of what was asked for.', {
    remedy:
      runs.length === 0 || !narrowed
        ? 'Measure something first: perfkit run.'
        : `There are ${runs.length} runs, of branch ${branches.join(', ')}. Ask for less with fewer flags.`,
  });
}
