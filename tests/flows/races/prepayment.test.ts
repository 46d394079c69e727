import { fen } from '@wuye-pay/money';
import { afterAll, expect, test } from 'vitest';
import { draftRun } from '../../../apps/server/src/modules/billing/use-cases/draft-run.ts';
import { publishRun } from '../../../apps/server/src/modules/billing/use-cases/publish-run.ts';
import { voidRun } from '../../../apps/server/src/modules/billing/use-cases/void-run.ts';
import {
  confirmPayment,
  payFromBalance,
  startPayment,
} from '../../../apps/server/src/modules/payment/index.ts';
import { newId } from '../../../apps/server/src/platform/id.ts';
import { billsOf } from '../../../apps/server/test/billing-builders.ts';
import { givenAssigned, givenFee } from '../../../apps/server/test/charging-builders.ts';
import { givenUnit } from '../../../apps/server/test/estate-builders.ts';
import { givenSystem } from '../../../apps/server/test/harness.ts';
import { payer, paymentWorld } from '../../../apps/server/test/payment-builders.ts';
import { checkInvariants } from '../../../apps/server/test/payment-invariants.ts';
import {
  balanceFenOf,
  balanceProblems,
  givenBalance,
} from '../../../apps/server/test/prepayment-builders.ts';

const system = await givenSystem();
afterAll(() => system.close());

test.each([1, 2, 3])(
  'published, voided, paid ahead and used at once, 32 callers: every fen is in one place (%i)',
  async (round) => {
    const world = await paymentWorld(system);
    const { companyId, staff: actor, deps, channel } = world;
    const { unitId, communityId } = await givenUnit(system, { companyId, community: '一期' });
    const fee = await givenFee(system, { companyId });
    await givenAssigned(system, fee, { communityId }, { companyId });
    await givenBalance(system, { unitId, amountFen: 300_00, companyId });
    const month = '2026-11-01';
    const { runId } = await draftRun(system.deps, { companyId, communityId, month, actor });
    const [bill] = await billsOf(system, runId);
    const command = { companyId, runId, actor };
    if (round === 3) await publishRun(system.deps, command);
    const results = await Promise.allSettled(
      Array.from({ length: 32 }, (_, index): Promise<unknown> => {
        switch (index % 4) {
          case 0:
            return publishRun(system.deps, command);
          case 1:
            return round === 1
              ? publishRun(system.deps, command)
              : voidRun(system.deps, { ...command, reason: '录错' });
          case 2:
            return startPayment(deps, {
              ...{ companyId, unitId, billIds: [], topUpFen: fen(10_00) },
              ...{ payer: payer(`人${index}`), product: 'jsapi', source: 'resident' },
            });
          default:
            return payFromBalance(deps, {
              ...{ companyId, unitId, billIds: [bill?.id ?? ''], partsFen: new Map() },
              amountFen: 254_70,
              by: { key: `resident/${index}`, name: '住户' },
              idempotencyKey: newId(system.clock.now()),
            });
        }
      }),
    );
    for (const result of results) {
      if (result.status === 'rejected') expect(result.reason).toHaveProperty('code');
    }
    await Promise.all(
      [...channel.orders.keys()].map((orderNo) =>
        confirmPayment(deps, { companyId, source: 'notification', trade: channel.pay(orderNo) }),
      ),
    );
    const [after] = await billsOf(system, runId);
    const isVoid = after?.state === 'void';
    const left = await balanceFenOf(system, unitId, companyId);
    expect(left).toBe(380_00 - (isVoid ? 0 : 254_70));
    expect(after?.paidFen).toBe(isVoid ? 0 : 254_70);
    expect(await balanceProblems(system, companyId)).toEqual([]);
    await checkInvariants(world, channel);
  },
);
