import { type Fen, fen, sum } from '@wuye-pay/money';
import type { Tx } from '../../../platform/database/index.ts';
import type { Deps } from '../../../platform/deps.ts';
import { publish } from '../../../platform/outbox/index.ts';
import { type AccountCode, account, type NewTransfer, postTransfers } from '../../ledger/index.ts';
import {
  lockBalances,
  prepaymentChanged,
  returnPrepayments,
  settingOf,
  spread,
  usePrepayments,
} from '../../prepayment/index.ts';
import {
  lockSettleable,
  payFromBalances,
  type SettleableBill,
  takenFromBalances,
} from '../store/balance-bill-store.ts';

/** The fact behind a use of balances, and who did it. */
export interface BalanceUse {
  /** A run, or a use by hand: it settles once. */
  readonly sourceId: string;
  readonly reason: 'publish' | 'by-hand' | 'by-resident';
  readonly actor: string;
}

type UseDeps = Pick<Deps, 'clock'>;

/**
 * Settles open bills of units out of what they paid ahead, oldest first, as far as it goes: two
 * statements and one posting, however many there are. Locks the bills in key order, then the
 * balances.
 * @param use.onlyAuto leaves out units that do not let new bills take their balance
 */
export async function settleFromBalances(
  tx: Tx,
  deps: UseDeps,
  use: BalanceUse & { readonly unitIds: readonly string[]; readonly onlyAuto: boolean },
): Promise<Fen> {
  if (use.unitIds.length === 0) return fen(0);
  const bills = await lockSettleable(tx, use.unitIds);
  const [balances, { shortBalance }] = await Promise.all([
    lockBalances(tx, use.unitIds),
    settingOf(tx),
  ]);
  const usable = balances.filter(({ usesItself }) => usesItself || !use.onlyAuto);
  const freeFen = new Map(
    usable.map(({ unitId, balanceFen, reservedFen }) => [unitId, balanceFen - reservedFen]),
  );
  const lines = spread({ bills, freeFen, shortBalance });
  const known = new Map(bills.map((bill) => [bill.billId, bill]));
  await settleLines(
    tx,
    deps,
    use,
    lines.flatMap((line) => {
      const bill = known.get(line.billId);
      return bill ? [{ ...bill, amountFen: line.amountFen }] : [];
    }),
  );
  return sum(lines.map(({ amountFen }) => amountFen));
}

/** A bill, and what of it a balance settles. */
export type BalanceLine = Omit<SettleableBill, 'openFen'> & { readonly amountFen: Fen };

/** The same for amounts that somebody chose. The caller holds the locks of bills and balances. */
export async function settleLines(
  tx: Tx,
  deps: UseDeps,
  { sourceId, reason, actor }: BalanceUse,
  lines: readonly BalanceLine[],
): Promise<void> {
  if (lines.length === 0) return;
  const at = deps.clock.now();
  await payFromBalances(tx, lines);
  await usePrepayments(tx, { sourceId, reason, actor, at, lines });
  const { posted } = await postTransfers(tx, deps, {
    key: `prepayment.use:${sourceId}`,
    kind: 'prepayment.use',
    sourceId,
    postedAt: at,
    transfers: transfersOf(lines),
  });
  if (!posted) throw new Error(`balances were used for ${sourceId} before`);
  await tell(tx, deps, sourceId, lines);
}

/** A run that is voided gives back what its bills took. The caller holds the bills' locks. */
export async function returnToBalances(
  tx: Tx,
  deps: UseDeps,
  run: { readonly runId: string; readonly actor: string },
): Promise<void> {
  const lines = await takenFromBalances(tx, run.runId);
  if (lines.length === 0) return;
  const at = deps.clock.now();
  await lockBalances(tx, [...new Set(lines.map(({ unitId }) => unitId))]);
  const move = { sourceId: run.runId, reason: 'run-voided', actor: run.actor, at };
  await returnPrepayments(tx, { ...move, lines });
  await postTransfers(tx, deps, {
    key: `prepayment.return:${run.runId}`,
    kind: 'prepayment.return',
    sourceId: run.runId,
    postedAt: at,
    transfers: transfersOf(lines).map(({ debit, credit, amountFen }) => ({
      debit: credit,
      credit: debit,
      amountFen,
    })),
  });
  await tell(tx, deps, run.runId, lines);
}

/** One transfer a community and fee item. */
function transfersOf(lines: readonly BalanceLine[]): NewTransfer[] {
  const totals = new Map<AccountCode, { debit: AccountCode; amountFen: Fen }>();
  for (const { communityId, feeItemId, amountFen } of lines) {
    const credit = account.receivable(communityId, feeItemId);
    const before = totals.get(credit)?.amountFen ?? 0;
    totals.set(credit, {
      debit: account.prepayment(communityId),
      amountFen: fen(before + amountFen),
    });
  }
  return [...totals].map(([credit, { debit, amountFen }]) => ({ debit, credit, amountFen }));
}

async function tell(
  tx: Tx,
  deps: UseDeps,
  sourceId: string,
  lines: readonly { readonly unitId: string }[],
): Promise<void> {
  const [first, ...others] = new Set(lines.map(({ unitId }) => unitId));
  const unitId = others.length > 0 ? null : (first ?? null);
  await publish(tx, deps.clock, prepaymentChanged(sourceId, unitId));
}
