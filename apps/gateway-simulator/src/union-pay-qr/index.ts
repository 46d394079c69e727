import type { FastifyInstance } from 'fastify';
import type { ChannelPart } from '../channel-part.ts';
import type { CoreDeps } from '../deps.ts';
import { registerGateway } from './api.ts';
import { registerCashier } from './cashier.ts';
import { registerQrControl } from './control.ts';
import type { Deps, PayDeps } from './deps.ts';
import { createGrants, registerLogin } from './login.ts';
import { createQrNotifier } from './notifier.ts';
import { collectLate } from './pay.ts';
import { openRecords } from './records.ts';
import { finishDue } from './refunds.ts';

/** UnionPay's XML access of an acquirer (条码前置): 云闪付 and bank apps after authorisation. */
export function registerUnionPayQr(app: FastifyInstance, core: CoreDeps): ChannelPart {
  const deps: Deps = { ...core, records: openRecords(core.store) };
  const payDeps: PayDeps = { ...deps, notifier: createQrNotifier(deps) };
  const grants = createGrants(deps);
  registerGateway(app, payDeps, grants);
  registerLogin(app, deps, grants);
  registerCashier(app, payDeps);
  registerQrControl(app, payDeps);
  return {
    nextDueAt: () => nextDueAt(payDeps),
    runDue: () => runDue(payDeps),
    reset: (withMerchants) => reset(payDeps, withMerchants),
  };
}

async function runDue(deps: PayDeps): Promise<void> {
  await Promise.all(deps.records.latePayments.values().map((late) => collectLate(deps, late)));
  finishDue(deps);
  await deps.notifier.sendDue();
}

function nextDueAt(deps: PayDeps): number | null {
  const { latePayments, orders, unfinished } = deps.records;
  const expiries = latePayments.values().map(({ key }) => orders.get(key)?.expireAt ?? Infinity);
  const ends = unfinished.values().map((one) => one.finishAt);
  const next = Math.min(deps.notifier.nextDueAt() ?? Infinity, ...expiries, ...ends);
  return next === Infinity ? null : next;
}

function reset(deps: PayDeps, withMerchants: boolean): void {
  const { records, notifier } = deps;
  notifier.forget();
  records.orders.clear();
  records.refunds.clear();
  records.notifications.clear();
  records.latePayments.clear();
  records.unfinished.clear();
  if (withMerchants) records.merchants.clear();
}
