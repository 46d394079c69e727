import { type Browser, type BrowserContext, devices, type Page } from '@playwright/test';
import { WECHAT_AGENT } from '../../tools/browser.ts';

/** A slow phone on a slow network: Lighthouse's "slow 4G". */
export const cpuSlowdown = 4;
export const network = { downloadBitsASecond: 1_600_000, latencyMs: 150 };
export const slowPhoneText =
  `CPU slowed ${cpuSlowdown} times, ${network.downloadBitsASecond / 1e6} Mbit/s, ` +
  `${network.latencyMs} ms latency, empty cache.`;

export type Cookies = Awaited<ReturnType<BrowserContext['cookies']>>;

export interface Visit {
  readonly lcpMs: number;
  readonly readyMs: number;
  /** From the start to the first byte, and to the last, of the document. */
  readonly firstByteMs: number;
  readonly lastByteMs: number;
  readonly requests: number;
  /** As sent, all files together. */
  readonly bytes: number;
}

interface Target {
  readonly url: string;
  readonly cookies: Cookies;
  /** In the page once it can be used. */
  readonly ready: string;
}

export function phone(browser: Browser): Promise<BrowserContext> {
  return browser.newContext({ ...devices['Pixel 7'], userAgent: WECHAT_AGENT, locale: 'zh-CN' });
}

/** Opens a page once with an empty cache. The demo's bridge is left out: a wallet brings its own. */
export async function visit(browser: Browser, { url, cookies, ready }: Target): Promise<Visit> {
  const context = await phone(browser);
  await context.addCookies(cookies);
  const page = await context.newPage();
  await page.route('**/bridge.js', (route) => route.abort());
  const bytes = await slowDown(page);
  let requests = 0;
  page.on('request', (request) => {
    if (!request.url().includes('bridge.js') && !request.url().startsWith('data:')) requests += 1;
  });
  await page.addInitScript(observer(ready));
  await page.goto(url, { waitUntil: 'load' });
  await page.locator(ready).waitFor();
  await page.waitForTimeout(600);
  const seen = await page.evaluate<{ lcp: number; ready: number }>('window.seen');
  const timing = `performance.getEntriesByType('navigation')[0].toJSON()`;
  const { responseStart, responseEnd } = await page.evaluate<Record<string, number>>(timing);
  await context.close();
  return {
    lcpMs: seen.lcp,
    readyMs: seen.ready,
    firstByteMs: responseStart ?? 0,
    lastByteMs: responseEnd ?? 0,
    requests,
    bytes: bytes(),
  };
}

const observer = (ready: string) => `
  window.seen = { lcp: 0, ready: 0 };
  new PerformanceObserver((list) => {
    for (const entry of list.getEntries()) seen.lcp = entry.startTime;
  }).observe({ type: 'largest-contentful-paint', buffered: true });
  new MutationObserver(() => {
    if (!seen.ready && document.querySelector(${JSON.stringify(ready)})) {
      seen.ready = performance.now();
    }
  }).observe(document, { subtree: true, childList: true, attributes: true });
`;

/** @returns how many bytes came until then */
async function slowDown(page: Page): Promise<() => number> {
  const session = await page.context().newCDPSession(page);
  await session.send('Network.enable');
  await session.send('Network.emulateNetworkConditions', {
    offline: false,
    latency: network.latencyMs,
    downloadThroughput: network.downloadBitsASecond / 8,
    uploadThroughput: network.downloadBitsASecond / 8,
  });
  await session.send('Emulation.setCPUThrottlingRate', { rate: cpuSlowdown });
  let bytes = 0;
  session.on('Network.loadingFinished', ({ encodedDataLength }) => {
    bytes += encodedDataLength;
  });
  return () => bytes;
}
