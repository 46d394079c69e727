import { fen } from '@wuye-pay/money';
import { settleFromBalances } from '../../../apps/server/src/modules/billing/index.ts';
import { payFromBalance, startPayment } from '../../../apps/server/src/modules/payment/index.ts';
import { newId } from '../../../apps/server/src/platform/id.ts';
import { billsOf, partOf, payerOf } from './chosen.ts';
import { type Of, type Stage, sameAsBefore } from './stage.ts';

/** Money paid ahead for the home; the same key is the same payment for ever. */
export async function payAhead(stage: Stage, step: Of<'top-up'>): Promise<unknown> {
  const { world, process } = stage;
  const started = await startPayment(process, {
    ...payerOf(world, step),
    unitId: world.company.unitId,
    billIds: [],
    topUpFen: fen(step.amount),
    product: 'jsapi',
    source: 'resident',
    idempotencyKey: `ahead-${step.key}-${step.amount}`,
  });
  const key = `ahead-${step.who}-${step.wallet}-${step.key}-${step.amount}`;
  sameAsBefore(stage, key, started.paymentId);
  return started;
}

export async function useBalance(stage: Stage, step: Of<'use'>): Promise<unknown> {
  const { world, process, seen } = stage;
  const open = new Map(
    seen.bills.map(({ id, amount, paid, waived }) => [id, amount - paid - waived]),
  );
  const chosen = billsOf(world, step.bills).filter(({ id }) => (open.get(id) ?? 0) > 0);
  const partsFen = new Map(
    chosen.map(({ id }) => [id, partOf({ amountFen: open.get(id) ?? 0 }, step.share)]),
  );
  const amountFen = [...partsFen.values()].reduce((all, one) => all + one, 0);
  if (amountFen === 0) return undefined;
  // Another amount is another wish.
  const key = `use-${step.key}-${step.bills}-${step.share}-${[...partsFen.values()].join()}`;
  const paid = await payFromBalance(process, {
    companyId: world.company.companyId,
    unitId: world.company.unitId,
    billIds: chosen.map(({ id }) => id),
    partsFen,
    amountFen,
    by: { key: 'resident/1', name: '住户' },
    idempotencyKey: key,
  });
  sameAsBefore(stage, key, paid);
  return paid;
}

/** As publishing does for the bills that are there. */
export async function useAll({ world, process }: Stage): Promise<unknown> {
  const { companyId, unitId, parkingId } = world.company;
  return await process.db.transaction(companyId, (tx) =>
    settleFromBalances(tx, process, {
      sourceId: newId(world.clock.now()),
      reason: 'publish',
      actor: '小何',
      unitIds: [unitId, parkingId],
      onlyAuto: true,
    }),
  );
}
