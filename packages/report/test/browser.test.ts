import { existsSync } from 'node:fs';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { type Browser, type BrowserContextOptions, chromium, type Page } from 'playwright-core';
import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import { renderHtml, renderJunit } from '../src/index.js';
import { adviceDocument, dashboardRun, trendDocument } from './dashboard-documents.js';
import { fullRun } from './documents.js';
import { dashboardOf, hostileTexts, reportOf } from './hostile.js';

const executablePath = process.env.CHROMIUM_PATH ?? '/usr/bin/chromium';
const present = existsSync(executablePath);
const reason = `no Chromium at ${executablePath}; set CHROMIUM_PATH`;

const hostile = dashboardOf(hostileTexts.join(' '));
const pages = {
  realistic: renderHtml({ run: fullRun(), title: 'Nightly' }),
  dashboard: renderHtml({
    run: dashboardRun(),
    trend: trendDocument(),
    advice: adviceDocument(),
    title: 'Nightly',
  }),
  hostile: renderHtml(hostile),
  long: renderHtml(reportOf('x'.repeat(500))),
};
type Name = keyof typeof pages;

let browser: Browser | undefined;
let folder = '';

beforeAll(async () => {
  if (!present) {
    console.warn(`Skipped: ${reason}`);
    return;
  }
  folder = await mkdtemp(join(tmpdir(), 'perf-report-'));
  await Promise.all(
    Object.entries(pages).map(([name, html]) => writeFile(join(folder, `${name}.html`), html)),
  );
  browser = await chromium.launch({ executablePath, args: ['--no-sandbox'] });
}, 60_000);

afterAll(async () => {
  await browser?.close();
  if (folder !== '') await rm(folder, { recursive: true, force: true });
});

beforeEach((context) => {
  if (!present) context.skip(reason);
});

/** A page with all that it asked for and complained of. */
interface Opened {
  readonly page: Page;
  readonly url: string;
  readonly requests: readonly string[];
  /** Console messages (violations of the policy are some) and uncaught errors. */
  readonly complaints: readonly string[];
}

async function withPage(
  name: Name,
  options: BrowserContextOptions,
  look: (opened: Opened) => Promise<void>,
): Promise<void> {
  const context = await (browser as Browser).newContext(options);
  try {
    const page = await context.newPage();
    const requests: string[] = [];
    const complaints: string[] = [];
    page.on('request', (request) => requests.push(request.url()));
    page.on('console', (message) => complaints.push(message.text()));
    page.on('pageerror', (error) => complaints.push(error.message));
    page.on('dialog', (dialog) => {
      complaints.push(`dialog: ${dialog.message()}`);
      dialog.dismiss().catch(() => complaints.push('the dialog stayed'));
    });
    const url = pathToFileURL(join(folder, `${name}.html`)).href;
    await page.goto(url);
    await look({ page, url, requests, complaints });
  } finally {
    await context.close();
  }
}

/** How much wider the page is than the window, with every part of it open. */
function overflow(page: Page): Promise<unknown> {
  return page.evaluate(`
    for (const details of document.querySelectorAll('details')) details.open = true;
    document.documentElement.scrollWidth - document.documentElement.clientWidth;
  `);
}

/** Brings every chart into sight, one after the other, and waits until it is drawn. */
async function drawAll(page: Page): Promise<void> {
  await page.evaluate(`(async () => {
    for (const details of document.querySelectorAll('details')) details.open = true;
    for (const place of document.querySelectorAll('[data-figure]')) {
      const figure = place.closest('figure');
      figure.scrollIntoView();
      while (!figure.classList.contains('drawn')) await new Promise(requestAnimationFrame);
    }
  })()`);
}

const shapes = [1280, 400].flatMap((width) =>
  (['light', 'dark'] as const).map((colorScheme) => ({ width, colorScheme })),
);
const cases = (Object.keys(pages) as Name[]).flatMap((name) => shapes.map((shape) => ({ name, ...shape })));

describe('in a browser without JavaScript', () => {
  test.each(cases)(
    'the $name page at $width pixels, $colorScheme, fetches nothing and does not scroll sideways',
    async ({ name, width, colorScheme }) => {
      const options = { viewport: { width, height: 900 }, colorScheme, javaScriptEnabled: false };
      await withPage(name, options, async ({ page, url, requests, complaints }) => {
        expect(requests).toEqual([url]);
        expect(complaints).toEqual([]);
        expect(await page.locator('article.probe').count()).toBeGreaterThanOrEqual(5);
        // Tables scroll inside their own boxes; the page itself must not.
        expect(await overflow(page)).toBe(0);
      });
    },
  );

  test('every section has its table or drawing', async () => {
    await withPage('dashboard', { javaScriptEnabled: false }, async ({ page }) => {
      const links = await page
        .locator('nav.contents a')
        .evaluateAll((all) => all.map((link) => link.getAttribute('href')));
      expect(links.length).toBeGreaterThanOrEqual(14);
      for (const link of links) {
        const section = page.locator(link as string);
        expect(await section.count(), `${link}`).toBe(1);
        if (link !== '#how')
          expect(await section.locator('table, svg').count(), `${link}`).toBeGreaterThan(0);
      }
      expect(await page.locator('[data-figure]:visible').count()).toBe(0);
      expect(await page.locator('svg:visible').count()).toBeGreaterThan(10);
    });
  });
});

