import type { Fen } from '@wuye-pay/money';
import type { Tx } from '../../../platform/database/index.ts';
import { newId } from '../../../platform/id.ts';
import { once } from '../../../platform/idempotency.ts';
import { settleLines } from '../../billing/index.ts';
import { requireFree } from '../../prepayment/index.ts';
import { reach } from '../checkpoints.ts';
import { type PaymentDeps, type PaymentInputDeps, withChannels } from '../deps.ts';
import { paymentErrors } from '../errors.ts';
import { maxRounds } from '../limits.ts';
import { checkAmount, HeldByOthers, lockWanted } from './payable-bills.ts';
import { takeOver } from './take-over.ts';

export interface BalancePayment {
  readonly companyId: string;
  readonly unitId: string;
  readonly billIds: readonly string[];
  /** Bills of which only this much is to be paid, by id; the others whole. */
  readonly partsFen: ReadonlyMap<string, number>;
  /** What the payer was told. */
  readonly amountFen: number;
  /** Who wants it, and as whom takeovers are counted. */
  readonly by: { readonly key: string; readonly name: string };
  readonly idempotencyKey: string;
}

export interface BalancePaid {
  readonly usedFen: Fen;
  readonly balanceFen: Fen;
}

/**
 * Pays bills of a home out of what it has paid ahead. Payments in progress are ended first, by
 * query and close at the channel. The same key gives the first answer again.
 * @throws BILLS_NOT_PAYABLE, BILLS_JUST_PAID, PAYMENT_IN_PROGRESS, TAKEOVER_TOO_OFTEN,
 *   PART_TOO_LARGE, DESK_AMOUNT_DIFFERS, PREPAYMENT_TOO_SMALL, IDEMPOTENCY_KEY_REUSED
 */
export async function payFromBalance(
  input: PaymentInputDeps,
  wish: BalancePayment,
): Promise<BalancePaid> {
  const deps = withChannels(input);
  const { companyId, by } = wish;
  for (let round = 1; round <= maxRounds; round += 1) {
    const done = await payOnce(deps, wish);
    if (!(done instanceof HeldByOthers)) return done;
    const who = { key: by.key, isDesk: false, actor: 'takeover' };
    await takeOver(deps, { companyId, paymentIds: done.paymentIds, by: who });
  }
  throw paymentErrors.PAYMENT_IN_PROGRESS();
}

async function payOnce(
  deps: PaymentDeps,
  wish: BalancePayment,
): Promise<BalancePaid | HeldByOthers> {
  const { companyId, unitId, by, amountFen } = wish;
  const billIds = [...new Set(wish.billIds)].sort();
  const request = { unitId, billIds, parts: Object.fromEntries(wish.partsFen), amountFen };
  const key = `${by.key}/${wish.idempotencyKey}`;
  try {
    const paid = await deps.db.transaction(companyId, (tx) =>
      once(tx, deps.clock, { scope: 'prepayment.use', key, request }, () => pay(tx, deps, wish)),
    );
    reach(deps, 'balance.use.committed');
    return paid;
  } catch (error) {
    if (error instanceof HeldByOthers) return error;
    throw error;
  }
}

async function pay(tx: Tx, deps: PaymentDeps, wish: BalancePayment): Promise<BalancePaid> {
  const { bills, lines, amountFen, holders } = await lockWanted(tx, wish);
  if (holders.length > 0) throw new HeldByOthers(holders);
  checkAmount(amountFen, wish.amountFen);
  const balance = await requireFree(tx, { unitId: wish.unitId, amountFen });
  const use = { sourceId: newId(deps.clock.now()), actor: wish.by.name } as const;
  const amounts = new Map(lines.map((line) => [line.billId, line.amountFen]));
  await settleLines(
    tx,
    deps,
    { ...use, reason: 'by-resident' },
    bills.map(({ id, ...bill }) => ({
      ...bill,
      billId: id,
      amountFen: amounts.get(id) ?? bill.openFen,
    })),
  );
  reach(deps, 'balance.use.written');
  return { usedFen: amountFen, balanceFen: (balance.balanceFen - amountFen) as Fen };
}
