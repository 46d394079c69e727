import type { FastifyInstance } from 'fastify';
import { serveFile } from '../assets.ts';
import type { ChannelPart } from '../channel-part.ts';
import type { CoreDeps } from '../deps.ts';
import { registerBillDownload } from './bill-download.ts';
import { registerBridge } from './bridge.ts';
import { registerCashier } from './cashier.ts';
import { registerAlipayControl } from './control.ts';
import type { PayDeps } from './deps.ts';
import { registerGateway } from './gateway.ts';
import { createAlipayNotifier } from './notification.ts';
import { registerOauth } from './oauth.ts';
import { collectLate } from './pay.ts';
import { openRecords, tradeKey } from './records.ts';
import { finishRefund } from './refunds.ts';
import { registerWallet } from './wallet.ts';

/** Alipay: the v2 gateway, its pages and wallet, and what falls due later. */
export function registerAlipay(app: FastifyInstance, core: CoreDeps): ChannelPart {
  const records = openRecords(core.store);
  const deps: PayDeps = { ...core, records, notifier: createAlipayNotifier({ ...core, records }) };
  registerGateway(app, deps);
  registerOauth(app, deps);
  registerCashier(app, deps);
  registerWallet(app, deps);
  registerBridge(app, deps);
  registerBillDownload(app, deps);
  registerAlipayControl(app, deps);
  serveFile(app, { path: '/alipay/bridge.js', file: 'alipay-bridge.js', type: 'text/javascript' });
  return {
    nextDueAt: () => nextDueAt(deps),
    runDue: () => runDue(deps),
    reset: (withMerchants) => reset(deps, withMerchants),
    // What is under way stays due in the journal.
    stop: () => deps.notifier.forget(),
  };
}

async function runDue(deps: PayDeps): Promise<void> {
  const now = deps.clock.scheduleNow();
  const { latePayments, refunds } = deps.records;
  await Promise.all(latePayments.values().map((late) => collectLate(deps, late)));
  for (const one of refunds.values()) {
    if (one.dueAt !== null && one.dueAt <= now) finishRefund(deps, one, one.dueOutcome);
  }
  await deps.notifier.sendDue();
}

function nextDueAt(deps: PayDeps): number | null {
  const { latePayments, refunds, trades } = deps.records;
  const expiries = latePayments.values().map((late) => trades.get(tradeKey(late))?.expireAt);
  const refundTimes = refunds.values().map((one) => one.dueAt);
  const times = [deps.notifier.nextDueAt(), ...expiries, ...refundTimes];
  const next = Math.min(...times.map((at) => at ?? Infinity));
  return next === Infinity ? null : next;
}

function reset(deps: PayDeps, withMerchants: boolean): void {
  const { records, notifier } = deps;
  notifier.forget();
  records.trades.clear();
  records.refunds.clear();
  records.latePayments.clear();
  records.codes.clear();
  records.agreements.clear();
  records.events.clear();
  if (withMerchants) records.applications.clear();
}
