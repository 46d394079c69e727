import { chromium } from '@playwright/test';
import { findUser, openidOf } from '../../apps/gateway-simulator/src/wechat-pay/users.ts';
import { wechatAppId } from '../../apps/server/src/demo/simulated-accounts.ts';
import { serveResidentApp } from '../../apps/server/src/resident-app.ts';
import { givenResident } from '../../apps/server/test/resident-builders.ts';
import { browserLaunchOptions } from '../../tools/browser.ts';
import { build } from '../../tools/build.mjs';
import { firstLoadScripts, type SentScript } from '../../tools/first-load.ts';
import { startCashierScene } from '../flows/cashier-scene.ts';
import { openSystem } from './bench-system.ts';
import { cashierReady, logIn } from './cashier.ts';
import { type BenchResult, median, percentile } from './report.ts';
import { slowPhoneText, type Visit, visit } from './slow-phone.ts';
import { tapsToPaid } from './taps-to-paid.ts';

/** Of the simulator's people. */
const payerNo = 1;
const rounds = Number(process.env['BENCH_ROUNDS'] ?? 15);
/** The button with the amount: the bills are there and can be paid. */
const appReady = '.pay-total + .button-main:not([disabled])';

/**
 * What somebody who comes back waits for: bytes and Largest Contentful Paint of the app's first
 * page with an empty cache, in turns with the cashier page at the same home in the same run.
 */
export async function run(): Promise<BenchResult> {
  await build();
  const system = await openSystem();
  const scene = await startCashierScene(system, (app) => serveResidentApp(app, { demo: true }));
  const browser = await chromium.launch(browserLaunchOptions());
  try {
    const { path, unitId } = await scene.home();
    const payer = findUser(payerNo);
    if (!payer) throw new Error('nobody has a simulated wallet');
    const openId = openidOf(wechatAppId, payer);
    const { token } = await givenResident(system, {
      unitIds: [unitId],
      walletIds: { [`wechat-pay/${wechatAppId}`]: openId },
    });
    const { hostname: domain } = new URL(scene.url);
    const cashier = { url: scene.url + path, cookies: await logIn(browser, scene, path) };
    const cookie = { name: `resident-${system.shortCode}`, value: token, domain, path: '/' };
    const app = {
      url: `${scene.url}/r/${system.shortCode}/`,
      cookies: [
        { ...cookie, expires: -1, httpOnly: true, secure: false, sameSite: 'Lax' as const },
      ],
    };
    const visits: { cashier: Visit; app: Visit }[] = [];
    for (let round = 0; round < rounds; round += 1) {
      visits.push({
        cashier: await visit(browser, { ...cashier, ready: cashierReady }),
        app: await visit(browser, { ...app, ready: appReady }),
      });
    }
    const isPayer = { name: 'sim_user', value: String(payerNo), domain, path: '/' };
    const taps = await tapsToPaid(browser, { ...app, cookies: [...app.cookies, isPayer] });
    return resultOf(visits, taps);
  } finally {
    await browser.close();
    await scene.close();
    await system.close();
  }
}

function resultOf(visits: readonly { cashier: Visit; app: Visit }[], taps: number): BenchResult {
  const appLcp = visits.map(({ app }) => app.lcpMs);
  const of = (read: (pair: { cashier: Visit; app: Visit }) => number) => median(visits.map(read));
  return {
    name: 'resident',
    ratio: of(({ app, cashier }) => app.lcpMs / cashier.lcpMs),
    rows: visits.length,
    figures: [
      { name: 'first load, as sent', value: of(({ app }) => app.bytes), unit: 'bytes' },
      {
        name: 'first load of the cashier page',
        value: of((pair) => pair.cashier.bytes),
        unit: 'bytes',
      },
      {
        name: 'scripts of the first load, gzip',
        value: sumOf(firstLoadScripts('bills')),
        unit: 'bytes',
      },
      { name: 'actions from open to paid (aim 2)', value: taps, unit: 'taps' },
      { name: 'requests before the button works', value: of(({ app }) => app.requests), unit: '' },
      { name: 'Largest Contentful Paint, median', value: median(appLcp), unit: 'ms' },
      { name: 'Largest Contentful Paint, p90', value: percentile(appLcp, 90), unit: 'ms' },
      { name: 'Largest Contentful Paint, best', value: Math.min(...appLcp), unit: 'ms' },
      {
        name: 'the same of the cashier page, median',
        value: of((pair) => pair.cashier.lcpMs),
        unit: 'ms',
      },
      { name: 'button works, median', value: of(({ app }) => app.readyMs), unit: 'ms' },
      {
        name: 'the same of the cashier page',
        value: of((pair) => pair.cashier.readyMs),
        unit: 'ms',
      },
    ],
    notes: [
      `The ratio is the app’s paint to the cashier page’s, the median of pairs. ${slowPhoneText}`,
      'Six bills.',
    ],
  };
}

function sumOf(scripts: readonly SentScript[]): number {
  return scripts.reduce((sum, { gzipBytes }) => sum + gzipBytes, 0);
}