describe('in a browser with JavaScript', () => {
  test.each(
    (['dashboard', 'hostile', 'long'] as const).flatMap((name) =>
      [1280, 400].map((width) => ({ name, width })),
    ),
  )(
    'the $name page at $width pixels draws every chart, fetches nothing, and nothing is executed or blocked',
    async ({ name, width }) => {
      await withPage(
        name,
        { viewport: { width, height: 900 } },
        async ({ page, url, requests, complaints }) => {
          const places = await page.locator('[data-figure]').count();
          expect(places).toBeGreaterThan(5);
          expect(await overflow(page)).toBe(0);
          await drawAll(page);
          expect(await page.locator('figure.drawn').count()).toBe(places);
          expect(await page.locator('[data-figure] svg.main-svg').count()).toBeGreaterThanOrEqual(places);
          expect(await page.locator('.static:visible').count()).toBeLessThan(places);
          expect(await overflow(page)).toBe(0);
          // Heat maps are images in `data:` addresses, which are no requests over any network.
          expect(requests.filter((request) => !request.startsWith('data:image/png'))).toEqual([url]);
          expect(complaints).toEqual([]);
          // Nothing of the names became an element.
          expect(await page.locator('img, iframe, a[href^="http"], [onload], [onerror]').count()).toBe(0);
          expect(await page.locator('[data-figure] a').count()).toBe(
            await page.locator('[data-figure] a.modebar-btn').count(),
          );
        },
      );
    },
    120_000,
  );

  test('the charts follow the colour scheme, and have neither a logo nor a button for a cloud', async () => {
    await withPage('dashboard', { colorScheme: 'light' }, async ({ page, complaints }) => {
      await page.locator('#leaks figure').first().scrollIntoViewIfNeeded();
      const line = page.locator('#leaks figure.drawn path.js-line').first();
      await line.waitFor();
      const colourOf = (): Promise<string> => line.evaluate((path) => path.style.stroke);
      expect(await colourOf()).toBe('rgb(31, 79, 153)');
      await page.emulateMedia({ colorScheme: 'dark' });
      await expect.poll(colourOf, { timeout: 20_000 }).toBe('rgb(141, 184, 245)');
      const titles = await page
        .locator('.modebar-btn')
        .evaluateAll((all) => all.map((button) => button.getAttribute('data-title')));
      expect(new Set(titles)).toEqual(new Set(['Zoom', 'Pan', 'Zoom in', 'Zoom out', 'Reset axes']));
      expect(await page.locator('.plotlyjsicon, .watermark').count()).toBe(0);
      expect(complaints).toEqual([]);
    });
  });

  test('a page whose scripts may not run stays as it is without them', async () => {
    await withPage(
      'dashboard',
      { viewport: { width: 1280, height: 900 } },
      async ({ page, url, complaints }) => {
        await page.addInitScript('delete window.DecompressionStream');
        await page.goto(url);
        expect(await page.locator('[data-figure]:visible').count()).toBe(0);
        expect(await page.locator('#leaks svg:visible').count()).toBeGreaterThan(0);
        expect(complaints).toEqual([]);
      },
    );
  });
});

test('an XML parser reads the JUnit report of hostile names as it was meant', async () => {
  await withPage('long', {}, async ({ page }) => {
    const junit = renderJunit(hostile);
    // Base64 is the one form in which a text needs no escaping here.
    const read = await page.evaluate(`(() => {
      const bytes = Uint8Array.from(atob('${Buffer.from(junit).toString('base64')}'), (c) => c.charCodeAt(0));
      const document = new DOMParser().parseFromString(new TextDecoder().decode(bytes), 'application/xml');
      const root = document.querySelector('testsuites');
      return {
        error: document.querySelector('parsererror')?.textContent ?? '',
        tests: root.getAttribute('tests') - document.querySelectorAll('testsuites > testsuite > testcase').length,
        name: root.getAttribute('name'),
      };
    })()`);
    expect(read).toEqual({
      error: '',
      tests: 0,
      name: expect.stringContaining('<script>alert(1)</script> "><img src=x'),
    });
  });
});
