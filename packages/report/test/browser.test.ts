import { existsSync } from 'node:fs';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { type Browser, chromium } from 'playwright-core';
import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import { renderHtml } from '../src/index.js';
import { fullRun } from './documents.js';
import { hostileTexts, reportOf } from './hostile.js';

const executablePath = process.env.CHROMIUM_PATH ?? '/usr/bin/chromium';
const present = existsSync(executablePath);
const reason = `no Chromium at ${executablePath}; set CHROMIUM_PATH`;

describe('in a browser without JavaScript', () => {
  let browser: Browser | undefined;
  let folder = '';

  beforeAll(async () => {
    if (!present) {
      console.warn(`Skipped: ${reason}`);
      return;
    }
    folder = await mkdtemp(join(tmpdir(), 'perf-report-'));
    browser = await chromium.launch({ executablePath, args: ['--no-sandbox'] });
  }, 60_000);

  afterAll(async () => {
    await browser?.close();
    if (folder !== '') await rm(folder, { recursive: true, force: true });
  });

  beforeEach((context) => {
    if (!present) context.skip(reason);
  });

  const pages = {
    realistic: renderHtml({ run: fullRun(), title: 'Nightly' }),
    hostile: renderHtml(reportOf(hostileTexts.join(' '))),
    long: renderHtml(reportOf('x'.repeat(500))),
  };
  const cases = Object.keys(pages).flatMap((name) =>
    [1280, 400].flatMap((width) =>
      (['light', 'dark'] as const).map((colorScheme) => ({
        name: name as keyof typeof pages,
        width,
        colorScheme,
      })),
    ),
  );

  test.each(cases)(
    'the $name page at $width pixels, $colorScheme, fetches nothing and does not scroll sideways',
    async ({ name, width, colorScheme }) => {
      const file = join(folder, `${name}.html`);
      await writeFile(file, pages[name]);
      const context = await (browser as Browser).newContext({
        viewport: { width, height: 900 },
        colorScheme,
        javaScriptEnabled: false,
      });
      const page = await context.newPage();
      const requests: string[] = [];
      const complaints: string[] = [];
      page.on('request', (request) => requests.push(request.url()));
      page.on('console', (message) => complaints.push(message.text()));
      const url = pathToFileURL(file).href;
      await page.goto(url);
      expect(requests).toEqual([url]);
      expect(complaints).toEqual([]);
      expect(await page.locator('article.probe').count()).toBeGreaterThanOrEqual(5);
      // Tables scroll inside their own boxes; the page itself must not.
      const overflow = await page.evaluate(`
      for (const details of document.querySelectorAll('details')) details.open = true;
      document.documentElement.scrollWidth - document.documentElement.clientWidth;
    `);
      expect(overflow).toBe(0);
      await context.close();
    },
  );
});
