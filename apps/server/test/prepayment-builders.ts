import { fen } from '@wuye-pay/money';
import { account, balanceOn, postTransfers } from '../src/modules/ledger/index.ts';
import {
  balanceOf,
  creditPrepayment,
  type PrepaymentSetting,
} from '../src/modules/prepayment/index.ts';
import { changeSetting } from '../src/modules/prepayment/use-cases/change-setting.ts';
import { sql } from '../src/platform/database/index.ts';
import { newId } from '../src/platform/id.ts';
import type { TestSystem } from './harness.ts';

export interface GivenBalance {
  readonly unitId: string;
  readonly amountFen: number;
  readonly companyId?: string;
}

/** Money paid ahead in cash, with its posting, as the desk takes it. */
export async function givenBalance(system: TestSystem, given: GivenBalance): Promise<void> {
  const { deps, clock } = system;
  const at = clock.now();
  await deps.db.transaction(given.companyId ?? system.companyId, async (tx) => {
    const { communityId } = await tx.one(sql<{ communityId: string }>`
      select community_id as "communityId" from estate.pub_unit
      where company_id = ${tx.companyId} and id = ${given.unitId}`);
    const sourceId = newId(at);
    const amountFen = fen(given.amountFen);
    const move = { sourceId, paymentId: sourceId, reason: 'desk', actor: '测试员', at };
    await creditPrepayment(tx, { ...move, unitId: given.unitId, communityId, amountFen });
    await postTransfers(tx, deps, {
      key: `test.top-up:${sourceId}`,
      kind: 'test.top-up',
      sourceId,
      postedAt: at,
      transfers: [
        { debit: account.cash(communityId), credit: account.prepayment(communityId), amountFen },
      ],
    });
  });
}

export async function givenPrepaymentSetting(
  system: TestSystem,
  change: Partial<PrepaymentSetting>,
  companyId = system.companyId,
): Promise<void> {
  const setting = { shortBalance: 'part', allowsPart: true, ceiling: null, ...change } as const;
  await changeSetting(system.deps, { actor: { ...system.staff, companyId }, setting });
}

export async function balanceFenOf(
  system: TestSystem,
  unitId: string,
  companyId = system.companyId,
): Promise<number> {
  const balances = await system.deps.db.read(companyId, (tx) => balanceOf(tx, [unitId]));
  return balances.get(unitId)?.balanceFen ?? 0;
}

/** What is wrong with the balances of a company: one sentence each. */
export async function balanceProblems(
  system: Pick<TestSystem, 'deps' | 'clock'>,
  companyId: string,
): Promise<string[]> {
  return await system.deps.db.read(companyId, async (tx) => {
    const units = await tx.many(sql<{ unitId: string; balance: number; moved: number }>`
      select balance.id as "unitId", balance.balance_fen as balance,
        coalesce(sum(moved.amount_fen), 0)::bigint as moved
      from prepayment.balance as balance
      left join prepayment.movement as moved on moved.company_id = balance.company_id
        and moved.unit_id = balance.id
      where balance.company_id = ${companyId}
      group by balance.id, balance.balance_fen`);
    const bills = await tx.many(sql<{ billId: string; has: number; moved: number }>`
      select bill.id as "billId", bill.from_balance_fen as has,
        coalesce(-sum(moved.amount_fen), 0)::bigint as moved
      from billing.bill as bill
      left join prepayment.movement as moved on moved.company_id = bill.company_id
        and moved.bill_id = bill.id
      where bill.company_id = ${companyId}
      group by bill.id, bill.from_balance_fen
      having bill.from_balance_fen <> coalesce(-sum(moved.amount_fen), 0)`);
    const communities = await tx.many(sql<{ communityId: string; sum: number }>`
      select community_id as "communityId", sum(balance_fen)::bigint as sum
      from prepayment.balance where company_id = ${companyId} group by community_id`);
    const controls = await Promise.all(
      communities.map(async ({ communityId, sum }) => {
        const booked = await balanceOn(tx, account.prepayment(communityId), system.clock.now());
        return booked === sum ? [] : [`community ${communityId}: booked ${booked}, units ${sum}`];
      }),
    );
    return [
      ...units.flatMap(({ unitId, balance, moved }) =>
        balance === moved ? [] : [`unit ${unitId} has ${balance}, its movements say ${moved}`],
      ),
      ...bills.map(({ billId, has, moved }) => `bill ${billId} has ${has}, movements say ${moved}`),
      ...controls.flat(),
    ];
  });
}
