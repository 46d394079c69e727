import type { FastifyInstance } from 'fastify';
import { serveFile } from '../assets.ts';
import type { ChannelPart } from '../channel-part.ts';
import type { CoreDeps } from '../deps.ts';
import { registerWechatApi } from './api.ts';
import { registerBridge } from './bridge.ts';
import { registerCodes } from './codes.ts';
import { registerWechatControl } from './control.ts';
import { registerMoneyControl } from './control-money.ts';
import { registerPayerControl } from './control-payers.ts';
import type { Deps } from './deps.ts';
import { registerH5 } from './h5.ts';
import { createNotifier } from './notifier.ts';
import { registerOauth } from './oauth.ts';
import { collectLate, type PayDeps } from './pay.ts';
import { makePlatformCertificate, validCertificates } from './platform-keys.ts';
import { openRecords, orderKey } from './records.ts';
import { finishDueRefunds } from './refunds.ts';
import { registerV2 } from './v2/api.ts';
import { runDueDebits } from './v2/debits.ts';
import { registerEntrustPages } from './v2/entrust-pages.ts';
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
  const logins = registerOauth(app, payDeps);
  registerWallet(app, payDeps);
  registerBridge(app, payDeps);
  registerV2(app, payDeps);
  registerH5(app, payDeps);
  registerCodes(app, payDeps);
  registerEntrustPages(app, payDeps);
  registerWechatControl(app, payDeps);
  registerMoneyControl(app, payDeps);
  registerPayerControl(app, payDeps, logins);
  serveFile(app, { path: '/wechat-pay/bridge.js', file: 'bridge.js', type: 'text/javascript' });
  return {
    nextDueAt: () => nextDueAt(payDeps),
    runDue: () => runDue(payDeps),
    reset: (withMerchants) => reset(payDeps, withMerchants),
  };
}

async function runDue(deps: PayDeps): Promise<void> {
  await Promise.all(deps.records.latePayments.values().map((late) => collectLate(deps, late)));
  await Promise.all([finishDueRefunds(deps), runDueDebits(deps)]);
  await deps.notifier.sendDue();
}

function nextDueAt(deps: PayDeps): number | null {
  const expiries = deps.records.latePayments.values().map((late) => {
    const order = deps.records.orders.get(orderKey(late.mchid, late.outTradeNo));
    return order?.expireAt ?? Infinity;
  });
  const refunds = deps.records.refunds.values().map((one) => one.finishAt ?? Infinity);
  const debits = deps.records.debits.values().map((one) => one.at);
  const all = [deps.notifier.nextDueAt() ?? Infinity, ...expiries, ...refunds, ...debits];
  const next = all.reduce((least, one) => Math.min(least, one), Infinity);
  return next === Infinity ? null : next;
}

function reset(deps: PayDeps, withMerchants: boolean): void {
  const { records, notifier } = deps;
  notifier.forget();
  records.orders.clear();
  records.notifications.clear();
  records.latePayments.clear();
  records.refunds.clear();
  records.codes.clear();
  records.contracts.clear();
  records.debits.clear();
  if (withMerchants) records.merchants.clear();
}
