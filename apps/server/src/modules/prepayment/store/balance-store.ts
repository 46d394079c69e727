import { type Fen, fen, subtract, yuanText } from '@wuye-pay/money';
import { sql, type Tx } from '../../../platform/database/index.ts';
import { prepaymentErrors } from '../errors.ts';
import type { UnitBalance } from '../queries/balance-of.ts';

const columns = sql`id as "unitId", community_id as "communityId", balance_fen as "balanceFen",
  reserved_fen as "reservedFen", uses_itself as "usesItself"`;

/** Locks the balances of units in key order. Comes after payments and bills. */
export async function lockBalances(tx: Tx, unitIds: readonly string[]): Promise<UnitBalance[]> {
  const rows = await tx.many(sql<UnitBalance>`
    select ${columns} from prepayment.balance
    where company_id = ${tx.companyId} and id = any (${unitIds}::uuid[])
    order by id
    for update`);
  return rows.map((row) => ({
    ...row,
    balanceFen: fen(row.balanceFen),
    reservedFen: fen(row.reservedFen),
  }));
}

interface Home {
  readonly unitId: string;
  readonly communityId: string;
}

/** The same of one unit, which gets an empty balance when it has none: what begins at once waits. */
export async function lockOrMakeBalance(tx: Tx, home: Home): Promise<UnitBalance> {
  await tx.run(sql`
    insert into prepayment.balance (company_id, id, community_id)
    values (${tx.companyId}, ${home.unitId}, ${home.communityId})
    on conflict (company_id, id) do nothing`);
  const [balance] = await lockBalances(tx, [home.unitId]);
  if (!balance) throw new Error(`unit ${home.unitId} has no balance`);
  return balance;
}

export async function setUsesItself(
  tx: Tx,
  { unitId, communityId, usesItself }: Home & { readonly usesItself: boolean },
): Promise<void> {
  await tx.run(sql`
    insert into prepayment.balance (company_id, id, community_id, uses_itself)
    values (${tx.companyId}, ${unitId}, ${communityId}, ${usesItself})
    on conflict (company_id, id) do update set uses_itself = excluded.uses_itself`);
}

/** Locks the balance of a unit that must have so much to use. @throws PREPAYMENT_TOO_SMALL */
export async function requireFree(
  tx: Tx,
  { unitId, amountFen }: { readonly unitId: string; readonly amountFen: Fen },
): Promise<UnitBalance> {
  const [balance] = await lockBalances(tx, [unitId]);
  const freeFen = balance ? balance.balanceFen - balance.reservedFen : 0;
  if (balance && freeFen >= amountFen) return balance;
  const values = { free: yuanText(fen(freeFen)), wanted: yuanText(amountFen) };
  throw prepaymentErrors.PREPAYMENT_TOO_SMALL({ values });
}

/**
 * Promises some of a balance to a refund, or takes the promise back; locks the balance.
 * @throws PREPAYMENT_TOO_SMALL
 */
export async function moveReserved(
  tx: Tx,
  { unitId, amountFen }: { readonly unitId: string; readonly amountFen: Fen },
  step: 'reserve' | 'release',
): Promise<void> {
  if (step === 'reserve') await requireFree(tx, { unitId, amountFen });
  else await lockBalances(tx, [unitId]);
  const changed = step === 'reserve' ? amountFen : subtract(fen(0), amountFen);
  const written = await tx.run(sql`
    update prepayment.balance set reserved_fen = reserved_fen + ${changed}
    where company_id = ${tx.companyId} and id = ${unitId}`);
  if (written !== 1) throw new Error(`unit ${unitId} has no balance to reserve of`);
}

/** Promised money went back to its payer. @returns what is left */
export async function takeReserved(
  tx: Tx,
  move: { readonly unitId: string; readonly amountFen: Fen; readonly at: Date },
): Promise<Fen> {
  await lockBalances(tx, [move.unitId]);
  const { balanceFen } = await tx.one(sql<{ balanceFen: number }>`
    update prepayment.balance set balance_fen = balance_fen - ${move.amountFen},
      reserved_fen = reserved_fen - ${move.amountFen}, changed_at = ${move.at}
    where company_id = ${tx.companyId} and id = ${move.unitId}
    returning balance_fen as "balanceFen"`);
  return fen(balanceFen);
}
