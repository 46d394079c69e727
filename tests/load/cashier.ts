import { gzipSync } from 'node:zlib';
import { type Browser, chromium } from '@playwright/test';
import { browserLaunchOptions, WECHAT_AGENT } from '../../tools/browser.ts';
import { type CashierScene, startCashierScene } from '../flows/cashier-scene.ts';
import { openSystem } from './bench-system.ts';
import { type BenchResult, median, percentile } from './report.ts';
import { type Cookies, phone, slowPhoneText, type Visit, visit } from './slow-phone.ts';

const rounds = Number(process.env['BENCH_ROUNDS'] ?? 15);
/** Our script has put the amount in words on the button. */
export const cashierReady = 'button[aria-label]';
/** What the page should reach; the ratio is against it. */
const aimMs = 1000;

/**
 * Bytes of the cashier page and its Largest Contentful Paint on a slow phone and network, with an
 * empty cache and a payer whom the wallet has named before: what a resident waits for at the door.
 */
export async function run(): Promise<BenchResult> {
  const system = await openSystem();
  const scene = await startCashierScene(system);
  const browser = await chromium.launch(browserLaunchOptions());
  try {
    const { path } = await scene.home();
    return await measure(browser, scene, path);
  } finally {
    await browser.close();
    await scene.close();
    await system.close();
  }
}

async function measure(browser: Browser, scene: CashierScene, path: string): Promise<BenchResult> {
  const cookies = await logIn(browser, scene, path);
  const answer = await fetch(scene.url + path, { headers: headersOf(cookies) });
  const sent = Number(answer.headers.get('content-length'));
  const html = await answer.text();
  const script = /<script>([^]*)<\/script>/.exec(html)?.[1] ?? '';
  const visits: Visit[] = [];
  for (let round = 0; round < rounds; round += 1) {
    visits.push(await visit(browser, { url: scene.url + path, cookies, ready: cashierReady }));
  }
  const lcp = visits.map(({ lcpMs }) => lcpMs);
  const middle = (of: (visit: Visit) => number) => median(visits.map(of));
  const requests = Math.max(...visits.map((one) => one.requests));
  return {
    name: 'cashier',
    ratio: median(lcp) / aimMs,
    rows: rounds,
    figures: [
      { name: 'page, as sent (gzip)', value: sent, unit: 'bytes' },
      { name: 'page, unpacked', value: Buffer.byteLength(html), unit: 'bytes' },
      { name: 'script, gzip', value: gzipSync(script).length, unit: 'bytes' },
      { name: 'requests before the button works', value: requests, unit: '' },
      { name: 'Largest Contentful Paint, median', value: median(lcp), unit: 'ms' },
      { name: 'Largest Contentful Paint, p90', value: percentile(lcp, 90), unit: 'ms' },
      { name: 'Largest Contentful Paint, best', value: Math.min(...lcp), unit: 'ms' },
      { name: 'button works, median', value: middle((one) => one.readyMs), unit: 'ms' },
      { name: 'first byte, median', value: middle((one) => one.firstByteMs), unit: 'ms' },
      { name: 'last byte, median', value: middle((one) => one.lastByteMs), unit: 'ms' },
    ],
    notes: [
      `The ratio is the median paint to the aim of ${aimMs} ms. ${slowPhoneText}`,
      'Six bills. The simulated bridge of the demo is left out: WeChat brings its own.',
    ],
  };
}

/** The first visit goes through the wallet's login; the others do not. */
export async function logIn(browser: Browser, scene: CashierScene, path: string): Promise<Cookies> {
  const context = await phone(browser);
  const domain = new URL(scene.url).hostname;
  await context.addCookies([{ name: 'sim_user', value: '1', domain, path: '/' }]);
  const page = await context.newPage();
  await page.goto(scene.url + path);
  await page.getByRole('button', { name: '确认支付' }).waitFor();
  const cookies = await context.cookies();
  await context.close();
  return cookies;
}

function headersOf(cookies: Cookies): Record<string, string> {
  const cookie = cookies.map(({ name, value }) => `${name}=${value}`).join('; ');
  return { cookie, 'user-agent': WECHAT_AGENT, 'accept-language': 'zh-CN' };
}
