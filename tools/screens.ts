import { spawn } from 'node:child_process';
import { mkdirSync, rmSync, writeFileSync } from 'node:fs';
import { createServer } from 'node:net';
import { join } from 'node:path';
import { type Browser, chromium, devices, type Page, request } from '@playwright/test';
import { entryOf } from '../apps/resident/src/pages.ts';
import { demoLoaded } from '../tests/browser/resident-homes.ts';
import {
  modes,
  payAhead,
  payOneBill,
  show,
  signInByWallet,
} from '../tests/browser/resident-steps.ts';
import { browserLaunchOptions, WECHAT_AGENT } from './browser.ts';
import { addressOf, examplesOf, pageNames } from './screens/app-pages.ts';
import { indexOf } from './screens/index-page.ts';
import { toWebp } from './screens/to-webp.ts';

const root = join(import.meta.dirname, '..');
const folder = join(root, 'docs', 'screens', 'resident');
/** Somebody signed in never sees these as a stranger does. */
const asStranger = ['sign-in'];
const width = 412;
const leastHeight = 839;
const startMs = 120_000;

await takeScreens();

/** `npx tsx tools/screens.ts`: every page of the residents' app as kept in docs/screens. */
async function takeScreens(): Promise<void> {
  const port = await freePort();
  const baseURL = `http://localhost:${port}`;
  const server = spawn(process.execPath, [join(root, 'tests', 'browser', 'serve.mjs')], {
    env: { ...process.env, PORT: String(port), LOG_LEVEL: 'error' },
    stdio: ['ignore', 'ignore', 'inherit'],
  });
  const browser = await chromium.launch(browserLaunchOptions());
  try {
    await started(baseURL);
    const staff = await request.newContext({ baseURL });
    await demoLoaded(staff);
    await staff.dispose();
    rmSync(folder, { recursive: true, force: true });
    const page = await openPhone(browser, baseURL);
    await signInByWallet(page);
    await payAhead(page, '600');
    await page.goto('/r/demo/');
    await payOneBill(page);
    const examples = await examplesOf(page.request);
    const stranger = await openPhone(browser, baseURL);
    await stranger.goto('/r/demo/');
    for (const mode of modes) {
      mkdirSync(join(folder, mode.name), { recursive: true });
      for (const name of pageNames) {
        const seen = asStranger.includes(name) ? stranger : page;
        await show(seen, mode, addressOf(name, examples));
        await settle(seen);
        writeFileSync(join(folder, mode.name, `${name}.webp`), await toWebp(await whole(seen)));
      }
      console.log(`${mode.name}: ${pageNames.length} pages`);
    }
    const titles = pageNames.map((name) => ({ name, ...entryOf(name).title }));
    writeFileSync(join(folder, 'README.md'), indexOf(titles));
  } finally {
    await browser.close();
    server.kill('SIGTERM');
  }
}

async function openPhone(browser: Browser, baseURL: string): Promise<Page> {
  const context = await browser.newContext({
    ...devices['Pixel 7'],
    ...{ deviceScaleFactor: 1, userAgent: WECHAT_AGENT, baseURL },
    ...{ locale: 'zh-CN', timezoneId: 'Asia/Shanghai', reducedMotion: 'reduce' },
  });
  return await context.newPage();
}

/** As on a phone that is long enough for all of it, so that what stays in sight covers nothing. */
async function whole(page: Page): Promise<Buffer> {
  const height = Number(await page.evaluate('document.documentElement.scrollHeight'));
  await page.setViewportSize({ width, height: Math.max(leastHeight, height) });
  const picture = await page.screenshot();
  await page.setViewportSize({ width, height: leastHeight });
  return picture;
}

/** Pictures and what is asked for late. */
async function settle(page: Page): Promise<void> {
  await page.waitForLoadState('networkidle', { timeout: 2000 }).catch(() => undefined);
  await page.waitForTimeout(200);
}

async function started(baseURL: string): Promise<void> {
  const end = Date.now() + startMs;
  while (Date.now() < end) {
    const answer = await fetch(`${baseURL}/readyz`).catch(() => undefined);
    if (answer?.ok) return;
    await new Promise((resolve) => setTimeout(resolve, 500));
  }
  throw new Error('the system did not start in time');
}

function freePort(): Promise<number> {
  return new Promise((resolve, reject) => {
    const server = createServer().once('error', reject);
    server.listen(0, '127.0.0.1', () => {
      const address = server.address();
      server.close(() => resolve(typeof address === 'object' && address ? address.port : 0));
    });
  });
}
