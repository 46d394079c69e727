import type { FastifyInstance } from 'fastify';
import type { ChannelPart } from '../channel-part.ts';
import type { CoreDeps } from '../deps.ts';
import { registerGateway } from './api.ts';
import { registerCashier } from './cashier.ts';
import { codeTable } from './codes.ts';
import { confirmationTable } from './confirmations.ts';
import { registerUnionPayControl } from './control.ts';
import type { Deps, PayDeps } from './deps.ts';
import { registerFront } from './front.ts';
import { createUnionPayNotifier } from './notifier.ts';
import { registerPageAssets } from './page-assets.ts';
import { collectLate } from './pay.ts';
import { openRecords } from './records.ts';
import { finishDue } from './reversals.ts';
import { registerWallet } from './wallet.ts';

/** UnionPay's gateway 5.1.0: the merchant API, the cashier pages, and what falls due later. */
export function registerUnionPay(app: FastifyInstance, core: CoreDeps): ChannelPart {
  // UnionPay waits ten seconds for the answer to a notification, twice as long as others.
  const answerTimeoutMs = 2 * core.answerTimeoutMs;
  const deps: Deps = { ...core, answerTimeoutMs, records: openRecords(core.store) };
  const payDeps: PayDeps = { ...deps, notifier: createUnionPayNotifier(deps) };
  registerGateway(app, payDeps);
  registerFront(app, payDeps);
  registerCashier(app, payDeps);
  registerWallet(app, payDeps);
  registerPageAssets(app);
  registerUnionPayControl(app, payDeps);
  return {
    nextDueAt: () => nextDueAt(payDeps),
    runDue: () => runDue(payDeps),
    reset: (withMerchants) => reset(payDeps, withMerchants),
  };
}

async function runDue(deps: PayDeps): Promise<void> {
  await Promise.all(deps.records.latePayments.values().map((late) => collectLate(deps, late)));
  await finishDue(deps);
  await deps.notifier.sendDue();
}

function nextDueAt(deps: PayDeps): number | null {
  const { latePayments, trades, unfinished } = deps.records;
  const expiries = latePayments.values().map(({ key }) => {
    const order = trades.get(key);
    return order?.kind === 'consume' ? order.expireAt : Infinity;
  });
  const ends = unfinished.values().map((one) => one.finishAt);
  const next = Math.min(deps.notifier.nextDueAt() ?? Infinity, ...expiries, ...ends);
  return next === Infinity ? null : next;
}

function reset(deps: PayDeps, withMerchants: boolean): void {
  const { records, notifier, store } = deps;
  notifier.forget();
  records.trades.clear();
  records.notifications.clear();
  records.latePayments.clear();
  records.unfinished.clear();
  codeTable(store).clear();
  confirmationTable(store).clear();
  if (withMerchants) records.merchants.clear();
}
