import { readDocument } from '@perf/schema';
import { describe, expect, it } from 'vitest';
import { type AttachOptions, findLeaksIn, type LeakReport, measureLeaksIn } from '../src/index.js';
import { findingOn } from './context.js';
import { service } from './service.js';

const PATIENCE_MS = 120_000;

/** Few blocks of few requests. */
const short: AttachOptions = { iterations: 60, blocks: 6, timeoutMs: 90_000 };

function verdicts({ findings }: Pick<LeakReport, 'findings'>): Record<string, string> {
  return Object.fromEntries(findings.map(({ resource, verdict }) => [resource, verdict]));
}

describe('a hunt in another process', () => {
  it.each([
    ['/listeners', /bus: EventEmitter › _events: Object › message: Array/, 48],
    ['/closures', /handlers: Array › \[\]: \(\)/, 200],
  ] as const)(
    'names what holds on to %s, and where it was made',
    async (path, held, least) => {
      const { url, pid, inspector } = await service('--inspect=0');
      const measurement = await measureLeaksIn(inspector(), `${url}${path}`, { ...short, budget: 2 ** 30 });
      const heap = findingOn(measurement, 'heap');
      expect(heap.verdict).toBe('leaking');
      expect(heap.bytesPerIteration.high).toBeGreaterThanOrEqual(least);
      expect(heap.culprit?.path.join(' › ')).toMatch(held);
      expect(heap.culprit?.site?.file).toMatch(/fixtures\/service\.mjs$/);
      expect(heap.culprit?.site?.stack?.length).toBeGreaterThan(0);
      expect(heap.exhaustion?.budget).toBe(2 ** 30);
      expect(measurement.probe).toMatchObject({ suite: 'attached', name: `${url}${path}`, kind: 'leak' });
      expect(measurement.process).toMatchObject({ index: 0, pid });
      expect(readDocument('measurement', measurement)).toEqual(measurement);
    },
    PATIENCE_MS,
  );

  it(
    'counts the timers of the other process, and reads its limits',
    async () => {
      const { url, inspector } = await service('--inspect=0', '--max-old-space-size=200');
      const { findings } = await findLeaksIn(inspector(), `${url}/timers`, short);
      const [heap, handle] = ['heap', 'handle'].map((one) =>
        findings.find(({ resource }) => resource === one),
      );
      expect(handle).toMatchObject({ verdict: 'leaking', culprit: { path: ['Timeout × 360'] } });
      expect(handle?.bytesPerIteration.estimate).toBeCloseTo(1, 2);
      expect(heap?.exhaustion?.budget).toBeLessThan(300 * 2 ** 20);
    },
    PATIENCE_MS,
  );

  it.each(['/healthy', '/logs', '/large'])(
    'finds no leak in %s',
    async (path) => {
      const { url, inspector } = await service('--inspect=0');
      const report = await findLeaksIn(inspector(), `${url}${path}`, { ...short, concurrency: 3 });
      expect(report.warnings).toEqual([]);
      expect(Object.values(verdicts(report))).not.toContain('leaking');
      expect(verdicts(report)).toMatchObject({ heap: 'steady', handle: 'steady' });
    },
    PATIENCE_MS,
  );

  it(
    'takes growth that is allowed for no leak, and sends what it is told to',
    async () => {
      const { url, inspector } = await service('--inspect=0');
      const allowed = await findLeaksIn(inspector(), `${url}/listeners`, { ...short, allow: ['bus'] });
      expect(verdicts(allowed)).toMatchObject({ heap: 'steady' });
      expect(allowed.warnings).toMatchObject([{ code: 'leak/allowed' }]);
      const post = { url: `${url}/posts`, headers: { 'x-user': 'me' }, body: '{}' };
      const plain: AttachOptions = { ...short, snapshots: false };
      expect((await findLeaksIn(inspector(), post, plain)).warnings).toEqual([]);
      const { warnings } = await findLeaksIn(inspector(), `${url}/posts`, plain);
      expect(warnings).toMatchObject([{ code: 'leak/drive-status', message: /were answered with 400\.$/ }]);
    },
    PATIENCE_MS,
  );

  it.each([
    ['/exits', 3],
    ['/aborts', 'SIGABRT'],
  ] as const)(
    'says so when the process ends: %s',
    async (path, end) => {
      const { url, inspector, ended } = await service('--inspect=0');
      await expect(findLeaksIn(inspector(), `${url}${path}`, short)).rejects.toMatchObject({
        code: 'leak/attach',
        message: expect.stringContaining('ended'),
      });
      expect(await ended).toBe(end);
    },
    PATIENCE_MS,
  );

  it(
    'says which request failed, or that time is up, and leaves the process',
    async () => {
      const { url, pid, inspector } = await service('--inspect-port=0');
      for (const [path, code, message, options] of [
        ['/fails', 'leak/drive', `Request 20 (GET ${url}/fails) was answered with 503.`, short],
        ['/healthy', 'leak/option', '"concurrency" is 0', { concurrency: 0 }],
        ['/hangs', 'leak/attach', 'was not over after 3 s', { timeoutMs: 3000 }],
      ] as const) {
        await expect(findLeaksIn(pid, `${url}${path}`, options)).rejects.toMatchObject({
          code,
          message: expect.stringContaining(message),
        });
      }
      expect(inspector()).not.toBe('');
      for (const drive of ['ftp://127.0.0.1/', 'nowhere', 'http://me:secret@127.0.0.1/'])
        await expect(findLeaksIn(pid, drive)).rejects.toMatchObject({ code: 'leak/drive' });
    },
    PATIENCE_MS,
  );

  it(
    'ends when it is told to, with the reason, and the process goes on',
    async () => {
      const { url, pid, inspector } = await service('--inspect-port=0');
      const controller = new AbortController();
      const reason = new Error('enough');
      const doing: string[] = [];
      const tell = (what: string) => {
        doing.push(what);
        if (doing.length === 2) controller.abort(reason);
      };
      const hunt = findLeaksIn(pid, `${url}/healthy`, { ...short, tell, signal: controller.signal });
      await expect(hunt).rejects.toBe(reason);
      expect(doing[0]).toBe(`attached to process ${pid}, Node.js ${process.version}`);
      expect((await fetch(`${url}/healthy`)).status).toBe(200);
      await expect(fetch(`http://${new URL(inspector()).host}/json/list`)).rejects.toThrow('fetch failed');
    },
    PATIENCE_MS,
  );
});
