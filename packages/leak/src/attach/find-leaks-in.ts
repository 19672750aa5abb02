import { performance } from 'node:perf_hooks';
import { type Measurement, measurementOf, type Warning } from '@perf/schema/core';
import { checkHunt } from '../check-hunt.js';
import { duration } from '../check-options.js';
import type { FindLeaksOptions } from '../find-leaks.js';
import { type HuntLimits, type LeakReport, reportOn } from '../leak-report.js';
import { metricsOf } from '../measure-leak.js';
import { attach } from './attach.js';
import { attachError } from './attach-error.js';
import { attachedProcess } from './attached-process.js';
import type { Attachment } from './attachment.js';
import { detach } from './detach.js';
import { Drive, type DriveRequest } from './drive.js';

/** As long as a process of a probe has: snapshots of a service's heap of 100 MiB need more than a minute [ms]. */
const TIMEOUT_MS = 180_000;

export interface AttachOptions extends FindLeaksOptions {
  /** Time after which the hunt is given up [ms]; default 180,000. It limits itself to less. */
  readonly timeoutMs?: number;
  /** Told what begins: `attached to process 4242`, `block 3 of at most 24`. */
  readonly tell?: (doing: string) => void;
}

/**
 * Hunts for leaks in another Node.js process, by its inspector, while it answers HTTP requests: each is one iteration.
 *
 * @param target - Id of a process of this machine, which opens its inspector where it has none open (it is closed
 * again in the end); the `ws://` URL of an inspector; or the `host:port` of one.
 * @param drive - What to request; `concurrency` of the options at once.
 * @throws {LeakError} `leak/attach` if the process cannot be attached to, ends, or does not answer in time; `leak/drive` for
 * a request that fails or is answered with a status from 500; `leak/option`; else the signal's reason.
 *
 * Cost: as `findLeaks`. The process stops for every collection and every snapshot, seconds for a heap of some 100 MB.
 */
export async function findLeaksIn(
  target: number | string,
  drive: string | URL | DriveRequest,
  options: AttachOptions = {},
): Promise<LeakReport> {
  return (await huntIn(target, drive, options)).report;
}

/** The same as a measurement document: its probe is named by the URL in a suite `attached`. */
export async function measureLeaksIn(
  target: number | string,
  drive: string | URL | DriveRequest,
  options: AttachOptions = {},
): Promise<Measurement> {
  const startedAt = new Date().toISOString();
  const started = performance.now();
  const { report, pid, url } = await huntIn(target, drive, options);
  return measurementOf({
    probe: { suite: 'attached', name: url, kind: 'leak', params: {} },
    process: { index: 0, pid },
    startedAt,
    elapsed: Math.round((performance.now() - started) * 1e6),
    seed: 0,
    status: 'ok',
    metrics: metricsOf(report.findings),
    findings: [...report.findings],
    warnings: [...report.warnings],
    artifacts: { growth: report.growth },
  });
}

interface Hunted {
  readonly report: LeakReport;
  readonly pid: number;
  readonly url: string;
}

async function huntIn(
  target: number | string,
  drive: string | URL | DriveRequest,
  options: AttachOptions,
): Promise<Hunted> {
  checkHunt(options);
  const { timeoutMs = TIMEOUT_MS, concurrency = 1 } = options;
  duration('timeoutMs', timeoutMs);
  const deadline = Date.now() + timeoutMs;
  const time = new AbortController();
  const timer = setTimeout(() => time.abort(late(timeoutMs)), timeoutMs);
  const signal = AbortSignal.any(
    options.signal === undefined ? [time.signal] : [time.signal, options.signal],
  );
  try {
    const requests = await Drive.open(drive, { connections: concurrency, signal });
    return await huntWith(requests, target, options, { share: 1, deadline, signal, tell: options.tell });
  } finally {
    clearTimeout(timer);
  }
}

async function huntWith(
  requests: Drive,
  target: number | string,
  options: AttachOptions,
  limits: HuntLimits,
): Promise<Hunted> {
  const { concurrency = 1 } = options;
  let attachment: Attachment | undefined;
  let stillOpen: Warning | undefined;
  let found: LeakReport;
  try {
    attachment = await attach(target, limits.signal);
    const { session, pid, version } = attachment;
    limits.tell?.(`attached to process ${pid}, Node.js ${version}`);
    const subject = await attachedProcess({ session, call: () => requests.call(), concurrency });
    // Opens all connections, so that none of them is taken for growth.
    await subject.iterate(concurrency, { untilMs: 0, signal: limits.signal });
    found = await reportOn(subject, options, limits);
  } finally {
    await requests.close();
    stillOpen = attachment && (await detach(attachment));
  }
  const warnings = [
    ...found.warnings,
    ...requests.warnings(),
    ...(stillOpen === undefined ? [] : [stillOpen]),
  ];
  return { report: { ...found, warnings }, pid: attachment.pid, url: requests.url };
}

function late(timeoutMs: number): Error {
  return attachError(
    `The hunt was not over after ${timeoutMs / 1000} s.`,
    'Look whether the process still answers, or give it more time: timeoutMs, or --timeout.',
  );
}
