import type { FastifyInstance } from 'fastify';
import type { ChannelPart } from '../channel-part.ts';
import type { CoreDeps } from '../deps.ts';
import { registerApi } from './api.ts';
import { registerEcnyControl } from './control.ts';
import { createEcnyNotifier } from './notices.ts';
import { collectLate } from './pay.ts';
import { type Deps, openRecords, type PayDeps } from './records.ts';
import { finishDue } from './refunds.ts';
import { registerWallet } from './wallet.ts';

/**
 * 数字人民币 through a bank's aggregate interface. No such interface is public: this protocol is
 * our own invention in their manner. See the README.
 */
export function registerEcny(app: FastifyInstance, core: CoreDeps): ChannelPart {
  const deps: Deps = { ...core, records: openRecords(core.store) };
  const payDeps: PayDeps = { ...deps, notifier: createEcnyNotifier(deps) };
  registerApi(app, payDeps);
  registerWallet(app, payDeps);
  registerEcnyControl(app, payDeps);
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
  const { latePayments, orders, refunds } = deps.records;
  const expiries = latePayments.values().map(({ key }) => orders.get(key)?.expireAt ?? Infinity);
  const ends = refunds.values().map((one) => one.finishAt ?? Infinity);
  const next = Math.min(deps.notifier.nextDueAt() ?? Infinity, ...expiries, ...ends);
  return next === Infinity ? null : next;
}

function reset({ records, notifier }: PayDeps, withMerchants: boolean): void {
  notifier.forget();
  records.orders.clear();
  records.refunds.clear();
  records.notices.clear();
  records.latePayments.clear();
  records.codes.clear();
  if (withMerchants) records.merchants.clear();
}
