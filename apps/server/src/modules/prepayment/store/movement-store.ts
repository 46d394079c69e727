import { type Fen, fen, subtract } from '@wuye-pay/money';
import { sql, type Tx } from '../../../platform/database/index.ts';
import { newId } from '../../../platform/id.ts';
import type { SpreadLine } from '../domain/spread.ts';
import { takeReserved } from './balance-store.ts';

/** What a movement is of, beside its lines. */
export interface BalanceMove {
  /** The payment, the run or the use behind it. */
  readonly sourceId: string;
  /** A word of `domain/wording.ts`. */
  readonly reason: string;
  readonly actor: string;
  readonly at: Date;
}

/** Money that was paid ahead arrives. The posting is the caller's: it knows where the money lies. */
export async function creditPrepayment(
  tx: Tx,
  move: BalanceMove & {
    readonly unitId: string;
    readonly communityId: string;
    readonly amountFen: Fen;
    readonly paymentId: string;
  },
): Promise<void> {
  await tx.run(sql`
    with changed as (
      insert into prepayment.balance (company_id, id, community_id, balance_fen, changed_at)
      values (${tx.companyId}, ${move.unitId}, ${move.communityId}, ${move.amountFen}, ${move.at})
      on conflict (company_id, id) do update
        set balance_fen = balance.balance_fen + excluded.balance_fen,
          changed_at = excluded.changed_at
      returning company_id, id, balance_fen
    )
    insert into prepayment.movement (company_id, id, unit_id, kind, amount_fen, balance_after_fen,
      source_id, payment_id, reason, actor, at)
    select changed.company_id, ${newId(move.at)}, changed.id, 'top-up', ${move.amountFen},
      changed.balance_fen, ${move.sourceId}, ${move.paymentId}, ${move.reason}, ${move.actor},
      ${move.at}
    from changed where changed.company_id = ${tx.companyId}`);
}

/**
 * Takes out of balances what settles bills, in one statement however many there are. The caller
 * has locked the balances, settled the bills and posts the transfers.
 */
export async function usePrepayments(
  tx: Tx,
  move: BalanceMove & { readonly lines: readonly SpreadLine[] },
): Promise<void> {
  await moveMany(tx, 'use', move);
}

/** Gives back to balances what bills took that are not owed any more. */
export async function returnPrepayments(
  tx: Tx,
  move: BalanceMove & { readonly lines: readonly SpreadLine[] },
): Promise<void> {
  await moveMany(tx, 'return', move);
}

/** Gives back to a payer what was reserved of a balance for it. */
export async function refundPrepayment(
  tx: Tx,
  move: BalanceMove & {
    readonly unitId: string;
    readonly amountFen: Fen;
    readonly paymentId: string;
  },
): Promise<void> {
  const balanceFen = await takeReserved(tx, move);
  await tx.run(sql`
    insert into prepayment.movement (company_id, id, unit_id, kind, amount_fen, balance_after_fen,
      source_id, payment_id, reason, actor, at)
    values (${tx.companyId}, ${newId(move.at)}, ${move.unitId}, 'refund',
      ${subtract(fen(0), move.amountFen)}, ${balanceFen},
      ${move.sourceId}, ${move.paymentId}, ${move.reason}, ${move.actor},
      ${move.at})`);
}

async function moveMany(
  tx: Tx,
  kind: 'use' | 'return',
  { lines, ...move }: BalanceMove & { readonly lines: readonly SpreadLine[] },
): Promise<void> {
  const sign = kind === 'use' ? -1 : 1;
  const written = await tx.run(sql`
    with line as (
      select l.id, l.unit_id, l.bill_id, ${sign} * l.amount_fen as amount_fen
      from unnest(${lines.map(() => newId(move.at))}::uuid[],
        ${lines.map(({ unitId }) => unitId)}::uuid[], ${lines.map(({ billId }) => billId)}::uuid[],
        ${lines.map(({ amountFen }) => amountFen)}::bigint[])
        as l (id, unit_id, bill_id, amount_fen)
    ), total as (
      select unit_id, sum(amount_fen)::bigint as amount_fen from line group by unit_id
    ), changed as (
      update prepayment.balance as balance
      set balance_fen = balance.balance_fen + total.amount_fen, changed_at = ${move.at}
      from total
      where balance.company_id = ${tx.companyId} and balance.id = total.unit_id
      returning balance.company_id, balance.id,
        balance.balance_fen - total.amount_fen as before_fen
    )
    insert into prepayment.movement (company_id, id, unit_id, kind, amount_fen, balance_after_fen,
      source_id, bill_id, reason, actor, at)
    select changed.company_id, line.id, line.unit_id, ${kind}, line.amount_fen,
      changed.before_fen + sum(line.amount_fen)
        over (partition by line.unit_id order by line.id)::bigint,
      ${move.sourceId}, line.bill_id, ${move.reason}, ${move.actor}, ${move.at}
    from line join changed on changed.id = line.unit_id
    where changed.company_id = ${tx.companyId}`);
  if (written !== lines.length) throw new Error('a unit has no balance to move');
}
