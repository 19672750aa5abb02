import { visible } from '@perf/report';
import { probeTitle, type TrendSeries } from '@perf/schema';
import type { TrackedAlert } from '@perf/stats';
import type { StoredTrend } from '../trends/trend-from-store.js';

/** An alert of which somebody outside was told. */
export interface ToldAlert extends TrackedAlert {
  /** What they were told last: that it is there, or that it is over. */
  readonly told?: 'begun' | 'over';
}

/** What a webhook gets: `perf/alerts@1`. */
export interface AlertNews {
  readonly schema: 'perf/alerts@1';
  /** One line for each alert. */
  readonly text: string;
  readonly alerts: readonly {
    readonly id: string;
    readonly news: 'begun' | 'over' | 'improved';
    readonly state: TrackedAlert['state'];
    readonly severity?: TrackedAlert['severity'];
    readonly ratio?: number;
    readonly reason: string;
    /** `suite › name  metric` of everything that moved. */
    readonly series: readonly string[];
    readonly branch: string;
    readonly commit?: string;
    readonly run?: string;
    readonly openedAt: string;
  }[];
}

/** Names in a line of text. */
const NAMED = 3;

/**
 * What nobody outside was told yet: alerts that begun, those told of that are over, and improvements. Each is news once.
 */
export function newsOf(trend: StoredTrend): AlertNews | undefined {
  const names = new Map(trend.series.map((series) => [series.key, nameOf(series)]));
  const alerts = (trend.alerts as readonly ToldAlert[]).flatMap((alert) => {
    const news = newsIn(alert);
    if (news === undefined) return [];
    const { id, state, severity, ratio, reason, branch, commit, run, openedAt } = alert;
    return [
      {
        id,
        news,
        state,
        ...(severity !== undefined && { severity }),
        ...(ratio !== undefined && { ratio }),
        reason,
        series: alert.series.map((key) => names.get(key) ?? key),
        branch,
        ...(commit !== undefined && { commit }),
        ...(run !== undefined && { run }),
        openedAt,
      },
    ];
  });
  if (alerts.length === 0) return undefined;
  return { schema: 'perf/alerts@1', text: alerts.map(lineOf).join('\n'), alerts };
}

function newsIn({ state, direction, told }: ToldAlert): AlertNews['alerts'][number]['news'] | undefined {
  if (direction === 'better') return told === undefined ? 'improved' : undefined;
  if (state === 'open' || state === 'confirmed') return told === 'begun' ? undefined : 'begun';
  return state === 'resolved' && told === 'begun' ? 'over' : undefined;
}

/** An alert after its news was told. */
export function afterTelling(alert: ToldAlert, news: AlertNews): ToldAlert {
  const found = news.alerts.find(({ id }) => id === alert.id);
  return found === undefined ? alert : { ...alert, told: found.news === 'begun' ? 'begun' : 'over' };
}

function lineOf({ news, severity, series, reason, commit }: AlertNews['alerts'][number]): string {
  const what = { begun: `${severity ?? ''} regression`.trim(), over: 'resolved', improved: 'improvement' }[
    news
  ];
  const more = series.length > NAMED ? ` and ${series.length - NAMED} more` : '';
  const where = commit === undefined ? '' : ` (commit ${visible(commit.slice(0, 10))})`;
  return `${what}: ${series.slice(0, NAMED).map(visible).join(', ')}${more}${where}: ${visible(reason)}`;
}

function nameOf({ key, probe, metric }: TrendSeries): string {
  return probe === undefined ? key : `${probeTitle(probe)}  ${metric ?? ''}`;
}
