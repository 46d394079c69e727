import type { FastifyInstance } from 'fastify';
import { serveFile } from '../assets.ts';
import type { ChannelPart } from '../channel-part.ts';
import type { CoreDeps } from '../deps.ts';
import { registerWechatApi } from './api.ts';
import { registerBridge } from './bridge.ts';
import { registerWechatControl } from './control.ts';
import type { Deps } from './deps.ts';
import { createNotifier } from './notifier.ts';
import { registerOauth } from './oauth.ts';
import { collectLate, type PayDeps } from './pay.ts';
import { makePlatformCertificate, validCertificates } from './platform-keys.ts';
import { openRecords, orderKey } from './records.ts';
import { registerWallet } from './wallet.ts';

/** WeChat Pay: the merchant API at the root, the wallet, and what falls due later. */
export async function registerWechatPay(
  app: FastifyInstance,
  core: CoreDeps,
): Promise<ChannelPart> {
  const records = openRecords(core.store);
  const { clock } = core;
  if (validCertificates(records, clock).length === 0) await makePlatformCertificate(records, clock);
  const deps: Deps = { ...core, records };
  const payDeps: PayDeps = { ...deps, notifier: createNotifier(deps) };
  registerWechatApi(app, payDeps);
  registerOauth(app, deps);
  registerWallet(app, payDeps);
  registerBridge(app, payDeps);
  registerWechatControl(app, payDeps);
  serveFile(app, { path: '/wechat-pay/bridge.js', file: 'bridge.js', type: 'text/javascript' });
  return {
    nextDueAt: () => nextDueAt(payDeps),
    runDue: () => runDue(payDeps),
    reset: (withMerchants) => reset(payDeps, withMerchants),
  };
}

async function runDue(deps: PayDeps): Promise<void> {
  await Promise.all(deps.records.latePayments.values().map((late) => collectLate(deps, late)));
  await deps.notifier.sendDue();
}

function nextDueAt(deps: PayDeps): number | null {
  const expiries = deps.records.latePayments.values().map((late) => {
    const order = deps.records.orders.get(orderKey(late.mchid, late.outTradeNo));
    return order?.expireAt ?? Infinity;
  });
  const next = Math.min(deps.notifier.nextDueAt() ?? Infinity, ...expiries);
  return next === Infinity ? null : next;
}

function reset(deps: PayDeps, withMerchants: boolean): void {
  const { records, notifier } = deps;
  notifier.forget();
  records.orders.clear();
  records.notifications.clear();
  records.latePayments.clear();
  if (withMerchants) records.merchants.clear();
}
